import { parseTableName, type TableName } from '../../shared/core/ids.ts';
import type { Pipeline } from '../../shared/core/pipeline.ts';
import { keptQuery } from '../../shared/sql/kept-query.ts';
import { scheduleQuery } from '../../shared/sql/schedule-query.ts';

/** A statement of the shell that the model understands. */
export type Understood =
  | Readonly<{ kind: 'schedule' }>
  | Readonly<{ kind: 'kept' }>
  | Readonly<{ kind: 'written-days' }>
  | Readonly<{ kind: 'profile'; table: TableName; measures: readonly ('rows' | 'filled')[] }>
  | Readonly<{ kind: 'replace'; table: TableName }>;

const known = new Map<string, Understood>();
const ANY_DAYS = { from: '2022-01-01', to: '2022-01-01' } as Parameters<typeof keptQuery>[1];

/** @throws Error for any other statement: a lack of the simulator, and never an answer */
export function understand(sql: string, pipeline: Pipeline): Understood {
  const found = known.get(sql);
  if (found !== undefined) return found;
  const read = reading(sql, pipeline);
  if (read === null) throw new Error(`the simulator does not know this statement:\n${sql}`);
  known.set(sql, read);
  return read;
}

function reading(sql: string, { calendar }: Pipeline): Understood | null {
  if (sql === scheduleQuery(calendar, 'game_date')) return { kind: 'schedule' };
  for (let count = 1; count <= 8; count++) {
    const names = Array.from({ length: count }, () => calendar.schedule);
    if (sql === keptQuery(names, ANY_DAYS, ANY_DAYS, ANY_DAYS).sql) return { kind: 'kept' };
  }
  if (
    /^SELECT DISTINCT data_date, launch\nFROM `phasegate.run_history`\nWHERE data_date BETWEEN @from0 AND @to0 AND run = @run AND table_name = @table AND status = 'success'$/.test(
      sql,
    )
  ) {
    return { kind: 'written-days' };
  }
  return readProfile(sql) ?? readReplace(sql);
}

const MEASURES = {
  'COUNT(*)': 'rows',
  'COUNT(CASE WHEN (`points` IS NOT NULL) THEN 1 END)': 'filled',
} as const;

function readProfile(sql: string): Understood | null {
  const parts =
    /^SELECT\n {2}`game_date` AS day,\n((?:.|\n)+)\nFROM `([^`]+)`\nWHERE (.+)\nGROUP BY `game_date`$/.exec(
      sql,
    );
  if (parts === null) return null;
  const [, columns = '', table = '', where = ''] = parts;
  const spans = where.split(' OR ');
  if (!spans.every((span, at) => span === `\`game_date\` BETWEEN @from${at} AND @to${at}`)) {
    return null;
  }
  const measures = columns.split(',\n').map((column, at) => {
    const measure = column.trim().replace(new RegExp(` AS m${at}$`), '');
    return MEASURES[measure as keyof typeof MEASURES];
  });
  if (measures.some((measure) => measure === undefined)) return null;
  return { kind: 'profile', table: parseTableName(table), measures };
}

function readReplace(sql: string): Understood | null {
  const table = /^MERGE `([^`]+)` AS t\nUSING \(\n/.exec(sql)?.[1];
  const isBounded = sql.includes(
    'WHEN NOT MATCHED BY SOURCE AND t.`game_date` BETWEEN @from AND @to THEN DELETE',
  );
  return table === undefined || !isBounded
    ? null
    : { kind: 'replace', table: parseTableName(table) };
}
