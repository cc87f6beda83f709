import { describe, expect, it } from 'vitest';
import type { Column } from '../../../shared/core/column.ts';
import { parseDay } from '../../../shared/core/days.ts';
import type { DoctorLine } from '../../../shared/core/doctor/doctor-line.ts';
import { type TableThere, tableLines } from '../../../shared/core/doctor/tables.ts';
import { parseTableName } from '../../../shared/core/ids.ts';

const DAY_MS = 86_400_000;
const NOW = '2022-03-01T00:00:00.000Z';
const columns: readonly Column[] = [
  { name: 'day', type: 'DATE', required: true },
  { name: 'points', type: 'INT64', required: false },
];
const table = { name: parseTableName('a.b'), dayColumn: 'day', requireDayFilter: true, columns };
const there = { columns, dayColumn: 'day', requiresDayFilter: true, expiresAfterMs: null };
const judge = (change: Partial<NonNullable<TableThere['there']>>) =>
  tableLines([{ table, there: { ...there, ...change } }], parseDay('2021-10-19'), NOW);
const troubles = (lines: readonly DoctorLine[]) =>
  lines.filter(({ verdict }) => verdict !== 'PASS').map(({ check, verdict }) => [check, verdict]);

describe('a table that is there', () => {
  it('has no trouble where it is as declared', () => {
    expect(troubles(judge({}))).toEqual([]);
  });

  it.each([
    ['lacks a declared column', { columns: columns.slice(0, 1) }, 'columns', 'FAIL'],
    [
      'has a column of another type',
      { columns: [columns[0]!, { ...columns[1]!, type: 'STRING' as const }] },
      'columns',
      'FAIL',
    ],
    [
      'wants a column that nobody declares to be filled',
      { columns: [...columns, { name: 'id', type: 'STRING' as const, required: true }] },
      'columns',
      'FAIL',
    ],
    ['is not partitioned by its day', { dayColumn: null }, 'partitions', 'FAIL'],
    [
      'deletes days of the first season by now',
      { expiresAfterMs: 60 * DAY_MS },
      'partition-expiry',
      'FAIL',
    ],
    [
      'will delete days of the first season',
      { expiresAfterMs: 400 * DAY_MS },
      'partition-expiry',
      'WARN',
    ],
    ['lets a query forget its days', { requiresDayFilter: false }, 'day-filter', 'WARN'],
  ] as const)('that %s makes one line and no other', (_, change, check, verdict) => {
    expect(troubles(judge(change))).toEqual([[check, verdict]]);
  });

  it('may have further columns that nobody has to fill', () => {
    const more = [...columns, { name: 'id', type: 'STRING', required: false } as const];
    expect(troubles(judge({ columns: more }))).toEqual([]);
  });
});

it('a table that is missing is a trouble of its own, and of no other line', () => {
  const lines = tableLines([{ table, there: null }], null, NOW);
  expect(troubles(lines)).toEqual([['tables', 'FAIL']]);
  expect(lines.map(({ check }) => check)).toEqual(['tables']);
});
