import type { Check } from './check.ts';
import { type DaySet, formatDaySet } from './day-set.ts';
import type { Percent } from './percent.ts';
import { type Pipeline, tablesOf } from './pipeline.ts';

export type PromisedValue = string | number | boolean | readonly (string | number | boolean)[];

/** Fields by name, nested ones as `per.of`, percentages as numbers under `…Percent`. A field that promises nothing is absent. */
export type PromisedFields = Readonly<Record<string, PromisedValue>>;

export type PromisedTable = Readonly<{
  /** What it promises beside its checks; of the schedule, which games are expected at all. */
  own: PromisedFields;
  /** By check id. */
  checks: Readonly<Record<string, PromisedFields>>;
}>;

/** Everything that a pipeline promises of its tables and sources, by name; sorted, so that equal promises are equal texts. */
export type Promises = Readonly<Record<string, PromisedTable>>;

export function promisesOf(pipeline: Pipeline): Promises {
  const { schedule, final, seasonTypes } = pipeline.calendar;
  const tables = tablesOf(pipeline).map((table) => {
    const { name, bootstrapDays, publish, checks } = table;
    const own = { bootstrapDays, ...(publish === null ? {} : { publish }) };
    return [name, { own, checks: promisedChecks(checks) }] as const;
  });
  const sources = pipeline.sources
    .filter(({ name, checks }) => checks.length > 0 || name === schedule)
    .map(({ name, checks }) => {
      const own = name === schedule ? { final, seasonTypes } : {};
      return [name, { own, checks: promisedChecks(checks) }] as const;
    });
  return sorted<PromisedTable>([...tables, ...sources]);
}

function promisedChecks(checks: readonly Check[]): PromisedTable['checks'] {
  return sorted(checks.map((check) => [check.id, promisedFields(check)] as const));
}

export function countChecks(promises: Promises): number {
  return Object.values(promises).reduce((sum, { checks }) => sum + Object.keys(checks).length, 0);
}

function promisedFields(check: Check): PromisedFields {
  const { id: _, ...fields } = check;
  return sorted(Object.entries(fields).flatMap(([field, value]) => flatten(field, value)));
}

function flatten(field: string, value: unknown): (readonly [string, PromisedValue])[] {
  if (value === null || value === undefined) return [];
  if (isScalar(value)) return [[field, value]];
  if (isPercent(value)) return [[`${field}Percent`, Number(value.text)]];
  const spans = spansIn(value);
  if (spans !== null) return [[field, formatDaySet(spans).join(',')]];
  if (Array.isArray(value) && value.every(isScalar)) return [[field, value]];
  return Object.entries(value).flatMap(([name, part]) => flatten(`${field}.${name}`, part));
}

function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function isPercent(value: object): value is Percent {
  return 'text' in value && 'numerator' in value;
}

/** Days, alone or in a list; null for anything else. */
function spansIn(value: object): DaySet | null {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  const isSpan = (each: unknown) => {
    const { from, to } = { ...(each as Readonly<{ from?: unknown; to?: unknown }>) };
    return typeof from === 'string' && typeof to === 'string';
  };
  return list.length > 0 && list.every(isSpan) ? (list as unknown as DaySet) : null;
}

function sorted<Value>(
  entries: readonly (readonly [string, Value])[],
): Readonly<Record<string, Value>> {
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
