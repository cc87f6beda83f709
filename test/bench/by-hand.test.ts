import { expect, it } from 'vitest';
import { readDefinitionFiles } from '../../shared/adapters/pipeline-files.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import { relationNamed } from '../../shared/core/relation.ts';
import { itemName, measure, ROW_COUNT } from '../../shared/core/state-item.ts';
import { scansOf } from '../../shared/sql/scan.ts';
import { mustBeAnsweredBy } from './gate/answers.ts';
import { wantedByHand } from './gate/by-hand.ts';
import { GROWN, grownRelation } from './gate/grown-table.ts';
import { scansOfCheck } from './gate/one-check.ts';

const { pipeline } = readDefinitionFiles({ pipeline: 'nba' });
const relation = grownRelation(relationNamed(pipeline, parseTableName(GROWN))!);
const items = scansOf(
  relation.checks.flatMap((check) => scansOfCheck(check)).flatMap((scan) => scan.items),
)
  .filter(({ name }) => name === 'profile')
  .flatMap((scan) => scan.items);

it('every number of the measured table is written by hand', () => {
  const wanted = wantedByHand(relation, items);
  const unwritten = items.map(itemName).filter((name) => !wanted.has(name));
  expect(unwritten.filter((name) => name !== ROW_COUNT)).toEqual([]);
  expect(wanted.size).toBeGreaterThan(50);
});

it('a number that nobody wrote by hand is refused by its name', () => {
  const more = [...items, measure('COUNTIF(points > 99)')];
  expect(() => wantedByHand(relation, more)).toThrow('COUNTIF(points > 99)');
});

it('a check that nobody wrote by hand is refused by its name', () => {
  const checks = relation.checks.map((check) =>
    check.id === 'points-filled' ? { ...check, id: 'points-there' } : check,
  );
  expect(() => wantedByHand({ ...relation, checks }, items)).toThrow('points-there');
});

it.each([
  ['another value', { a: { monday: 2 } }],
  ['no value', { a: {} }],
  ['a value more', { a: { monday: 1, tuesday: 1 } }],
  ['no such item', { b: { monday: 1 } }],
])('two ways to the same answers are told apart by %s', (_, other) => {
  const answersOf = (found: Record<string, Record<string, number>>) =>
    new Map(Object.entries(found).map(([item, values]) => [item, new Map(Object.entries(values))]));
  const one = answersOf({ a: { monday: 1 } });
  expect(() => mustBeAnsweredBy(one, one)).not.toThrow();
  expect(() => mustBeAnsweredBy(one, answersOf(other as never))).toThrow(/^a /);
  expect(() => mustBeAnsweredBy(answersOf({ a: {} }), answersOf({ a: {} }))).toThrow('nothing');
});
