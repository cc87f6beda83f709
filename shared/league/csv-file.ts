import { appendFileSync, closeSync, openSync } from 'node:fs';
import type { Column } from './column.ts';
import { csvLine } from './csv.ts';

export type CsvFile<Row> = Readonly<{
  add: (rows: readonly Row[]) => void;
  /** Nothing is sure to be in the file before. Returns the number of rows. */
  close: () => number;
}>;

const BUFFERED_CHARACTERS = 1 << 18;

/** Replaces the file if there is one. It has a header even if no row follows. */
export function openCsv<Row>(path: string, columns: readonly Column<Row>[]): CsvFile<Row> {
  const file = openSync(path, 'w');
  const values = columns.map(([, , value]) => value);
  let pending = csvLine(columns.map(([name]) => name));
  let count = 0;
  const flush = () => {
    appendFileSync(file, pending);
    pending = '';
  };
  return {
    add: (rows) => {
      for (const row of rows) pending += csvLine(values.map((value) => value(row)));
      count += rows.length;
      if (pending.length > BUFFERED_CHARACTERS) flush();
    },
    close: () => {
      flush();
      closeSync(file);
      return count;
    },
  };
}
