import { daySetOf } from '../day-set.ts';
import type { Day } from '../days.ts';
import { formatShare, type Percent, reaches } from '../percent.ts';
import { idsOf } from '../profile.ts';
import type { Schedule } from '../schedule.ts';
import { distinctIds, measure } from '../state-item.ts';
import type { Base } from './base.ts';
import type { CheckKind } from './kind.ts';

/**
 * Expected units that are really there, by identity, against the schedule:
 * `games`: each final game; `team-games`: both sides of each final game; `teams`: every team of
 * the season on each expected day.
 */
export type GrainCoverage = Base &
  Readonly<{
    kind: 'grain-coverage';
    grain: 'games' | 'team-games' | 'teams';
    game: string | null;
    team: string | null;
    atLeast: Percent;
    perDay: Percent;
  }>;

export const grainCoverage: CheckKind<GrainCoverage> = {
  reads: (check) => ({ own: [measure(idsMeasure(check))] }),
  columns: ({ game, team }) => [game, team].filter((column) => column !== null),
  judge: (check, { schedule, profile }, days) => {
    const failing: Day[] = [];
    const incomplete: Day[] = [];
    const missing: string[] = [];
    let expected = 0;
    let found = 0;
    for (const day of days) {
      const wanted = unitsOf(check, schedule, day);
      const there = idsOf(profile.days.get(day), idsMeasure(check));
      const absent = wanted.filter((unit) => !there.has(unit));
      expected += wanted.length;
      found += wanted.length - absent.length;
      missing.push(...absent);
      if (absent.length > 0) incomplete.push(day);
      if (!reaches(wanted.length - absent.length, wanted.length, check.perDay)) failing.push(day);
    }
    const observed = `${formatShare(found, expected)} ${check.grain}`;
    const bound = `≥ ${check.atLeast.text}%, each day ≥ ${check.perDay.text}%`;
    const finding = { observed, expected: bound };
    if (expected === 0) {
      return { ...finding, verdict: 'UNKNOWN', days: [], message: `no ${check.grain} expected` };
    }
    const holds = reaches(found, expected, check.atLeast) && failing.length === 0;
    return {
      ...finding,
      verdict: holds ? 'PASS' : 'FAIL',
      days: daySetOf(holds ? [] : incomplete),
      ...(holds ? {} : { samples: missing.slice(0, 5) }),
      message:
        missing.length === 0
          ? `${observed} are there`
          : `${missing.length} missing, e.g. ${missing.slice(0, 3).join(', ')}`,
    };
  },
};

function idsMeasure({ game, team }: GrainCoverage): string {
  return distinctIds([game, team].filter((column) => column !== null));
}

function unitsOf({ grain }: GrainCoverage, schedule: Schedule, day: Day): string[] {
  const games = schedule.games.get(day) ?? [];
  switch (grain) {
    case 'games':
      return games.map((game) => game.id);
    case 'team-games':
      return games.flatMap(({ id, home, away }) => [`${id}/${home}`, `${id}/${away}`]);
    case 'teams': {
      const season = games[0]?.season;
      return season === undefined ? [] : [...(schedule.teams.get(season) ?? [])].sort();
    }
  }
}
