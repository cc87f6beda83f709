import { quotedColumn } from '../state-item.ts';
import type { Share } from './base.ts';
import { rowShare } from './row-share.ts';

/** The YYYYMMDD that an id holds from a position on (the first character is 1) is the row's own day. */
export type DayInId = Share &
  Readonly<{ kind: 'day-in-id'; column: string; position: number; day: string }>;

export const dayInId = rowShare<DayInId>({
  columns: ({ column }) => [column],
  holds: ({ column, position, day }) =>
    `SUBSTR(${quotedColumn(column)}, ${position}, 8) = FORMAT_DATE('%Y%m%d', ${quotedColumn(day)})`,
  says: ({ column, day }) => `the day in ${column} is ${day}`,
});
