import { type DayHistory, dayHistoryOf, type LaunchWord } from '../core/day-history.ts';
import type { Day } from '../core/days.ts';
import type { TableName } from '../core/ids.ts';
import type { Cell, Row } from '../ports/warehouse.ts';

export type History = ReadonlyMap<TableName, ReadonlyMap<Day, DayHistory>>;

/** What run history says of each (table, day), from rows of `keptQuery` that are a `launch`. */
export function historyOf(rows: readonly Row[]): History {
  const byTable = Map.groupBy(rows, (row) => row.table_name as TableName);
  return new Map(
    [...byTable].map(([table, own]) => {
      const byDay = Map.groupBy(own, (row) => row.day as Day);
      const days = [...byDay].map(([day, words]): [Day, DayHistory] => [
        day,
        dayHistoryOf(words.map(asWord)),
      ]);
      return [table, new Map(days)];
    }),
  );
}

function asWord(row: Row): LaunchWord {
  return {
    launch: String(row.name),
    status: row.status as LaunchWord['status'],
    startedAt: String(row.started_at),
    saidAt: String(row.said_at),
    readAt: textOrNull(row.read_at),
    rows: row.amount === null ? null : Number(row.amount),
    message: textOrNull(row.body),
  };
}

function textOrNull(cell: Cell | undefined): string | null {
  return cell === null || cell === undefined ? null : String(cell);
}
