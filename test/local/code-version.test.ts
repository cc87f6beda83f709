import { appendFileSync, cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeVersion, codeVersionOf } from '../../shared/adapters/code-version.ts';

/** The code version of a copy of this package, one file of which has a line more. */
function versionWithMoreIn(file: string | null): string {
  const root = mkdtempSync(join(tmpdir(), 'phasegate-'));
  cpSync('package.json', join(root, 'package.json'));
  cpSync('shared', join(root, 'shared'), { recursive: true });
  if (file !== null) appendFileSync(join(root, file), '\n');
  return codeVersionOf(root);
}

describe('the code version', () => {
  it('is that of the package, and equal for equal code', () => {
    expect(codeVersion()).toMatch(/^\d+\.\d+\.\d+\+[0-9a-f]{12}$/);
    expect(versionWithMoreIn(null)).toBe(codeVersion());
  });

  it.each([
    'shared/core/judge/judge-table.ts',
    'shared/edge/evidence-text.ts',
    'shared/shell/assess.ts',
    'shared/sql/day-filter.ts',
  ])('is another one when %s changes, which decides what is judged', (file) => {
    expect(versionWithMoreIn(file)).not.toBe(codeVersion());
  });

  it('is the same when only what prints a verdict changes', () => {
    expect(versionWithMoreIn('shared/cli/gate.ts')).toBe(codeVersion());
  });
});
