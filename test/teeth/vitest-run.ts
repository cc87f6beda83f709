import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What running test files showed; `broken` when they did not get as far as a test. */
export type TestRun =
  | Readonly<{ kind: 'passed' }>
  | Readonly<{ kind: 'failed'; file: string; title: string }>
  | Readonly<{ kind: 'broken'; why: string }>;

type Report = Readonly<{
  numPassedTests: number;
  testResults: readonly Readonly<{
    name: string;
    message: string;
    assertionResults: readonly Readonly<{ status: string; title: string }>[];
  }>[];
}>;

/** Runs these files in a directory, and stops at the first test that fails. */
export async function runTests(directory: string, files: readonly string[]): Promise<TestRun> {
  const vitest = join('node_modules', 'vitest', 'vitest.mjs');
  const answer = join(directory, 'answer.json');
  rmSync(answer, { force: true });
  const options = ['--bail', '1', '--reporter', 'json', '--outputFile', answer];
  const child = spawn(process.execPath, [vitest, 'run', ...options, ...files], {
    cwd: directory,
    stdio: 'ignore',
  });
  const [status] = await once(child, 'close');
  let report: Report;
  try {
    report = JSON.parse(readFileSync(answer, 'utf8')) as Report;
  } catch (error) {
    return { kind: 'broken', why: `vitest ended with ${status}: ${String(error)}` };
  }
  for (const { name, assertionResults } of report.testResults) {
    const failed = assertionResults.find((each) => each.status === 'failed');
    if (failed !== undefined) {
      return { kind: 'failed', file: name.slice(directory.length + 1), title: failed.title };
    }
  }
  if (status === 0 && report.numPassedTests > 0) return { kind: 'passed' };
  const why = report.testResults.map(({ message }) => message).join('; ');
  return { kind: 'broken', why: why === '' ? `vitest ended with ${status}, no test failed` : why };
}
