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
  intersect,
  isEmpty,
  subtract,
  union,
} from '../day-set.ts';
import { covers } from '../pipeline.ts';
import { numberOf } from '../profile.ts';
import { ROW_COUNT } from '../state-item.ts';
import { letsPass, type Severity, weigh, worst } from '../verdict.ts';
import {
  type CheckJudgement,
  type Finding,
  isBlocking,
  type TableFacts,
  type TableJudgement,
  unknown,
} from './facts.ts';
import { refusalOf } from './refusal.ts';

/**
 * Judges one table over its expected days: its declared checks, and those that every table has. Checks of
 * the table that are not told are judged for those that rest on them.
 */
export function judgeTable(facts: TableFacts): TableJudgement {
  const applicable = facts.table.checks.filter((check) => appliesTo(check, facts));
  const asked: CheckFacts = { ...facts, whyNoBaseline: baselineJudge(facts), soFar: null };
  const builtIns = judgeBuiltIns(facts);
  const found = new Map(
    applicable
      .filter((check) => !isLast(check))
      .map((check) => [check.id, judgeCheck(check, asked)] as const),
  );
  const soFar = judgementOf(facts, [...found.values(), ...builtIns]);
  for (const check of applicable.filter(isLast)) {
    found.set(check.id, judgeCheck(check, { ...asked, soFar }));
  }
  const { told } = facts.table;
  const toTell = applicable.filter(({ id }) => told === undefined || told.includes(id));
  return judgementOf(facts, [
    ...toTell.flatMap((check) => found.get(check.id) ?? []),
    ...(toTell.length === 0 ? [nothingApplies(told === undefined ? 'block' : 'warn')] : []),
    ...builtIns,
  ]);
}

function judgementOf(
  { table, expected, profile }: TableFacts,
  checks: readonly CheckJudgement[],
): TableJudgement {
  const covered = [...eachDay(expected)].filter(
    (day) => numberOf(profile.days.get(day), ROW_COUNT) > 0,
  );
  const failing = checks.filter((check) => isBlocking(check, 'FAIL'));
  return {
    table: table.name,
    verdict: worst(checks.map(({ verdict, severity }) => weigh(verdict, severity))),
    expectedDays: countDays(expected),
    coveredDays: covered.length,
    checks,
    badDays: union(...failing.map((check) => check.days)),
  };
}

const isLast = (check: Check) => kindOf(check).isJudgedLast === true;

/** Whether the check promises anything of this range; known from the schedule alone, never from the data. */
function appliesTo(check: Check, facts: TableFacts): boolean {
  const { applies } = check;
  if (applies !== null && !covers({ from: facts.from, to: facts.to }, applies)) return false;
  return isEmpty(facts.expected) || !isEmpty(promisedOf(check, facts));
}

function promisedOf(check: Check, facts: TableFacts): DaySet {
  return kindOf(check).promised?.(check, facts, facts.expected) ?? facts.expected;
}

function judgeCheck(check: Check, facts: CheckFacts): CheckJudgement {
  const { id, kind, severity } = check;
  const promised = promisedOf(check, facts);
  const waivers = facts.waivers.filter(
    (waiver) => waiver.check === id && !isEmpty(intersect(waiver.days, promised)),
  );
  const waived = intersect(promised, union(...waivers.map((waiver) => waiver.days)));
  const judged = subtract(promised, waived);
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
    ...(signed.length > 0 && found.verdict === 'PASS' ? { verdict: 'WARN', waived } : {}),
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

/** A baseline is a window on which every blocking check of the table holds; each window is judged once. */
function baselineJudge(facts: TableFacts): (days: DaySet) => string | null {
  const answers = new Map<string, string | null>();
  const whyNot = (days: DaySet): string | null => {
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
        !isLast(check) &&
        kindOf(check).isOfLastLaunch !== true &&
        appliesTo(check, window),
    );
    if (own.length === 0) {
      return `no blocking check of ${facts.table.name} says whether ${first}..${last} is sound`;
    }
    const judged: CheckFacts = {
      ...window,
      whyNoBaseline: () => 'a baseline has no baseline',
      soFar: null,
    };
    const failed = own
      .map((check) => judgeCheck(check, judged))
      .find(({ verdict }) => !letsPass(verdict));
    return failed === undefined
      ? null
      : `${first}..${last} does not pass itself (${failed.id}: ${failed.message})`;
  };
  return (days) => {
    const key = formatDaySet(days).join();
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = whyNot(days);
    answers.set(key, answer);
    return answer;
  };
}

/** That a part of the checks says nothing of the range is no lack of the table's days: then it only warns. */
function nothingApplies(severity: Severity): CheckJudgement {
  return {
    id: 'applies',
    kind: 'applies',
    severity,
    ...unknown('none of the declared checks applies to this range, so nothing was shown'),
  };
}
