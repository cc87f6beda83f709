import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { REPORT_FILE, type Report } from './failure-reporter.ts';

/** What running test files showed; `broken` when no assertion failed and something else did. */
export type TestRun =
  | Readonly<{ kind: 'passed' }>
  | Readonly<{ kind: 'failed'; file: string; title: string }>
  | Readonly<{ kind: 'broken'; why: string }>;

const REPORTER = join(import.meta.dirname, 'failure-reporter.ts');
const MAX_SECONDS = 300;

/** Runs these files in a directory; whoever does not end within `maxSeconds` is ended and broken. */
export async function runTests(
  directory: string,
  files: readonly string[],
  maxSeconds = MAX_SECONDS,
): Promise<TestRun> {
  const vitest = join('node_modules', 'vitest', 'vitest.mjs');
  const answer = join(directory, 'answer.json');
  rmSync(answer, { force: true });
  const child = spawn(process.execPath, [vitest, 'run', '--reporter', REPORTER, ...files], {
    cwd: directory,
    env: { ...process.env, [REPORT_FILE]: answer },
    stdio: 'ignore',
    detached: true,
  });
  let isLate = false;
  const limit = setTimeout(() => {
    isLate = true;
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  }, 1000 * maxSeconds);
  const [status] = await once(child, 'close');
  clearTimeout(limit);
  if (isLate) return { kind: 'broken', why: `vitest did not end within ${maxSeconds} s` };
  let report: Report;
  try {
    report = JSON.parse(readFileSync(answer, 'utf8')) as Report;
  } catch (error) {
    return { kind: 'broken', why: `vitest ended with ${status}: ${String(error)}` };
  }
  const [failed] = report.failed;
  if (failed !== undefined) {
    return { kind: 'failed', file: failed.file.slice(directory.length + 1), title: failed.title };
  }
  if (status === 0 && report.passed > 0) return { kind: 'passed' };
  const why = report.errors.join('; ');
  return { kind: 'broken', why: why === '' ? `vitest ended with ${status}, no test failed` : why };
}
