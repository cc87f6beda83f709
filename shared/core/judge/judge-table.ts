import type { Check } from '../check.ts';
import { countDays, type DaySet, eachDay, formatDaySet, subtract, union } from '../day-set.ts';
import { ROW_COUNT, restsOn } from '../measure.ts';
import { covers } from '../pipeline.ts';
import { numberOf } from '../profile.ts';
import { weigh, worst } from '../verdict.ts';
import { judgeDistinctGames, judgeRowCount, judgeUnique } from './counts.ts';
import { judgeDayCoverage, judgeGrainCoverage } from './coverage.ts';
import type { CheckJudgement, Finding, TableFacts, TableJudgement } from './facts.ts';
import { judgeShare } from './share.ts';

/**
 * Judges one table over its expected days. Two checks belong to every table whatever its file says:
 * `fresh`, no day was written before something it reads changed, and `placed`, no row is without a
 * day or on a day without a game.
 */
export function judgeTable(facts: TableFacts): TableJudgement {
  const { table, expected, profile } = facts;
  const applicable = table.checks.filter(
    (check) => check.applies === null || covers({ from: facts.from, to: facts.to }, check.applies),
  );
  const checks = [
    ...applicable.map((check) => judgeCheck(check, facts)),
    ...(applicable.length === 0 ? [NOTHING_APPLIES] : []),
    judgeFresh(facts),
    judgePlaced(facts),
  ];
  const covered = [...eachDay(expected)].filter(
    (day) => numberOf(profile.days.get(day), ROW_COUNT) > 0,
  );
  const failing = checks.filter(
    ({ verdict, severity }) => verdict === 'FAIL' && severity === 'block',
  );
  return {
    table: table.name,
    verdict: worst(checks.map(({ verdict, severity }) => weigh(verdict, severity))),
    expectedDays: countDays(expected),
    coveredDays: covered.length,
    checks,
    badDays: union(...failing.map((check) => check.days)),
  };
}

function judgeCheck(check: Check, facts: TableFacts): CheckJudgement {
  const { id, kind, severity } = check;
  const waivers = facts.waivers.filter((waiver) => waiver.check === id);
  const waived = union(...waivers.map((waiver) => waiver.days));
  const judged = subtract(facts.expected, waived);
  const found = findingOf(check, facts, judged);
  const signed = waivers.map(
    ({ days, reason, who, until }) =>
      `waived ${formatDaySet(days).join(', ')} by ${who} until ${until}: ${reason}`,
  );
  return {
    id,
    kind,
    severity,
    ...found,
    verdict: signed.length > 0 && found.verdict === 'PASS' ? 'WARN' : found.verdict,
    message: [found.message, ...signed].join('; '),
  };
}

function findingOf(check: Check, facts: TableFacts, judged: DaySet): Finding {
  const refused = restsOn(check)
    .map((measure) => facts.profile.refused.get(measure))
    .find((reason) => reason !== undefined);
  if (refused !== undefined) return unknown(`could not be evaluated: ${refused}`);
  const days = [...eachDay(judged)];
  if (days.length === 0) return unknown('no expected day in the range, so nothing was shown');
  switch (check.kind) {
    case 'day-coverage':
      return judgeDayCoverage(check, facts, days);
    case 'grain-coverage':
      return judgeGrainCoverage(check, facts, days);
    case 'row-count':
      return judgeRowCount(check, facts, days);
    case 'distinct-games':
      return judgeDistinctGames(check, facts, days);
    case 'unique':
      return judgeUnique(check, facts, days);
    default:
      return judgeShare(check, facts, days);
  }
}

function judgeFresh({ stale }: TableFacts): CheckJudgement {
  const count = countDays(stale);
  return {
    id: 'fresh',
    kind: 'fresh',
    severity: 'block',
    verdict: count === 0 ? 'PASS' : 'FAIL',
    observed: `${count} stale days`,
    expected: 'every day written after all it reads',
    days: stale,
    message:
      count === 0
        ? 'no day is older than what it reads'
        : `${count} days were written before something they read changed`,
  };
}

function judgePlaced({ profile, unexpected }: TableFacts): CheckJudgement {
  const undated = profile.rowsWithoutDay;
  const days = countDays(unexpected);
  const holds = undated === 0 && days === 0;
  const observed = `${undated} rows without a day, ${days} days with rows and without a game`;
  return {
    id: 'placed',
    kind: 'placed',
    severity: 'block',
    verdict: holds ? 'PASS' : 'FAIL',
    observed,
    expected: 'every row on a day with a game',
    days: unexpected,
    message: holds ? 'every row is on a day with a game' : observed,
  };
}

const NOTHING_APPLIES: CheckJudgement = {
  id: 'applies',
  kind: 'applies',
  severity: 'block',
  ...unknown('none of the declared checks applies to this range, so nothing was shown'),
};

function unknown(message: string): Finding {
  return { verdict: 'UNKNOWN', observed: '', expected: '', days: [], message };
}
