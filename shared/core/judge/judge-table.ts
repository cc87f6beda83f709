import { expectedDays } from '../calendar.ts';
import type { Check } from '../check.ts';
import { judgeBuiltIns } from '../checks/built-in.ts';
import type { CheckFacts } from '../checks/kind.ts';
import { kindOf } from '../checks/kinds.ts';
import {
  countDays,
  type DaySet,
  eachDay,
  formatDaySet,
  isEmpty,
  subtract,
  union,
} from '../day-set.ts';
import { covers } from '../pipeline.ts';
import { numberOf } from '../profile.ts';
import { ROW_COUNT } from '../state-item.ts';
import { letsPass, weigh, worst } from '../verdict.ts';
import {
  type CheckJudgement,
  type Finding,
  type TableFacts,
  type TableJudgement,
  unknown,
} from './facts.ts';
import { refusalOf } from './refusal.ts';

/** Judges one table over its expected days: its declared checks, and those that every table has. */
export function judgeTable(facts: TableFacts): TableJudgement {
  const { table, expected, profile } = facts;
  const applicable = table.checks.filter(
    (check) => check.applies === null || covers({ from: facts.from, to: facts.to }, check.applies),
  );
  const withBaseline: CheckFacts = { ...facts, whyNoBaseline: baselineJudge(facts) };
  const checks = [
    ...applicable.map((check) => judgeCheck(check, withBaseline)),
    ...(applicable.length === 0 ? [NOTHING_APPLIES] : []),
    ...judgeBuiltIns(facts),
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

function judgeCheck(check: Check, facts: CheckFacts): CheckJudgement {
  const { id, kind, severity } = check;
  const waivers = facts.waivers.filter((waiver) => waiver.check === id);
  const judged = subtract(facts.expected, union(...waivers.map((waiver) => waiver.days)));
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

function findingOf(check: Check, facts: CheckFacts, judged: DaySet): Finding {
  const refused = refusalOf(check, facts);
  if (refused !== null) return unknown(`could not be evaluated: ${refused}`);
  const days = [...eachDay(judged)];
  if (days.length === 0) return unknown('no expected day in the range, so nothing was shown');
  return kindOf(check).judge(check, facts, days);
}

/** A baseline is a window on which every blocking check holds that needs no baseline of its own. */
function baselineJudge(facts: TableFacts): (days: DaySet) => string | null {
  return (days) => {
    const first = days[0]?.from;
    const last = days.at(-1)?.to;
    if (first === undefined || last === undefined) return 'there is no earlier day to compare with';
    const { calendar } = facts.schedule;
    const window: TableFacts = {
      ...facts,
      from: first,
      to: last,
      expected: expectedDays(calendar, days, facts.table.bootstrapDays),
    };
    if (isEmpty(window.expected)) return `nothing was expected from ${first} to ${last}`;
    const own = facts.table.checks.filter(
      (check) =>
        check.severity === 'block' &&
        check.applies === null &&
        kindOf(check).baseline === undefined,
    );
    const judged: CheckFacts = { ...window, whyNoBaseline: () => 'a baseline has no baseline' };
    const failed = own
      .map((check) => judgeCheck(check, judged))
      .find(({ verdict }) => !letsPass(verdict));
    return failed === undefined
      ? null
      : `${first}..${last} does not pass itself (${failed.id}: ${failed.message})`;
  };
}

const NOTHING_APPLIES: CheckJudgement = {
  id: 'applies',
  kind: 'applies',
  severity: 'block',
  ...unknown('none of the declared checks applies to this range, so nothing was shown'),
};
