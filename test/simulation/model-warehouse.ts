import { type DaySet, hasDay } from '../../shared/core/day-set.ts';
import type { Day } from '../../shared/core/days.ts';
import { PhasegateError } from '../../shared/core/errors.ts';
import type { TableName } from '../../shared/core/ids.ts';
import { type Pipeline, sourceNamed, tableNamed } from '../../shared/core/pipeline.ts';
import { METRICS, PROFILES, RUN_HISTORY, SYSTEM_TABLES } from '../../shared/core/system-tables.ts';
import type { DayState, QueryResult, Row, Statement } from '../../shared/ports/warehouse.ts';
import { type Contents, contents, sourceDay, type Wanted } from './contents.ts';
import { keptRows } from './kept-rows.ts';
import { BOX, SCHEDULE, type Shape } from './shape.ts';
import { understand } from './statements.ts';

/** A write that took its snapshot and has not changed anything yet. */
export type Prepared = Readonly<{
  table: TableName;
  readAt: string;
  days: readonly Readonly<{ day: Day; wanted: Wanted }>[];
}>;

export type ModelWarehouse = ReturnType<typeof modelWarehouse>;

const DAY_COLUMN: ReadonlyMap<string, string> = new Map(
  SYSTEM_TABLES.map(({ name, dayColumn }) => [name, dayColumn]),
);

/**
 * What BigQuery holds, and the answers to the very statements that the shell sends. Anything else
 * throws loudly. Nothing waits here: who calls decides when a call takes effect.
 */
export function modelWarehouse(shape: Shape, now: () => number) {
  const { pipeline } = shape.definitions[0];
  const data: Contents = contents(shape.gameDays);
  const rows = new Map<TableName, Row[]>();
  const books = new Map<TableName, Map<string, { rows: number; changedAt: string }>>();
  const views = new Map<TableName, string>();
  const answers = new Map<string, QueryResult>();
  const appended = new Set<string>();
  let last = 0;

  /** The warehouse's own clock; no two things happen at once. */
  const stamp = () => {
    last = Math.max(last + 1, now());
    return new Date(last).toISOString();
  };

  const put = (table: TableName, day: Day, wanted: Wanted, launch: string | null) => {
    const days = data.of(table);
    if (wanted.rows === 0 && !days.has(day)) return;
    days.set(day, { ...wanted, changedAt: stamp(), launch });
  };

  const answer = (statement: Statement): Row[] => {
    const { sql, params } = statement;
    const known = understand(sql, pipeline);
    const value = (name: string) => String(params[name]?.value);
    const isWithin = (day: string) => day >= value('from0') && day <= value('to0');
    switch (known.kind) {
      case 'schedule':
        return shape.gameDays
          .filter((day) => isWithin(day) && (data.of(SCHEDULE).get(day)?.rows ?? 0) > 0)
          .map((day) => ({
            id: `g-${day}`,
            day,
            season: 2021,
            type: 'regular',
            home: 'A',
            away: 'B',
          }));
      case 'kept':
        return keptRows(params, rows.get(PROFILES.name) ?? [], rows.get(RUN_HISTORY.name) ?? []);
      case 'written-days':
        return (rows.get(RUN_HISTORY.name) ?? []).filter(
          (row) =>
            isWithin(String(row.data_date)) &&
            row.run === value('run') &&
            row.table_name === value('table') &&
            row.status === 'success',
        );
      case 'profile': {
        const spans: DaySet = Object.keys(params)
          .filter((name) => name.startsWith('from'))
          .map((name) => ({
            from: value(name) as Day,
            to: value(name.replace('from', 'to')) as Day,
          }));
        return [...data.of(known.table)]
          .filter(([day, found]) => found.rows > 0 && hasDay(spans, day))
          .map(([day, found]) => ({
            day,
            ...Object.fromEntries(
              known.measures.map((measure, at) => [
                `m${at}`,
                measure === 'rows' ? found.rows : found.rows - found.nulls,
              ]),
            ),
          }));
      }
      case 'replace':
        throw new Error('a replace is no query');
    }
  };

  for (const day of shape.gameDays) {
    for (const source of [SCHEDULE, BOX]) put(source, day, sourceDay(source, day, 0), null);
  }

  return {
    data,
    /** What each finished job wrote; the same id never does its work twice. */
    written: new Map<string, Prepared>(),
    put,

    query(statement: Statement, jobId: string | undefined): QueryResult {
      const found = jobId === undefined ? undefined : answers.get(jobId);
      if (found !== undefined) return found;
      const id = jobId ?? 'unnamed';
      const made = { rows: answer(statement), bytesProcessed: 1, bytesBilled: 10485760, jobId: id };
      if (jobId !== undefined) answers.set(jobId, made);
      return made;
    },

    /** Whether the statement could run at all. */
    dryRun(statement: Statement) {
      understand(statement.sql, pipeline);
      return { bytesProcessed: 1 };
    },

    /** Takes the snapshot of a replace. */
    prepare({ sql, params }: Statement): Prepared {
      const known = understand(sql, pipeline);
      if (known.kind !== 'replace') throw new Error('only a replace writes');
      const table = tableNamed(pipeline, known.table);
      if (table === undefined) throw new Error(`no table ${known.table}`);
      const from = String(params.from?.value);
      const to = String(params.to?.value);
      const days = [...new Set([...shape.gameDays, ...data.of(known.table).keys()])]
        .filter((day) => day >= from && day <= to)
        .map((day) => ({ day, wanted: data.wouldBe(table, day) }));
      return { table: known.table, readAt: stamp(), days };
    },

    append(table: TableName, added: readonly Row[], jobId: string): void {
      if (appended.has(jobId)) return;
      appended.add(jobId);
      if (table === METRICS.name) throw new Error('the simulator keeps no metrics');
      const dayColumn = DAY_COLUMN.get(table);
      if (dayColumn === undefined) throw new Error(`nothing is appended to ${table}`);
      if (table === PROFILES.name || table === RUN_HISTORY.name) {
        const kept = rows.get(table);
        if (kept === undefined) rows.set(table, [...added]);
        else kept.push(...added);
      }
      const book = books.get(table) ?? new Map<string, { rows: number; changedAt: string }>();
      books.set(table, book);
      const changedAt = stamp();
      for (const row of added) {
        const day = String(row[dayColumn]);
        book.set(day, { rows: (book.get(day)?.rows ?? 0) + 1, changedAt });
      }
    },

    dayStates(tables: readonly TableName[]): DayState[] {
      return tables.flatMap((table): DayState[] => {
        const book = DAY_COLUMN.has(table) ? (books.get(table) ?? []) : data.of(table);
        return [...book].map(([day, { rows: count, changedAt }]) => ({
          table,
          day: day as Day,
          rows: count,
          changedAt,
        }));
      });
    },

    columnsOf: (name: TableName) =>
      (tableNamed(pipeline, name) ?? sourceNamed(pipeline, name))?.columns ?? null,

    replaceView(name: TableName, sql: string): void {
      views.set(name, sql);
    },
    viewSql: (name: TableName) => views.get(name) ?? null,

    refuse: (what: string) => new PhasegateError('invalid-query', what),
  };
}

export function pipelineTables(pipeline: Pipeline): readonly TableName[] {
  return pipeline.phases.flatMap((phase) => phase.tables.map(({ name }) => name));
}
