import type { Verdict } from '../verdict.ts';
import { worst } from '../verdict.ts';
import { wrap } from '../view/wrap.ts';
import type { DoctorLine } from './doctor-line.ts';

const SIGN: Readonly<Record<Verdict, string>> = { PASS: '✓', WARN: '⚠', FAIL: '✗', UNKNOWN: '¿' };

/** The worst of what was judged; nothing judged is UNKNOWN. */
export function doctorVerdict(lines: readonly DoctorLine[]): Verdict {
  return worst(lines.flatMap(({ verdict }) => (verdict === null ? [] : [verdict])));
}

/** A longer name has a line of its own. */
const WIDEST = 16;

/** Each line with its sign and its fix, and at the end how many of each there are; at most 80 columns wide. */
export function doctorLines(lines: readonly DoctorLine[]): readonly string[] {
  const width = Math.min(WIDEST, Math.max(...lines.map(({ check }) => check.length)));
  const count = (wanted: Verdict) => lines.filter(({ verdict }) => verdict === wanted).length;
  return [
    ...lines.flatMap(({ check, verdict, found, fix }) => {
      const head = `${verdict === null ? '·' : SIGN[verdict]} ${check}`;
      const told =
        check.length > width
          ? [head, ...wrap(found, ' '.repeat(width + 4))]
          : wrap(found, head.padEnd(width + 4));
      return [...told, ...(fix === null ? [] : wrap(fix, '    fix: '))];
    }),
    '',
    `${doctorVerdict(lines)}: ${count('PASS')} ✓, ${count('WARN')} ⚠, ${count('FAIL')} ✗, ${count('UNKNOWN')} ¿`,
  ];
}
