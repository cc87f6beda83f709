import { addDays, type Day } from '../../shared/core/days.ts';
import type { TableName } from '../../shared/core/ids.ts';
import type { Need, Table } from '../../shared/core/pipeline.ts';
import { BOX, SCHEDULE } from './shape.ts';

/** What one day of one table holds. Two days of equal `content` hold the same rows. */
export type DayContent = Readonly<{
  rows: number;
  /** Rows without points. */
  nulls: number;
  content: string;
  /** With the warehouse's clock. */
  changedAt: string;
  /** The launch that wrote it; null: somebody else. */
  launch: string | null;
}>;

export type Wanted = Pick<DayContent, 'rows' | 'nulls' | 'content'>;

export type Contents = Readonly<{
  of: (table: TableName) => Map<Day, DayContent>;
  /** What the table's job makes of a day, from what is there now. */
  wouldBe: (table: Table, day: Day) => Wanted;
}>;

/** Rows of a game: one for each of its two teams. */
const ROWS = 2;

export function contents(gameDays: readonly Day[]): Contents {
  const tables = new Map<TableName, Map<Day, DayContent>>();
  const isGameDay = new Set(gameDays);
  const of = (table: TableName) => {
    const found = tables.get(table);
    if (found !== undefined) return found;
    const made = new Map<Day, DayContent>();
    tables.set(table, made);
    return made;
  };
  return {
    of,
    wouldBe: (table, day) => {
      const [driver] = table.needs;
      const nothing = { rows: 0, nulls: 0, content: '' };
      if (!isGameDay.has(day) || driver === undefined) return nothing;
      if ((of(driver.of).get(day)?.rows ?? 0) === 0) return nothing;
      const read = table.needs.map((need) =>
        readBy(gameDays, day, need).map((each) => of(need.of).get(each)?.content ?? '-'),
      );
      const isUnfilled = (of(driver.of).get(day)?.nulls ?? 0) > 0;
      return {
        rows: ROWS,
        nulls: isUnfilled ? ROWS : 0,
        content: hashOf(`${table.name}/${day}/${read.join('/')}`),
      };
    },
  };
}

/** The days of an upstream table that one day reads; all are of one season. */
export function readBy(gameDays: readonly Day[], day: Day, { window }: Need): readonly Day[] {
  if (window.kind === 'same-day') return [day];
  const first = window.kind === 'days' ? addDays(day, -window.days) : '';
  return gameDays.filter((each) => each >= first && each < day);
}

/** A day of a source in its given edition. */
export function sourceDay(table: TableName, day: Day, edition: number): Wanted {
  const rows = table === SCHEDULE ? 1 : table === BOX ? ROWS : 0;
  return { rows, nulls: 0, content: hashOf(`${table}/${day}/${edition}`) };
}

export function hashOf(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x1000193;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x85ebca6b);
  }
  return `${(a >>> 0).toString(36)}${(b >>> 0).toString(36)}`;
}
