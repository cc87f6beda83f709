import type { Column } from '../core/column.ts';
import type { DaySet } from '../core/day-set.ts';
import { type Day, dayNumber } from '../core/days.ts';
import { PhasegateError } from '../core/errors.ts';
import { parseTableName } from '../core/ids.ts';
import type { LoadMapping, Source } from '../core/pipeline.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import { loadDays, loadSelect } from '../sql/load-select.ts';
import { replaceStatement } from '../sql/replace.ts';

export type RawFile = Readonly<{
  path: string;
  format: 'parquet' | 'csv';
  /** The header of a CSV file, in order; null for Parquet. */
  header: readonly string[] | null;
}>;

/** Days replaced and rows they hold now; no days for a source without days. */
export type LoadedSource = Readonly<{ rows: number; days: number }>;

/**
 * Replaces the days that a raw file has rows of by the file's rows, or the whole source when it has
 * no days. Loading the same file again changes nothing.
 *
 * @param loadId names this load; letters, digits, `-` and `_`
 * @throws PhasegateError `invalid-input` naming file and column; nothing was loaded from the file then
 */
export async function loadSource(
  warehouse: Warehouse,
  source: Source,
  mapping: LoadMapping,
  file: RawFile,
  loadId: string,
): Promise<LoadedSource> {
  const staging = parseTableName(`phasegate_staging.${mapping.file}`);
  try {
    if (file.header !== null) assertColumns(file.path, mapping.columns, file.header);
    const columns = file.header === null ? null : typedHeader(file.header, mapping.columns);
    const { rows } = await warehouse.loadFile(staging, { ...file, columns });
    if (rows === 0) {
      throw new PhasegateError(
        'invalid-input',
        `${file.path} has no rows; nothing was loaded from it`,
      );
    }
    await assertTypes(warehouse, staging, mapping, file.path);
    return { rows, days: await replaceDays(warehouse, source, mapping, loadId) };
  } finally {
    await warehouse.dropTable(staging);
  }
}

async function replaceDays(
  warehouse: Warehouse,
  source: Source,
  { select }: LoadMapping,
  loadId: string,
): Promise<number> {
  const { name, columns, key, dayColumn } = source;
  const sql = replaceStatement({
    table: name,
    columns,
    key,
    dayColumn,
    select: loadSelect(source, select),
  });
  if (dayColumn === null) {
    await warehouse.write({ sql, params: {} }, { jobId: loadId });
    return 0;
  }
  const { rows } = await warehouse.query({ sql: loadDays(source, select), params: {} });
  const days = rows.map((row) => row.day as Day | null);
  if (days.includes(null)) {
    throw new PhasegateError(
      'invalid-input',
      `${name}: some rows have no ${dayColumn}; nothing was loaded`,
    );
  }
  const others = await warehouse.dayStates([name]);
  const kept = others.flatMap(({ day }) => (day === null || days.includes(day) ? [] : [day]));
  for (const { from, to } of spansAround(
    days.filter((day) => day !== null),
    kept,
  )) {
    const params = {
      from: { type: 'DATE', value: from },
      to: { type: 'DATE', value: to },
    } as const;
    await warehouse.write({ sql, params }, { jobId: `${loadId}-${from}` });
  }
  return days.length;
}

/** The days as few spans as possible, none over a day that must be kept, none longer than a year. */
function spansAround(days: readonly Day[], kept: readonly Day[]): DaySet {
  const spans: { from: Day; to: Day }[] = [];
  for (const day of days.toSorted()) {
    const last = spans.at(-1);
    const isNear = last !== undefined && dayNumber(day) - dayNumber(last.from) < 365;
    if (isNear && !kept.some((each) => last.to < each && each < day)) last.to = day;
    else spans.push({ from: day, to: day });
  }
  return spans;
}

function assertColumns(path: string, wanted: readonly Column[], has: readonly string[]): void {
  const missing = wanted.filter((column) => !has.includes(column.name)).map(({ name }) => name);
  if (missing.length > 0) {
    throw new PhasegateError(
      'invalid-input',
      `${path}: column ${missing.join(', ')} is missing; the file has ${has.join(', ')}. Nothing was loaded from it.`,
    );
  }
}

function typedHeader(header: readonly string[], wanted: readonly Column[]): Column[] {
  return header.map(
    (name) =>
      wanted.find((column) => column.name === name) ?? { name, type: 'STRING', required: false },
  );
}

async function assertTypes(
  warehouse: Warehouse,
  staging: ReturnType<typeof parseTableName>,
  mapping: LoadMapping,
  path: string,
): Promise<void> {
  const found = (await warehouse.columnsOf(staging)) ?? [];
  assertColumns(
    path,
    mapping.columns,
    found.map(({ name }) => name),
  );
  for (const { name, type } of mapping.columns) {
    const actual = found.find((column) => column.name === name)?.type;
    const fits =
      actual === type || (type === 'FLOAT64' && (actual === 'INT64' || actual === 'NUMERIC'));
    if (!fits) {
      throw new PhasegateError(
        'invalid-input',
        `${path}: column ${name} is ${actual}; accepted: ${type}. Nothing was loaded from it.`,
      );
    }
  }
}
