import { expect, it } from 'vitest';
import { parseDaySet } from '../../../shared/core/day-set.ts';
import { gridJson } from '../../../shared/core/view/grid-json.ts';
import type { GridTable } from '../../../shared/core/view/season-grid.ts';
import { calendarOf, day, table } from '../build.ts';

const gridTable = (row: Partial<GridTable['row']>): GridTable => ({
  row: {
    table: table('a.t').name,
    outcomes: {},
    gaps: {},
    waived: [],
    notDue: [],
    excluded: [],
    ...row,
  },
  verdict: 'FAIL',
  checks: [],
  coverage: [],
  rows: [],
  history: new Map(),
});

const range = { season: 2021, from: day('2022-01-01'), to: day('2022-01-10') };

it('tells what became of days as spans over the expected ones, and what is overdue', () => {
  const bad = parseDaySet('2022-01-05');
  const grid = {
    range,
    readAt: '2022-01-11T00:00:00.000Z',
    calendar: calendarOf('2022-01-01..2022-01-03,2022-01-05,2022-01-07..2022-01-10'),
    tables: [
      gridTable({
        outcomes: {
          VERIFIED: parseDaySet('2022-01-01..2022-01-03,2022-01-07..2022-01-10'),
          FAILED: bad,
        },
        gaps: { FAILED: bad },
      }),
    ],
  };
  const { seasons, tables } = gridJson([{ range, grid }]);
  expect(seasons).toMatchObject([
    {
      season: 2021,
      expected: ['2022-01-01..2022-01-03', '2022-01-05..2022-01-05', '2022-01-07..2022-01-10'],
    },
  ]);
  expect(tables).toEqual([
    {
      table: 'a.t',
      outcomes: {
        FAILED: ['2022-01-05..2022-01-05'],
        VERIFIED: ['2022-01-01..2022-01-03', '2022-01-07..2022-01-10'],
      },
      overdue: ['2022-01-05..2022-01-05'],
    },
  ]);
});

it('says why a season could not be read, and tells no day of it', () => {
  expect(gridJson([{ range, trouble: 'no answer' }])).toEqual({
    seasons: [{ ...range, trouble: 'no answer' }],
    tables: [],
  });
});

it('bridges a free day and never an expected one', () => {
  const grid = {
    range,
    readAt: '',
    calendar: calendarOf('2022-01-01..2022-01-03,2022-01-05..2022-01-10'),
    tables: [
      gridTable({ outcomes: { VERIFIED: parseDaySet('2022-01-01..2022-01-03,2022-01-05') } }),
    ],
  };
  expect(gridJson([{ range, grid }]).tables[0]?.outcomes).toEqual({
    VERIFIED: ['2022-01-01..2022-01-05'],
  });
});

it('tells what fails and names no day, so that days which are all good are no pass', () => {
  const failing = {
    id: 'drift',
    kind: 'regression',
    severity: 'block',
    verdict: 'FAIL',
    observed: '0.5',
    expected: '1',
    days: [],
    message: 'it fell',
  } as unknown as GridTable['checks'][number];
  const good = gridTable({ outcomes: { VERIFIED: parseDaySet('2022-01-01') } });
  const calendar = calendarOf('2022-01-01..2022-01-01');
  const gridOf = (checks: GridTable['checks']) => {
    const tables = [{ ...good, checks }];
    return gridJson([{ range, grid: { range, readAt: '', calendar, tables } }]).tables;
  };
  expect(gridOf([failing])).toMatchObject([{ refused: [{ season: 2021, check: 'drift' }] }]);
  expect(gridOf([{ ...failing, severity: 'warn' }])[0]).not.toHaveProperty('refused');
});
