import type { DuckDBConnection } from '@duckdb/node-api';
import {
  countDays,
  type DaySet,
  daySetOf,
  eachDay,
  subtract,
  union,
} from '../../../shared/core/day-set.ts';
import type { Day } from '../../../shared/core/days.ts';
import type { Figures } from '../figures.ts';
import { spansOf } from './bytes.ts';
import { GROWN } from './grown-table.ts';
import type { Sent } from './observed-warehouse.ts';

/** What a reading sent when nothing had changed: no table but our own and the schedule. */
export function nothingChanged(
  which: string,
  sent: readonly Sent[],
  schedule: string,
  figures: Figures,
): void {
  const others = sent.filter(
    ({ how, tables }) =>
      how !== 'day states' &&
      tables.some((name) => name !== schedule && !name.startsWith('phasegate.')),
  );
  const bytes = others.reduce((sum, { bytesProcessed }) => sum + bytesProcessed, 0);
  const tables = new Set(others.flatMap((each) => each.tables));
  figures.add(`${which}: tables read`, tables.size, 'tables', { atMost: 0 });
  figures.add(`${which}: bytes of them`, bytes, 'bytes', { atMost: 0 });
}

/** Three days far apart, of days that have rows. */
export function threeOf(days: DaySet): readonly Day[] {
  const all = [...eachDay(days)];
  return [0.2, 0.5, 0.8].map((share) => all[Math.floor(share * all.length)]!);
}

/** One row of each of these days gets another point, in a way that the warehouse is not told of. */
export async function changeDays(
  connection: DuckDBConnection,
  days: readonly Day[],
): Promise<void> {
  for (const day of days) {
    await connection.run(
      `UPDATE ${GROWN} SET points = points + 1 WHERE rowid = (SELECT min(rowid) FROM ${GROWN} WHERE game_date = DATE '${day}')`,
    );
  }
}

/** What a reading sent after these days had changed: it names them and no others, and reads no other table. */
export function daysChanged(
  changed: readonly Day[],
  daysRead: DaySet,
  sent: readonly Sent[],
  schedule: string,
  figures: Figures,
): void {
  const wanted = daySetOf(changed);
  const scans = sent.filter(({ how, tables }) => how === 'query' && tables.includes(GROWN));
  const asked = union(...scans.map(({ statement }) => (statement ? spansOf(statement) : [])));
  const differing = (days: DaySet) =>
    countDays(subtract(days, wanted)) + countDays(subtract(wanted, days));
  const others = new Set(
    sent
      .filter(({ how }) => how === 'query')
      .flatMap(({ tables }) => tables)
      .filter((name) => name !== GROWN && name !== schedule && !name.startsWith('phasegate.')),
  );
  const count = changed.length;
  figures.add(`${count} days changed: days read`, countDays(daysRead), 'days', {
    atLeast: count,
    atMost: count,
  });
  figures.add(
    `${count} days changed: days read in error or left out`,
    differing(daysRead),
    'days',
    {
      atMost: 0,
    },
  );
  figures.add(`${count} days changed: days asked for in error`, differing(asked), 'days', {
    atMost: 0,
  });
  figures.add(`${count} days changed: other tables read`, others.size, 'tables', { atMost: 0 });
}
