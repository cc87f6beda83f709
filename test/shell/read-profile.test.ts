import { expect, it } from 'vitest';
import { tablesOf } from '../../shared/core/pipeline.ts';
import { readingsOf } from '../../shared/core/readings.ts';
import type { Relation } from '../../shared/core/relation.ts';
import { scheduleOf } from '../../shared/core/schedule.ts';
import { readProfile } from '../../shared/shell/read-profile.ts';
import type { Reader } from '../../shared/shell/reader.ts';
import { day } from '../core/build.ts';
import { TINY } from '../fixtures/tiny-warehouse.ts';

const [table] = tablesOf(TINY.pipeline);
const D = day('2022-01-01');
const DAYS = [{ from: D, to: D }];
const nobodyReads = {} as Reader;

/** Under what the items of one day are asked for among what was kept. */
async function askedFor(relation: Relation): Promise<ReadonlySet<string>> {
  const asked = new Set<string>();
  const schedule = scheduleOf(TINY.pipeline.calendar, []);
  const readings = readingsOf([{ relation, schedule, expected: DAYS, days: DAYS }]);
  const { items = [], sampled = new Map() } = readings.get(relation.name) ?? {};
  const token = { table: relation.name, day: D, rows: 4, changedAt: '2022-01-02T00:00:00.000Z' };
  await readProfile(
    nobodyReads,
    {
      relation,
      items,
      sampled,
      days: DAYS,
      tokens: [token],
      lastChangeOf: () => '',
      columns: relation.columns,
    },
    {
      valueOf: (_table, _day, _token, item) => {
        asked.add(item);
        return 0;
      },
    },
  );
  return asked;
}

it('asks for what was kept by the statement that would read it now, not by the name of the item', async () => {
  const now = await askedFor(table!);
  const later = await askedFor({ ...table!, dayColumn: 'played_on' });
  expect(now.size).toBeGreaterThan(3);
  expect(later.size).toBe(now.size);
  expect([...later].filter((text) => now.has(text))).toEqual([]);
});
