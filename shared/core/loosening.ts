import type { Day } from './days.ts';
import { isLooser } from './loosening-direction.ts';
import type { Loosened } from './pipeline.ts';
import {
  DAILY,
  type PromisedFields,
  type PromisedTable,
  type PromisedValue,
  type Promises,
} from './promises.ts';

/** A promise that is kept no longer, or not as far. Without `check` it is the table's own; without `field` the whole of it is gone. */
export type Loosening = Readonly<{
  table: string;
  check: string | null;
  field: string | null;
  before: string;
  after: string;
}>;

/** What became of the accepted promises. */
export type Comparison = Readonly<{
  /** Nobody signed for these; `ranOut` is a signature that counts no longer. */
  undeclared: readonly Readonly<{ loosening: Loosening; ranOut: Loosened | null }>[];
  declared: readonly Readonly<{ loosening: Loosening; by: Loosened }>[];
  /** Declarations that name nothing that was promised or is now. */
  strangers: readonly Loosened[];
  /** What is to be accepted from now on. */
  promises: Promises;
}>;

/**
 * Compares promises with those that were accepted last. Tightening and additions are free.
 *
 * @param declared what the pipeline signs for; past its `until`, seen from `today`, it counts as absent
 */
export function comparePromises(
  accepted: Promises,
  present: Promises,
  declared: readonly Loosened[],
  today: Day,
): Comparison {
  const undeclared: { loosening: Loosening; ranOut: Loosened | null }[] = [];
  const signed: { loosening: Loosening; by: Loosened }[] = [];
  const loosenings = looseningsOf(accepted, present);
  for (const loosening of loosenings) {
    const about = declared.filter((each) => isAbout(each, loosening));
    const by = about.find(({ until }) => until >= today);
    if (by === undefined) undeclared.push({ loosening, ranOut: about[0] ?? null });
    else signed.push({ loosening, by });
  }
  return {
    undeclared,
    declared: signed,
    strangers: declared.filter((each) => !exists(each, accepted) && !exists(each, present)),
    promises: keptPromises(accepted, present, loosenings),
  };
}

/** Every accepted promise that the present ones do not keep, in the order of the accepted ones. */
export function looseningsOf(accepted: Promises, present: Promises): readonly Loosening[] {
  return Object.entries(accepted).flatMap(([table, before]) => {
    const after = present[table];
    if (after === undefined) {
      const count = Object.keys(before.checks).length;
      return [{ table, check: null, field: null, before: `${count} checks`, after: 'removed' }];
    }
    return [
      ...fieldLoosenings({ table, check: null }, before.own, after.own),
      ...Object.entries(before.checks).flatMap(([check, fields]) =>
        checkLoosenings({ table, check }, fields, after.checks[check]),
      ),
    ];
  });
}

function checkLoosenings(
  at: Pick<Loosening, 'table' | 'check'>,
  before: PromisedFields,
  after: PromisedFields | undefined,
): readonly Loosening[] {
  if (after === undefined) {
    return [{ ...at, field: null, before: told(before.kind), after: 'removed' }];
  }
  if (before.kind === after.kind) return fieldLoosenings(at, before, after);
  return [{ ...at, field: 'kind', before: told(before.kind), after: told(after.kind) }];
}

function fieldLoosenings(
  at: Pick<Loosening, 'table' | 'check'>,
  before: PromisedFields,
  after: PromisedFields,
): readonly Loosening[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .sort()
    .map((field) => ({ field, was: promised(before, field), is: promised(after, field) }))
    .filter(({ field, was, is }) => isLooser(field, was, is))
    .map(({ field, was, is }) => ({ ...at, field, before: told(was), after: told(is) }));
}

/** What policy `daily` does not say otherwise is as it is. */
function promised(fields: PromisedFields, field: string): PromisedValue | undefined {
  const plain = field.startsWith(DAILY) ? fields[field.slice(DAILY.length)] : undefined;
  return fields[field] ?? plain;
}

function isAbout({ table, check, field }: Loosened, loosening: Loosening): boolean {
  return (
    table === loosening.table &&
    check === loosening.check &&
    (field === null || field === loosening.field)
  );
}

function exists({ table, check, field }: Loosened, promises: Promises): boolean {
  const found = promises[table];
  if (found === undefined) return false;
  const fields = check === null ? found.own : found.checks[check];
  return fields !== undefined && (field === null || field in fields);
}

/** The present promises, and for what is loosened the accepted ones. */
export function keptPromises(
  accepted: Promises,
  present: Promises,
  loosenings = looseningsOf(accepted, present),
): Promises {
  const kept: Record<string, PromisedTable> = { ...present };
  for (const { table, check, field } of loosenings) {
    const before = accepted[table]!;
    const now = kept[table];
    if (now === undefined) kept[table] = before;
    else if (check === null) kept[table] = { ...now, own: keptFields(before.own, now.own, field) };
    else {
      const fields = keptFields(before.checks[check]!, now.checks[check], field);
      kept[table] = { ...now, checks: inOrder({ ...now.checks, [check]: fields }) };
    }
  }
  return inOrder(kept);
}

function keptFields(
  before: PromisedFields,
  now: PromisedFields | undefined,
  field: string | null,
): PromisedFields {
  if (now === undefined || field === null || field === 'kind') return before;
  const { [field]: _, ...others } = now;
  const value = before[field];
  return inOrder(value === undefined ? others : { ...others, [field]: value });
}

function inOrder<Value>(record: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function told(value: PromisedValue | undefined): string {
  if (value === undefined) return 'nothing';
  return Array.isArray(value) ? value.join(', ') : String(value);
}
