import { expect, it } from 'vitest';
import { parsePhaseName } from '../../shared/core/ids.ts';
import { graphOf } from '../../shared/page/graph-layout.ts';
import { sameDay, table } from '../core/build.ts';

const later = { phase: parsePhaseName('precompute') };
const graph = graphOf([
  table('a.teams', [sameDay('raw.schedule')]),
  table('a.rivals', [sameDay('raw.schedule')]),
  table('a.players', [sameDay('a.teams'), sameDay('a.teams')]),
  table('p.form', [sameDay('a.teams'), sameDay('a.players')], later),
]);

it('has each table behind all that it reads, in columns of its phase alone', () => {
  const places = graph.tables.map(({ name, column, row }) => [name, column, row]);
  expect(places).toEqual([
    ['a.teams', 0, 0],
    ['a.rivals', 0, 1],
    ['a.players', 1, 0],
    ['p.form', 2, 0],
  ]);
  expect(graph.phases).toEqual([
    { phase: 'analytics', first: 0, last: 1 },
    { phase: 'precompute', first: 2, last: 2 },
  ]);
  expect([graph.columns, graph.rows]).toEqual([3, 2]);
});

it('draws one line a table that is read, to the right, and none to what is not there', () => {
  const lines = graph.lines.map(({ from, to }) => `${from.name} > ${to.name}`);
  expect(lines).toEqual(['a.teams > a.players', 'a.teams > p.form', 'a.players > p.form']);
  expect(graph.lines.every(({ from, to }) => from.column < to.column)).toBe(true);
});

it('of nothing is nothing', () => {
  expect(graphOf([])).toEqual({ tables: [], lines: [], phases: [], columns: 0, rows: 0 });
});
