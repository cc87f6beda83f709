import type { Calendar } from '../calendar.ts';
import { countDays, type DaySet, type DaySpan, isEmpty, normalize, subtract } from '../day-set.ts';
import type { CheckExplanation, Root, TableExplanation } from '../explain/explanation.ts';
import { nextSteps } from '../explain/next-steps.ts';
import { type Judged, reachedFrom } from '../explain/surroundings.ts';
import type { TableName } from '../ids.ts';
import { type CheckJudgement, isBlocking } from '../judge/facts.ts';
import type { Pipeline } from '../pipeline.ts';
import { counted } from '../view/counted.ts';

export type Explained = Readonly<{
  explained: readonly TableExplanation[];
  tables: readonly Judged[];
  calendar: Calendar;
}>;

/** Checks whose causes end at one relation: however many tables show it, it is one trouble. */
export type Trouble = Readonly<{
  root: Root;
  shown: readonly Readonly<{ table: TableName; explanation: CheckExplanation }>[];
}>;

/** What tables and sources show under one cause is one trouble, whoever finds it. */
export const causeOfData = (relation: string) => `data/${relation}`;

/**
 * What judged tables show, one trouble for each relation at which it begins. A table that never ran on days on which an
 * earlier phase, or a source that it reads from near or far, breaks what blocks was held back by it, and belongs to that trouble.
 */
export function troublesOf(
  pipeline: Pipeline,
  explained: readonly TableExplanation[],
): readonly Trouble[] {
  return withHeldBack(pipeline, troubles(explained));
}

/** The tables that show it, each once. */
export function tablesShowing({ shown }: Trouble): readonly TableName[] {
  return [...new Set(shown.map(({ table }) => table))];
}

/** The checks that show it, those that fail alike included. */
export function checksShowing({
  shown,
}: Trouble): readonly Readonly<{ table: TableName; check: CheckJudgement }>[] {
  return shown.flatMap(({ table, explanation: { check, alike } }) =>
    [check, ...alike].map((each) => ({ table, check: each })),
  );
}

/** What to do about it, in one line; where nobody knows, how to see more of it. */
export function nextOf(trouble: Trouble, { tables, calendar }: Explained, range: DaySpan): string {
  const names = tablesShowing(trouble);
  const own = names.map((table) => ({
    table,
    verdict: 'FAIL' as const,
    checks: trouble.shown
      .filter((each) => each.table === table)
      .map(({ explanation }) => explanation),
  }));
  const judged = tables.filter(({ judgement }) => names.includes(judgement.table));
  const steps = nextSteps(own, judged, calendar, { ...range, run: null });
  const known = steps.map(({ command, why }) => command ?? why).join('; then ');
  const { from, to } = range;
  const more = `npx phasegate explain --from ${from} --to ${to} --table ${names[0] ?? trouble.root.relation}`;
  return known === '' ? more : known;
}

/** In one line, without its days. */
export function titleOf(root: Root, tables: readonly TableName[]): string {
  const { relation } = root;
  const others = tables.filter((name) => name !== relation);
  const behind = others.length === 0 ? '' : `, and ${counted(others.length, 'table')} behind it`;
  switch (root.kind) {
    case 'source':
      return `source ${relation} lacks or breaks what is promised of it${behind}`;
    case 'own':
      return root.unpromised.length === 0
        ? `${relation} is bad, and what it reads is not${behind}`
        : `${relation} is bad; nobody judges ${root.unpromised.join(', ')}, which it reads${behind}`;
    case 'rewritten':
      return `${root.stale} was written before ${relation}, which it reads, changed`;
    case 'unevaluated':
      return `${relation} could not be judged${behind}`;
    default:
      return `${relation} is not as it should be${behind}`;
  }
}

function troubles(explained: readonly TableExplanation[]): readonly Trouble[] {
  const byRoot = new Map<string, Trouble>();
  for (const { table, checks } of explained) {
    for (const explanation of checks) {
      const { root } = explanation;
      if (root.kind === 'unexpected') continue;
      const known = byRoot.get(root.relation);
      const gravest = known === undefined || isGraver(root, known.root) ? root : known.root;
      const shown = [...(known?.shown ?? []), { table, explanation }];
      byRoot.set(root.relation, { root: gravest, shown });
    }
  }
  return [...byRoot.values()];
}

function withHeldBack(pipeline: Pipeline, all: readonly Trouble[]): readonly Trouble[] {
  const phaseOf = ({ root: { relation } }: Trouble) =>
    pipeline.phases.findIndex(({ tables }) => tables.some(({ name }) => name === relation));
  const reads = ({ root: { relation } }: Trouble) => reachedFrom(pipeline, [relation]);
  const holderOf = (held: Trouble) => {
    const { root } = held;
    if (root.kind !== 'own' || root.runs.neverRan < countDays(root.days)) return undefined;
    const [earliest] = all
      .filter((other) => phaseOf(other) < phaseOf(held) && blocks(other))
      .filter((other) => phaseOf(other) >= 0 || reads(held).has(other.root.relation))
      .filter((other) => isEmpty(subtract(daysOf(held), daysOf(other))))
      .sort((a, b) => phaseOf(a) - phaseOf(b));
    return earliest;
  };
  const holders = new Map(all.map((trouble) => [trouble, holderOf(trouble)]));
  return all.flatMap((trouble) => {
    if (holders.get(trouble) !== undefined) return [];
    const held = all.filter((other) => holders.get(other) === trouble);
    return [{ ...trouble, shown: [trouble, ...held].flatMap(({ shown }) => shown) }];
  });
}

function blocks(trouble: Trouble): boolean {
  return checksShowing(trouble).some(
    ({ check }) => isBlocking(check, 'FAIL') || isBlocking(check, 'UNKNOWN'),
  );
}

function daysOf(trouble: Trouble): DaySet {
  return normalize(checksShowing(trouble).flatMap(({ check }) => check.days));
}

/** What is wrong with a relation itself comes before what its change left behind. */
const GRAVEST_FIRST = [
  'source',
  'own',
  'unevaluated',
  'no-days',
  'rewritten',
  'unexpected',
] as const;

function isGraver(root: Root, than: Root): boolean {
  return GRAVEST_FIRST.indexOf(root.kind) < GRAVEST_FIRST.indexOf(than.kind);
}
