import type { Column } from '../column.ts';
import type { Day } from '../days.ts';
import type { TableName } from '../ids.ts';
import { counted } from '../view/counted.ts';
import { type DoctorLine, fail, fewOf, pass, warn } from './doctor-line.ts';

/** What the file declares of a table or a source. */
export type DeclaredTable = Readonly<{
  name: TableName;
  dayColumn: string | null;
  requireDayFilter: boolean;
  columns: readonly Column[];
}>;

/** What the warehouse has of it; `there` null: no such table. */
export type TableThere = Readonly<{
  table: DeclaredTable;
  there: Readonly<{
    columns: readonly Column[];
    dayColumn: string | null;
    requiresDayFilter: boolean;
    expiresAfterMs: number | null;
  }> | null;
}>;

const DAY_MS = 86_400_000;

/** Names of those that nothing can be read from or written to as the file says. */
export function unfitTables(tables: readonly TableThere[]): ReadonlySet<TableName> {
  const unfit = tables.filter((each) => each.there === null || wrongColumns(each).length > 0);
  return new Set(unfit.map(({ table }) => table.name));
}

/** Whether each table is there, laid out as the file says, and kept for as long as the pipeline looks back. */
export function tableLines(
  tables: readonly TableThere[],
  firstSeason: Day | null,
  now: string,
): readonly DoctorLine[] {
  const missing = tables.flatMap(({ table, there }) => (there === null ? [table.name] : []));
  const present = tables.filter(({ there }) => there !== null);
  const count = counted(tables.length, 'table');
  return [
    missing.length === 0
      ? pass('tables', `${count} there`)
      : fail(
          'tables',
          `missing: ${fewOf(missing)}`,
          '`npx phasegate load DIR` makes them; in the cloud make them in BigQuery, and those of the dataset phasegate with Terraform',
        ),
    ...(present.length === 0
      ? []
      : [
          columnsLine(present),
          partitionsLine(present),
          expiryLine(present, firstSeason, now),
          dayFilterLine(present),
        ]),
  ];
}

function columnsLine(tables: readonly TableThere[]): DoctorLine {
  const wrong = tables.flatMap((each) =>
    wrongColumns(each).map((text) => `${each.table.name}: ${text}`),
  );
  if (wrong.length === 0) {
    return pass('columns', `as declared in ${counted(tables.length, 'table')}`);
  }
  const fix = 'add the column with ALTER TABLE, or mend `columns` in the pipeline file';
  return fail('columns', fewOf(wrong), fix);
}

/** Further columns do no harm, unless they must be filled. */
function wrongColumns({ table, there }: TableThere): readonly string[] {
  const actual = new Map((there?.columns ?? []).map((column) => [column.name, column]));
  const declared = new Set(table.columns.map(({ name }) => name));
  const wrong = table.columns.flatMap(({ name, type }) => {
    const found = actual.get(name);
    if (found === undefined) return [`${name} is missing`];
    return found.type === type ? [] : [`${name} is ${found.type} instead of ${type}`];
  });
  const unfilled = [...actual.values()].flatMap(({ name, required }) =>
    required && !declared.has(name) ? [`${name} is required, and nobody declares it`] : [],
  );
  return [...wrong, ...unfilled];
}

function partitionsLine(tables: readonly TableThere[]): DoctorLine {
  const wrong = tables.flatMap(({ table, there }) =>
    table.dayColumn === null || there?.dayColumn === table.dayColumn
      ? []
      : [`${table.name} by ${there?.dayColumn ?? 'nothing'} instead of ${table.dayColumn}`],
  );
  if (wrong.length === 0)
    return pass('partitions', 'each table with days is partitioned by its day');
  const fix = 'make the table anew, partitioned by that column: every read costs the whole of it';
  return fail('partitions', fewOf(wrong), fix);
}

/** A partition that expires takes verified days away, and no job reports it. */
function expiryLine(
  tables: readonly TableThere[],
  firstSeason: Day | null,
  now: string,
): DoctorLine {
  const expiring = tables.flatMap(({ table, there }) => {
    const ms = there?.expiresAfterMs ?? null;
    return ms === null ? [] : [{ name: table.name, ms }];
  });
  if (expiring.length === 0) return pass('partition-expiry', 'no table deletes its days by itself');
  const texts = expiring.map(({ name, ms }) => `${name} after ${Math.floor(ms / DAY_MS)} days`);
  const age = firstSeason === null ? 0 : Date.parse(now) - Date.parse(`${firstSeason}T00:00:00Z`);
  const isGone = expiring.some(({ ms }) => ms < age);
  const fix = `ALTER TABLE ${expiring[0]?.name} SET OPTIONS (partition_expiration_days = NULL)`;
  const found = `days are deleted: ${fewOf(texts)}`;
  return isGone
    ? fail('partition-expiry', `${found}; the first season began on ${firstSeason}`, fix)
    : warn('partition-expiry', found, fix);
}

function dayFilterLine(tables: readonly TableThere[]): DoctorLine {
  const lax = tables.flatMap(({ table, there }) =>
    table.requireDayFilter && there?.requiresDayFilter === false ? [table.name] : [],
  );
  if (lax.length === 0) return pass('day-filter', 'required where the file says so');
  return warn(
    'day-filter',
    `not required, although the file says so: ${fewOf(lax)}`,
    `ALTER TABLE ${lax[0]} SET OPTIONS (require_partition_filter = TRUE)`,
  );
}
