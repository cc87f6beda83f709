import { bridgeForPeople } from '../calendar.ts';
import { formatDaySet } from '../day-set.ts';
import type { CheckJudgement, TableJudgement } from '../judge/facts.ts';
import { formatShare } from '../percent.ts';
import type { Schedule } from '../schedule.ts';
import type { Verdict } from '../verdict.ts';

const SYMBOL: Readonly<Record<Verdict, string>> = { PASS: '✓', WARN: '⚠', FAIL: '✗', UNKNOWN: '?' };
const SPANS_SHOWN = 6;

/** A judgement for people: the denominator first, then each table with the checks that did not pass. */
export function gateLines(
  schedule: Schedule,
  tables: readonly TableJudgement[],
  isVerbose: boolean,
): string[] {
  return [
    ...scheduleLines(schedule),
    ...tables.flatMap((table) => tableLines(table, schedule, isVerbose)),
  ];
}

/** What was expected, and what was left out with which reason. */
export function scheduleLines(schedule: Schedule): string[] {
  const games = [...schedule.games.values()].reduce((sum, day) => sum + day.length, 0);
  return [
    `expected: ${schedule.games.size} days with ${games} final games of the schedule`,
    ...schedule.leftOut.map(({ reason, games: count }) => `left out: ${count} games: ${reason}`),
  ];
}

function tableLines(table: TableJudgement, schedule: Schedule, isVerbose: boolean): string[] {
  const shown = table.checks.filter((check) => isVerbose || check.verdict !== 'PASS');
  const days = formatShare(table.coveredDays, table.expectedDays);
  return [
    `${SYMBOL[table.verdict]} ${table.table}  ${table.verdict}  ${days} days, ${table.checks.length} checks`,
    ...shown.flatMap((check) => checkLines(check, schedule)),
  ];
}

function checkLines(check: CheckJudgement, { calendar }: Schedule): string[] {
  const mark =
    check.severity === 'warn' && check.verdict === 'FAIL' ? SYMBOL.WARN : SYMBOL[check.verdict];
  const spans = formatDaySet(bridgeForPeople(calendar, check.days));
  const shown = spans.slice(0, SPANS_SHOWN).join(', ');
  const more = spans.length > SPANS_SHOWN ? ` and ${spans.length - SPANS_SHOWN} more spans` : '';
  return [
    `    ${mark} ${check.id}: ${check.message}`,
    ...(spans.length === 0 ? [] : [`      on ${shown}${more}`]),
  ];
}
