import { describe, expect, it } from 'vitest';
import { EXAMPLES } from '../../shared/cli/examples.ts';
import { phasegate } from '../e2e/phasegate.ts';
import { leaves, refusalOf } from './parse-only.ts';

describe('the examples of --help', () => {
  it('are there for each command, and for no other', () => {
    expect(Object.keys(EXAMPLES).sort()).toEqual(
      leaves()
        .map(([name]) => name)
        .sort(),
    );
  });

  it.each(Object.entries(EXAMPLES).flatMap(([name, lines]) => lines.map((line) => [line, name])))(
    'phasegate %s is understood, and is an example of %s',
    async (line, name) => {
      expect(`${line} `.startsWith(`${name} `)).toBe(true);
      expect(await refusalOf(line)).toBeNull();
    },
  );

  it.each(['plan --from 2022-01-01', 'gate --form md', 'no-such'])(
    'would not be understood as %s',
    async (line) => {
      expect(await refusalOf(line)).not.toBeNull();
    },
  );

  it('stand below the options', async () => {
    const { code, stdout } = await phasegate('doctor', '--help');
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/--json[\s\S]*Examples:\n {2}npx phasegate doctor\n/),
    ]);
  });
});
