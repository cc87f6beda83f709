import { describe, expect, it } from 'vitest';
import { fold, wrap } from '../../../shared/core/view/wrap.ts';

const COMMAND = 'npx phasegate cancel tiny-20220101-20220110-ba2f9ae9 --world local:some/dir';
const FIRST = 'let the run that is live end, or have it cancelled with';

describe.each([
  ['folded', fold],
  ['wrapped', wrap],
] as const)('a message that is %s', (_, broken) => {
  it('keeps a command between backticks in one piece, and breaks what follows', () => {
    const lines = broken(`${FIRST} \`${COMMAND}\` before this one is started again`);
    expect(lines.map((line) => line.trim())).toEqual([
      FIRST,
      `\`${COMMAND}\``,
      'before this one is started again',
    ]);
  });

  it('keeps the command that it ends with in one piece', () => {
    const lines = broken(`${FIRST}: ${COMMAND}`);
    expect(lines.map((line) => line.trim())).toEqual([`${FIRST}:`, COMMAND]);
  });

  it('is one line where it fits', () => {
    expect(broken('see `npx phasegate status` for more')).toEqual([
      'see `npx phasegate status` for more',
    ]);
  });
});

it('a line folded more than once has its further lines equally far in', () => {
  expect(fold('aaaa bbbb cccc dddd', 8)).toEqual(['aaaa', '    bbbb', '    cccc', '    dddd']);
});
