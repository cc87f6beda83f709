import { type DaySet, daySetOf, hasDay, intersect, isEmpty } from '../day-set.ts';
import type { Day } from '../days.ts';
import type { TableName } from '../ids.ts';
import type { TableFacts } from '../judge/facts.ts';
import type { Waiver } from '../pipeline.ts';
import type { Schedule } from '../schedule.ts';
import type { GateReport } from './gate-report.ts';

/** What was expected of the judged range, and where that comes from. */
export type Denominator = Readonly<{
  schedule: TableName;
  /** GoogleSQL condition of a game that counts as played. */
  final: string;
  seasonTypes: readonly string[];
  days: number;
  games: number;
  seasons: readonly Readonly<{ season: number; days: number; games: number }>[];
  leftOut: readonly Readonly<{ reason: string; games: number; days: DaySet }>[];
  /** The last day up to which the schedule reaches, where that is before the end of the range. */
  reachesOnly: Day | null;
  bootstrap: readonly Readonly<{ days: number; tables: readonly TableName[] }>[];
  /** Tables of which nothing is expected in this range: nothing can be shown of them. */
  unexpected: readonly Readonly<{ table: TableName; bootstrapDays: number }>[];
  /** Waivers that have not run out, and whose days lie in the range. */
  waivers: readonly Waiver[];
}>;

/** Only what lies in the judged range, whatever more was read to judge it. */
export function denominatorOf({
  pipeline: { calendar },
  from,
  to,
  schedule,
  tables,
}: GateReport): Denominator {
  const range = [{ from, to }];
  const games = [...schedule.games].filter(([day]) => hasDay(range, day));
  const seasons = Map.groupBy(
    games.flatMap(([, all]) => all),
    (game) => game.season,
  );
  return {
    schedule: calendar.schedule,
    final: calendar.final,
    seasonTypes: calendar.seasonTypes,
    days: games.length,
    games: games.reduce((sum, [, all]) => sum + all.length, 0),
    seasons: [...seasons].map(([season, all]) => ({
      season,
      days: new Set(all.map((game) => game.day)).size,
      games: all.length,
    })),
    leftOut: leftOutWithin(schedule, range),
    reachesOnly: schedule.reaches !== null && schedule.reaches < to ? schedule.reaches : null,
    bootstrap: bootstrapOf(tables.map(({ facts }) => facts)),
    unexpected: tables
      .filter(({ facts }) => isEmpty(facts.expected))
      .map(({ facts: { table } }) => ({ table: table.name, bootstrapDays: table.bootstrapDays })),
    waivers: tables.flatMap(({ facts: { waivers } }) =>
      waivers.filter(({ days }) => !isEmpty(intersect(days, range))),
    ),
  };
}

/** The games of these days that do not count, and why. */
export function leftOutWithin(
  { leftOut }: Pick<Schedule, 'leftOut'>,
  range: DaySet,
): Denominator['leftOut'] {
  return leftOut.flatMap(({ reason, byDay }) => {
    const within = byDay.filter(({ day }) => hasDay(range, day));
    const count = within.reduce((sum, each) => sum + each.games, 0);
    const days = daySetOf(within.map(({ day }) => day));
    return count === 0 ? [] : [{ reason, games: count, days }];
  });
}

function bootstrapOf(all: readonly TableFacts[]): Denominator['bootstrap'] {
  const late = all.map(({ table }) => table).filter(({ bootstrapDays }) => bootstrapDays > 0);
  return [...Map.groupBy(late, (table) => table.bootstrapDays)].map(([days, tables]) => ({
    days,
    tables: tables.map(({ name }) => name),
  }));
}
