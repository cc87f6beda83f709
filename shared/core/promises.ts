import type { Check } from './check.ts';
import type { Column } from './column.ts';
import { type DaySet, formatDaySet, union } from './day-set.ts';
import type { Due } from './due.ts';
import type { TableName } from './ids.ts';
import type { Percent } from './percent.ts';
import {
  type CalendarSpec,
  type Exclusion,
  type Need,
  type Pipeline,
  tablesOf,
} from './pipeline.ts';
import { relationNamed } from './relation.ts';

export type PromisedValue = string | number | boolean | readonly (string | number | boolean)[];

/** Fields by name, nested ones as `per.of`, percentages as numbers under `…Percent`. A field that promises nothing is absent. */
export type PromisedFields = Readonly<Record<string, PromisedValue>>;

/** What the name of a field begins with that counts under policy `daily` alone; where it is absent, the field itself counts. */
export const DAILY = 'daily.';

/** What stands for all days where days are written. */
export const EVERY_DAY = 'every day';

export type PromisedTable = Readonly<{
  /** What it promises beside its checks: columns, needs, its part of the named gates; of the schedule, which games are expected at all. */
  own: PromisedFields;
  /** By check id. */
  checks: Readonly<Record<string, PromisedFields>>;
}>;

/** Everything that a pipeline file promises of its tables and sources, by name; sorted, so that equal promises are equal texts. */
export type Promises = Readonly<Record<string, PromisedTable>>;

export function promisesOf(pipeline: Pipeline): Promises {
  const { schedule } = pipeline.ownCalendar;
  const tables = tablesOf(pipeline).map((table) => {
    const { name, bootstrapDays, publish, due, columns, needs, checks, dailyChecks } = table;
    const own = sorted<PromisedValue>([
      ['bootstrapDays', bootstrapDays],
      ...(publish === null ? [] : [['publish', publish] as const]),
      ...dueFields(due),
      ...declaredColumns(columns),
      ...declaredNeeds(needs),
      ...partsOfGates(pipeline, name),
    ]);
    return [name, { own, checks: promisedChecks(checks, dailyChecks) }] as const;
  });
  const sources = pipeline.sources.map(({ name, due, columns, checks, dailyChecks }) => {
    const own = sorted<PromisedValue>([
      ...(name === schedule ? expectedGames(pipeline.ownCalendar) : []),
      ...dueFields(due),
      ...declaredColumns(columns),
      ...partsOfGates(pipeline, name),
    ]);
    return [name, { own, checks: promisedChecks(checks, dailyChecks) }] as const;
  });
  return sorted<PromisedTable>([...tables, ...sources]);
}

type Entries = readonly (readonly [string, PromisedValue])[];

function declaredColumns(columns: readonly Column[]): Entries {
  return columns.map(({ name, type, required }) => [
    `declared.${name}`,
    required ? `${type}!` : type,
  ]);
}

function dueFields(due: Due | null): Entries {
  if (due === null) return [];
  return [
    ['dueDays', due.daysAfter],
    ['dueTime', due.at],
  ];
}

/** The widest window of each kind. */
function declaredNeeds(needs: readonly Need[]): Entries {
  const widest = new Map<string, number | boolean>();
  for (const { of, window } of needs) {
    const field = `need.${of}.${window.kind}`;
    const width =
      window.kind === 'same-day' || (window.kind === 'games' ? window.games : window.days);
    widest.set(field, width === true ? true : Math.max(width, Number(widest.get(field) ?? 0)));
  }
  return [...widest];
}

function partsOfGates(pipeline: Pipeline, name: TableName): Entries {
  return pipeline.gates.flatMap((gate) =>
    gate.tables
      .filter(({ table }) => table === name)
      .map(({ checks }) => {
        const all = relationNamed(pipeline, name)?.checks.map(({ id }) => id) ?? [];
        return [`gate.${gate.name}`, [...(checks ?? all)].sort()] as const;
      }),
  );
}

/** How the schedule is read, from when each season counts, and what is left out of it. */
function expectedGames(calendar: CalendarSpec): Entries {
  const {
    schedule: _,
    calledOff: __,
    final,
    seasonTypes,
    seasonStarts,
    exclusions,
    ...columns
  } = calendar;
  return [
    ['final', final],
    ['seasonTypes', seasonTypes],
    ...Object.entries(columns).map(([name, column]) => [`schedule.${name}`, column] as const),
    ...seasonStarts.map(({ season, start }) => [`starts.${season}`, start] as const),
    ...excludedDays(exclusions),
  ];
}

/** By season type, `games` for all of them. */
function excludedDays(exclusions: readonly Exclusion[]): Entries {
  const types = exclusions.flatMap(({ seasonTypes, days }) =>
    (seasonTypes.length === 0 ? ['games'] : seasonTypes).map((type) => ({ type, days })),
  );
  return [...Map.groupBy(types, ({ type }) => type)].map(([type, all]) => {
    const days = all.flatMap((each) => (each.days === null ? [] : [each.days]));
    const isBounded = days.length === all.length;
    return [`excluded.${type}`, isBounded ? formatDaySet(union(...days)).join(',') : EVERY_DAY];
  });
}

/** Under `daily.` what policy `daily` has otherwise. */
function promisedChecks(
  checks: readonly Check[],
  dailyChecks: readonly Check[] = checks,
): PromisedTable['checks'] {
  return sorted(
    checks.map((check) => {
      const fields = promisedFields(check);
      const other = dailyChecks.find(({ id }) => id === check.id);
      if (other === undefined) return [check.id, { ...fields, [`${DAILY}judged`]: false }] as const;
      const daily = promisedFields(other);
      const others = Object.entries(daily).filter(
        ([field, value]) => JSON.stringify(value) !== JSON.stringify(fields[field]),
      );
      const own = others.map(([field, value]) => [`${DAILY}${field}`, value] as const);
      return [check.id, sorted([...Object.entries(fields), ...own])] as const;
    }),
  );
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
