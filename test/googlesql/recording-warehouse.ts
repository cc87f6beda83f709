import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Column } from '../../shared/core/column.ts';
import type { Day } from '../../shared/core/days.ts';
import type { Row, Statement, Warehouse } from '../../shared/ports/warehouse.ts';
import type { TypedStatement } from './analyzer.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const DEEPEST_STACK = 50;

/** A statement with the lines of our code that led to it, the innermost first: `shared/shell/read-history.ts:15`. */
export type RecordedStatement = TypedStatement & Readonly<{ places: readonly string[] }>;

/** What the warehouse would hold; just enough for the callers to go on asking. */
export type Holdings = Readonly<{
  /** Every table has one row on each of these days. */
  days: readonly Day[];
  columnsOf: (table: string) => readonly Column[];
  rowsFor: (statement: RecordedStatement) => readonly Row[];
}>;

/** Runs nothing: notes each statement and who asked it. */
export function recordingWarehouse({ days, columnsOf, rowsFor }: Holdings) {
  const recorded: RecordedStatement[] = [];
  const note = ({ sql, params }: Statement) => {
    const types = Object.entries(params).map(([name, { type }]) => [name, type]);
    const statement = { sql, paramTypes: Object.fromEntries(types), places: placesAsking() };
    recorded.push(statement);
    return statement;
  };
  const at = '2026-01-01T00:00:00.000Z';
  const warehouse: Warehouse = {
    query: async (statement, options) => ({
      rows: rowsFor(note(statement)),
      bytesProcessed: 0,
      bytesBilled: 0,
      jobId: options?.jobId ?? 'query',
    }),
    dryRun: async (statement) => {
      note(statement);
      return { bytesProcessed: 0 };
    },
    write: async (statement, { jobId }) => {
      note(statement);
      return { jobId, readAt: at, rowsAffected: 0 };
    },
    replaceView: async (_, sql) => void note({ sql, params: {} }),
    viewSql: async () => null,
    ensureTable: async () => undefined,
    layoutOf: async () => ({ dayColumn: null, requiresDayFilter: false, expiresAfterMs: null }),
    columnsOf: async (table) => columnsOf(table),
    dayStates: async (tables) =>
      tables.flatMap((table) => days.map((day) => ({ table, day, rows: 1, changedAt: at }))),
    append: async () => undefined,
    loadFile: async () => ({ rows: 1 }),
    dropTable: async () => undefined,
  };
  return { warehouse, recorded };
}

function placesAsking(): readonly string[] {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = DEEPEST_STACK;
  const frames = new Error().stack?.split('\n') ?? [];
  Error.stackTraceLimit = limit;
  return frames.flatMap((frame) => {
    const [, url, line] = /(file:\/\/.+\.ts):(\d+):\d+/.exec(frame) ?? [];
    const file = url === undefined ? '' : relative(ROOT, fileURLToPath(url));
    return file.startsWith('shared/') ? [`${file}:${line}`] : [];
  });
}
