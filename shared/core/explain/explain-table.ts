import {
  countDays,
  type DaySet,
  eachDay,
  intersect,
  isEmpty,
  subtract,
  union,
} from '../day-set.ts';
import type { TableName } from '../ids.ts';
import type { CheckJudgement } from '../judge/facts.ts';
import { sourceNamed, tableNamed } from '../pipeline.ts';
import { numberOf } from '../profile.ts';
import { ROW_COUNT } from '../state-item.ts';
import { SECTIONS, sectionOf } from '../view/gate-sections.ts';
import { comparisonsOf, neverRanDays } from './bad-days.ts';
import type { Cause, CheckExplanation, Root, TableExplanation } from './explanation.ts';
import { nearestCause } from './nearest-cause.ts';
import { rewritten } from './rewritten.ts';
import { runDays } from './run-days.ts';
import { sinceWhen } from './since-when.ts';
import { type Judged, needsOf, type Surroundings } from './surroundings.ts';

/**
 * Why each check of a judged table that fails, warns or could not be evaluated does so: blocking ones
 * first, in the order of a gate's report. Checks with the same causes are told once. A check that holds
 * but for days somebody signed for is not told.
 */
export function explainTable(around: Surroundings, table: Judged): TableExplanation {
  const { judgement } = table;
  const trouble = judgement.checks
    .filter(({ verdict, waived }) => verdict !== 'PASS' && waived === undefined)
    .sort(
      (a, b) =>
        rank(a) - rank(b) ||
        SECTIONS.indexOf(sectionOf(a.kind)) - SECTIONS.indexOf(sectionOf(b.kind)) ||
        countDays(b.days) - countDays(a.days),
    );
  const told = new Map<string, CheckExplanation>();
  const { expected } = table.facts;
  const isWaiting = !isEmpty(expected) && isEmpty(subtract(expected, neverRanDays(around, table)));
  const [first, ...others] = trouble;
  if (isWaiting && first !== undefined) {
    const explanation = { ...explainCheck(around, table, first), alike: others };
    return { table: judgement.table, verdict: judgement.verdict, checks: [explanation] };
  }
  for (const check of trouble) {
    const explanation = explainCheck(around, table, check);
    const key = likeness(explanation);
    const known = told.get(key);
    if (known === undefined) told.set(key, explanation);
    else {
      const root = withDaysOf(around, table, known.root, explanation.root);
      told.set(key, { ...known, root, alike: [...known.alike, check] });
    }
  }
  return { table: judgement.table, verdict: judgement.verdict, checks: [...told.values()] };
}

function explainCheck(
  around: Surroundings,
  table: Judged,
  check: CheckJudgement,
): CheckExplanation {
  const { facts } = table;
  const since = sinceWhen(facts.expected, check.days);
  const root = rootWithoutDays(table, check);
  if (root !== null) return { check, since, runs: null, chain: [], root, alike: [] };
  const days = isEmpty(check.days) ? facts.expected : check.days;
  const isTable = tableNamed(around.pipeline, facts.table.name) !== undefined;
  const runs = isTable ? runDays(facts, days) : null;
  return { check, since, runs, ...trace(around, table, check.id, days), alike: [] };
}

/** Where a check names no day that could have a cause. Null where it names some, or its days have no rows. */
function rootWithoutDays(table: Judged, { verdict, days, message }: CheckJudgement): Root | null {
  const { expected, table: relation } = table.facts;
  if (!isEmpty(days)) return null;
  if (isEmpty(expected)) {
    return { kind: 'unexpected', relation: relation.name, bootstrapDays: relation.bootstrapDays };
  }
  if (!hasRows(table)) return null;
  if (verdict === 'UNKNOWN') {
    return { kind: 'unevaluated', relation: relation.name, reason: message };
  }
  return verdict === 'WARN' ? { kind: 'no-days', relation: relation.name } : null;
}

/** From a failing check up to where the chain of causes ends. */
function trace(
  around: Surroundings,
  from: Judged,
  check: string,
  days: DaySet,
): Readonly<{ chain: readonly Cause[]; root: Root }> {
  const chain: Cause[] = [];
  const told = new Set<TableName>();
  let at = { judged: from, check, days };
  for (;;) {
    const { facts } = at.judged;
    const table = facts.table.name;
    if (at.check === 'fresh') {
      const root = rewritten(around, facts, at.days);
      if (root !== null) return { chain, root };
    }
    told.add(table);
    const cause = nearestCause(around, {
      table,
      failing: at.days,
      bad: union(at.days, at.judged.judgement.badDays),
      expected: facts.expected,
      compared: comparisonsOf(at.judged, at.check),
      isWaiting: isEmpty(subtract(at.days, neverRanDays(around, at.judged))),
      told,
    });
    if (cause === null) return { chain, root: staleRoot(around, at) ?? rootAt(around, at) };
    chain.push(cause);
    const judged = around.relations.get(cause.relation);
    if (judged === undefined || cause.check === null) {
      return { chain, root: sourceRoot(around, cause) ?? rootAt(around, at) };
    }
    at = { judged, check: cause.check, days: cause.days };
  }
}

/** Rows that were computed from what has changed since explain a failure that no present state explains. */
function staleRoot(
  around: Surroundings,
  { judged: { facts }, days }: Readonly<{ judged: Judged; days: DaySet }>,
): Root | null {
  const stale = intersect(days, facts.stale);
  return 2 * countDays(stale) >= countDays(days) ? rewritten(around, facts, stale) : null;
}

function rootAt(
  around: Surroundings,
  { judged: { facts }, days }: Readonly<{ judged: Judged; days: DaySet }>,
): Root {
  const { pipeline, relations } = around;
  const relation = facts.table.name;
  const source = sourceRoot(around, { relation, days });
  if (source !== null) return source;
  const read = new Set(needsOf(pipeline, relation).map(({ of }) => of));
  const unpromised = [...read].filter((name) => !relations.has(name));
  return { kind: 'own', relation, days, runs: runDays(facts, days), unpromised };
}

/** Null where the relation is a table. */
function sourceRoot(
  { pipeline }: Surroundings,
  { relation, days }: Readonly<{ relation: TableName; days: DaySet }>,
): Root | null {
  const source = sourceNamed(pipeline, relation);
  if (source === undefined) return null;
  return { kind: 'source', relation, file: source.load?.file ?? null, days };
}

/** The root of several checks: bad on the days of each of them. */
function withDaysOf({ relations }: Surroundings, { facts }: Judged, root: Root, other: Root): Root {
  if (root.kind === 'rewritten' && other.kind === 'rewritten') {
    const staleDays = union(root.staleDays, other.staleDays);
    return { ...root, days: union(root.days, other.days), staleDays };
  }
  if (root.kind === 'source' && other.kind === 'source') {
    return { ...root, days: union(root.days, other.days) };
  }
  if (root.kind !== 'own' || other.kind !== 'own') return root;
  const days = union(root.days, other.days);
  const own = root.relation === facts.table.name ? facts : relations.get(root.relation)?.facts;
  return { ...root, days, runs: own === undefined ? root.runs : runDays(own, days) };
}

function hasRows({ facts }: Judged): boolean {
  return [...eachDay(facts.expected)].some(
    (day) => numberOf(facts.profile.days.get(day), ROW_COUNT) > 0,
  );
}

function rank({ severity, verdict }: CheckJudgement): number {
  const weight = { FAIL: 0, UNKNOWN: 1, WARN: 2, PASS: 3 } as const;
  return (severity === 'block' ? 0 : 4) + weight[verdict];
}

function likeness({ chain, root }: CheckExplanation): string {
  const end = root.kind === 'unevaluated' ? root.reason : root.relation;
  return [...chain.map(({ relation }) => relation), root.kind, end].join('/');
}
