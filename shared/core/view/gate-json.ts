import { bridgeForPeople } from '../calendar.ts';
import { formatDaySet } from '../day-set.ts';
import type { Day } from '../days.ts';
import type { TableJudgement } from '../judge/facts.ts';
import type { Schedule } from '../schedule.ts';
import { worst } from '../verdict.ts';

/** The shape of `gate --json`. Days are always spans `a..b`, written over days without games. */
export function gateJson(
  from: Day,
  to: Day,
  schedule: Schedule,
  tables: readonly TableJudgement[],
  bytes: number,
) {
  return {
    verdict: worst(tables.map((table) => table.verdict)),
    range: `${from}..${to}`,
    policy: 'backfill',
    bytes,
    leftOut: schedule.leftOut,
    tables: tables.map((table) => ({
      table: table.table,
      verdict: table.verdict,
      expectedDays: table.expectedDays,
      coveredDays: table.coveredDays,
      checks: table.checks.map(
        ({ id, kind, verdict, severity, observed, expected, days, message }) => ({
          id,
          kind,
          verdict,
          severity,
          observed,
          expected,
          days: formatDaySet(bridgeForPeople(schedule.calendar, days)),
          message,
        }),
      ),
    })),
    crossTable: [],
  };
}
