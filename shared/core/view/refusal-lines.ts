import type { SetGoingAgain } from '../refusals.ts';
import type { RunReport } from '../report.ts';

const SPANS_SHOWN = 8;

/** What was refused before it passed, and who set the run going again: the story of a night that ended well. */
export function refusalLines({ refused = [], again = [] }: RunReport): readonly string[] {
  if (refused.length === 0 && again.length === 0) return [];
  return [
    ...(refused.length === 0 ? [] : ['refused before it passed:']),
    ...refused.flatMap(({ table, verdict, days, message, evidence, at }) => [
      `  ${verdict} ${table} at ${at}: ${message}`,
      `    on ${spansShown(days)}; evidence ${evidence}`,
    ]),
    ...againLines(again),
  ];
}

/** Who set a run going again, and why; a line each. */
export function againLines(again: readonly SetGoingAgain[]): readonly string[] {
  return again.map(
    ({ by, who, reason, at }) =>
      `${by} asked for at ${at} by ${who}${reason === '' ? '' : `: ${reason}`}`,
  );
}

/** Spans of days, a handful of them. */
export function spansShown(days: readonly string[]): string {
  if (days.length === 0) return 'no day is named';
  const more = days.length - SPANS_SHOWN;
  return `${days.slice(0, SPANS_SHOWN).join(', ')}${more > 0 ? ` and ${more} more spans` : ''}`;
}
