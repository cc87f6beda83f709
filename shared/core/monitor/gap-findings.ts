import { type DaySet, union } from '../day-set.ts';
import { dueAt, WHEN_OVER } from '../due.ts';
import type { TableName } from '../ids.ts';
import { OUTCOME_SYMBOLS, type Outcome } from '../outcome.ts';
import { dueOf, type Pipeline } from '../pipeline.ts';
import { counted } from '../view/counted.ts';
import { daySpans } from '../view/day-spans.ts';
import type { Finding } from './finding.ts';
import type { GapTrouble } from './gap-troubles.ts';
import { daysOfGaps } from './grid.ts';
import type { AlertSeverity } from './monitor.ts';

const SHOWN_LINES = 6;

/** One finding for each relation at which gaps begin, of whatever season: what became of which days, and since when they are overdue. */
export function gapFindings(
  pipeline: Pipeline,
  troubles: readonly GapTrouble[],
  severity: AlertSeverity,
): readonly Finding[] {
  const byCause = Map.groupBy(troubles, ({ cause }) => cause);
  return [...byCause].map(([cause, all]) => {
    const lines = all.flatMap((trouble) => linesOf(pipeline, trouble));
    const more = lines.length - SHOWN_LINES;
    const next = [...new Set(all.flatMap((each) => each.next ?? []))];
    return {
      cause,
      severity,
      title: all[0]?.title ?? cause,
      days: union(...all.flatMap(({ gaps }) => gaps.map((each) => daysOfGaps(each.gaps)))),
      details: [
        ...lines.slice(0, SHOWN_LINES),
        ...(more > 0 ? [`and ${counted(more, 'more gap')}`] : []),
      ],
      next: next.join('; then ') || null,
    };
  });
}

function linesOf(pipeline: Pipeline, { gaps, calendar }: GapTrouble): readonly string[] {
  return gaps.flatMap((each) =>
    Object.entries(each.gaps).map(([outcome, days]) => {
      const what = `${OUTCOME_SYMBOLS[outcome as Outcome]} ${outcome}`;
      const since = overdueSince(pipeline, each.table, days);
      return `${each.table}: ${what} on ${daySpans(calendar, days)}, overdue since ${since}`;
    }),
  );
}

function overdueSince(pipeline: Pipeline, table: TableName, days: DaySet): string {
  const first = days[0]?.from;
  if (first === undefined) return 'never';
  const due = dueOf(pipeline, table) ?? WHEN_OVER;
  return new Date(dueAt(due, first, pipeline.timeZone)).toISOString();
}
