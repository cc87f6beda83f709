import type { Verdict } from '../verdict.ts';
import { worst } from '../verdict.ts';
import { wrap } from '../view/wrap.ts';
import type { DoctorLine } from './doctor-line.ts';

const SIGN: Readonly<Record<Verdict, string>> = { PASS: '✓', WARN: '⚠', FAIL: '✗', UNKNOWN: '¿' };

/** The worst of what was judged; nothing judged is UNKNOWN. */
export function doctorVerdict(lines: readonly DoctorLine[]): Verdict {
  return worst(lines.flatMap(({ verdict }) => (verdict === null ? [] : [verdict])));
}

/** Each line with its sign and its fix, and at the end how many of each there are; at most 80 columns wide. */
export function doctorLines(lines: readonly DoctorLine[]): readonly string[] {
  const width = Math.max(...lines.map(({ check }) => check.length).filter((n) => n <= 16));
  const count = (wanted: Verdict) => lines.filter(({ verdict }) => verdict === wanted).length;
  return [
    ...lines.flatMap(({ check, verdict, found, fix }) => [
      ...wrap(found, `${verdict === null ? '·' : SIGN[verdict]} ${check.padEnd(width)}  `),
      ...(fix === null ? [] : wrap(fix, '    fix: ')),
    ]),
    '',
    `${doctorVerdict(lines)}: ${count('PASS')} ✓, ${count('WARN')} ⚠, ${count('FAIL')} ✗, ${count('UNKNOWN')} ¿`,
  ];
}
