import { writeFileSync } from 'node:fs';
import type { Reporter } from 'vitest/node';
import { isOfAssertion } from './failure.ts';

/** Where the reporter writes to. */
export const REPORT_FILE = 'PHASEGATE_TEETH_REPORT';

export type Report = Readonly<{
  passed: number;
  /** Tests of which an assertion failed. */
  failed: readonly Readonly<{ file: string; title: string }>[];
  /** What else went wrong, in a test or before it. */
  errors: readonly string[];
}>;

/** vitest's own reports hold texts only; this one knows the class of an error and of its cause. */
export default class FailureReporter implements Reporter {
  onTestRunEnd: NonNullable<Reporter['onTestRunEnd']> = (modules, unhandled) => {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const errorsOf = (test: (typeof tests)[number]) => test.result().errors ?? [];
    const ofModules = modules.flatMap((module) => module.errors());
    const crashes = tests.flatMap(errorsOf).filter((error) => !isOfAssertion(error));
    const report: Report = {
      passed: tests.filter((test) => test.result().state === 'passed').length,
      failed: tests
        .filter((test) => errorsOf(test).some(isOfAssertion))
        .map(({ module, name }) => ({ file: module.moduleId, title: name })),
      errors: [...unhandled, ...ofModules, ...crashes].map(
        ({ name, message }) => `${name}: ${message}`,
      ),
    };
    writeFileSync(process.env[REPORT_FILE] ?? '', JSON.stringify(report));
  };
}
