import type { DayCoverage, GrainCoverage } from '../check.ts';
import { daySetOf } from '../day-set.ts';
import type { Day } from '../days.ts';
import { grainMeasure, ROW_COUNT } from '../measure.ts';
import { formatShare, reaches } from '../percent.ts';
import { idsOf, numberOf } from '../profile.ts';
import type { Game } from '../schedule.ts';
import type { Finding, TableFacts } from './facts.ts';

/** Expected days with at least one row. Says nothing of what is missing inside a day: see grain coverage. */
export function judgeDayCoverage(
  check: DayCoverage,
  facts: TableFacts,
  days: readonly Day[],
): Finding {
  const missing = days.filter((day) => numberOf(facts.profile.days.get(day), ROW_COUNT) === 0);
  const covered = days.length - missing.length;
  const observed = `${formatShare(covered, days.length)} days`;
  return {
    verdict: reaches(covered, days.length, check.atLeast) ? 'PASS' : 'FAIL',
    observed,
    expected: `≥ ${check.atLeast.text}% of expected days`,
    days: daySetOf(missing),
    message:
      missing.length === 0
        ? `${observed} have rows`
        : `${missing.length} expected days have no row`,
  };
}

/** Expected games, team-games or teams that are there by identity, over the range and on each day. */
export function judgeGrainCoverage(
  check: GrainCoverage,
  facts: TableFacts,
  days: readonly Day[],
): Finding {
  const measure = grainMeasure(check);
  const failing: Day[] = [];
  const incomplete: Day[] = [];
  const missing: string[] = [];
  let expected = 0;
  let found = 0;
  for (const day of days) {
    const wanted = unitsOf(check, facts, facts.schedule.games.get(day) ?? []);
    const there = idsOf(facts.profile.days.get(day), measure);
    const absent = wanted.filter((unit) => !there.has(unit));
    expected += wanted.length;
    found += wanted.length - absent.length;
    missing.push(...absent);
    if (absent.length > 0) incomplete.push(day);
    if (!reaches(wanted.length - absent.length, wanted.length, check.perDay)) failing.push(day);
  }
  const observed = `${formatShare(found, expected)} ${check.grain}`;
  const bound = `≥ ${check.atLeast.text}%, each day ≥ ${check.perDay.text}%`;
  if (expected === 0) {
    return {
      verdict: 'UNKNOWN',
      observed,
      expected: bound,
      days: [],
      message: `no ${check.grain} expected`,
    };
  }
  const holds = reaches(found, expected, check.atLeast) && failing.length === 0;
  return {
    verdict: holds ? 'PASS' : 'FAIL',
    observed,
    expected: bound,
    days: daySetOf(holds ? [] : incomplete),
    message:
      missing.length === 0
        ? `${observed} are there`
        : `${missing.length} missing, e.g. ${missing.slice(0, 3).join(', ')}`,
  };
}

function unitsOf(check: GrainCoverage, facts: TableFacts, games: readonly Game[]): string[] {
  switch (check.grain) {
    case 'games':
      return games.map((game) => game.id);
    case 'team-games':
      return games.flatMap(({ id, home, away }) => [`${id}/${home}`, `${id}/${away}`]);
    case 'teams': {
      const season = games[0]?.season;
      return season === undefined ? [] : [...(facts.schedule.teams.get(season) ?? [])].sort();
    }
  }
}
