import type { Calendar } from '../calendar.ts';
import { formatDaySet } from '../day-set.ts';
import { addDays } from '../days.ts';
import type { PhaseName, TableName } from '../ids.ts';
import type { Lack } from '../plan-lacks.ts';
import type { PlannedTable } from '../plan-reasons.ts';
import { daySpans } from './day-spans.ts';
import { isHeldBack, isUnexpected, type PlanView } from './plan-view.ts';
import { sayUnexpected } from './say-unexpected.ts';
import { wrap } from './wrap.ts';

/** What stands in the way of a plan, and what nobody can write; nothing when nothing does. */
export function planTroubleLines(
  { tables, gaps, lacks, isLoosened, inTheWay, live, calendar }: PlanView,
  asked: readonly PhaseName[],
): string[] {
  const lines = [
    ...(isLoosened
      ? ['refused: less is promised than was accepted, and nobody signed for it']
      : []),
    ...(live === null ? [] : [`run ${live} of this request is live: a start joins it`]),
    ...(inTheWay === null ? [] : [`refused: ${inTheWay}`]),
    ...gaps.map(
      ({ table, reads, days }) =>
        `refused: ${table} would read ${reads} on ${daySpans(calendar, days)}, before the range, and these days are not verified; start from ${days[0]?.from}`,
    ),
    ...tables
      .filter(isHeldBack)
      .map(
        ({ table, phase, left }) =>
          `blocked: ${table} is not good on ${daySpans(calendar, left)}, and phase ${phase} is not among those asked for`,
      ),
    ...tables.filter(isUnexpected).map((each) => unexpectedLine(each, calendar, asked)),
    ...lackLines(lacks, calendar),
  ];
  return lines.length === 0 ? [] : ['', ...lines.flatMap((line) => wrap(line))];
}

/** One line a source: the tables that read it mostly lack the same days. */
function lackLines(lacks: readonly Lack[], calendar: Calendar): string[] {
  const alike = Map.groupBy(lacks, ({ source, days }) => `${source} ${formatDaySet(days)}`);
  return [...alike.values()].map((group) => {
    const [{ source, days } = { source: '' as TableName, days: [] }] = group;
    const tables = group.map(({ table }) => table).join(', ');
    return `nobody can write: ${source} has no row on ${daySpans(calendar, days)}, which ${tables} would read`;
  });
}

/** Its gate has nothing to judge, so it is UNKNOWN whatever its job does. */
function unexpectedLine(
  { table, phase, bootstrapDays }: PlannedTable,
  { seasons }: Calendar,
  asked: readonly PhaseName[],
): string {
  const start = seasons.at(-1)?.start;
  const longer =
    start === undefined ? 'a longer range' : `a range to ${addDays(start, bootstrapDays)} or later`;
  const before = asked.slice(0, Math.max(0, asked.indexOf(phase)));
  const shorter = before.length === 0 ? '' : `, or --phases ${before.join(',')}`;
  return `blocked: ${table}: ${sayUnexpected(bootstrapDays)}, so it is UNKNOWN and phase ${phase} cannot pass; choose ${longer}${shorter}`;
}
