import { describe, expect, it } from 'vitest';
import type { Check } from '../../shared/core/check.ts';
import { BUILT_IN_KINDS } from '../../shared/core/checks/built-in.ts';
import type { References } from '../../shared/core/checks/references.ts';
import { parsePhaseName, parseTableName } from '../../shared/core/ids.ts';
import { parsePercent } from '../../shared/core/percent.ts';
import type { Pipeline } from '../../shared/core/pipeline.ts';
import { relationNamed } from '../../shared/core/relation.ts';
import { checkProblems } from '../../shared/core/validate-checks.ts';
import { pipelineOf, sameDay, table } from './build.ts';
import { WHOLE } from './checks/two-days.ts';
import { base, notNull } from './table-facts.ts';

const later = parsePhaseName('precompute');
const readsOf = (to: string): References => ({
  ...base,
  ...WHOLE,
  id: 'no-orphans',
  kind: 'references',
  by: ['game_id'],
  to: parseTableName(to),
  toBy: ['game_id'],
  unit: 'games',
});
const withCheck = (check: Check): Pipeline =>
  pipelineOf(
    table('a.root', [sameDay('raw.schedule')]),
    table('a.near', [sameDay('a.root')]),
    table('a.beside', [sameDay('raw.schedule')]),
    table('a.judged', [sameDay('a.near')], { checks: [check] }),
    table('b.later', [sameDay('a.near')], { phase: later, checks: [check] }),
  );
const complaints = (name: string, check: Check, pipeline = withCheck(check)) =>
  checkProblems(pipeline, relationNamed(pipeline, parseTableName(name))!)
    .map(({ message }) => message)
    .join('; ');

describe('a check may look at', () => {
  it.each([
    ['a.judged', 'raw.schedule'],
    ['a.judged', 'a.near'],
    ['a.judged', 'a.root'],
    ['b.later', 'a.beside'],
  ])('of %s: %s', (name, other) => {
    expect(complaints(name, readsOf(other))).toBe('');
  });

  it.each([
    ['a.judged', 'a.beside'],
    ['a.judged', 'b.later'],
  ])('of %s: never %s, which may be written later', (name, other) => {
    expect(complaints(name, readsOf(other))).toMatch(
      new RegExp(`reads ${other}, which may be written later .*what ${name} needs`),
    );
  });

  it('of a source: other sources, never a table', () => {
    const { sources, ...pipeline } = withCheck(readsOf('a.root'));
    const [schedule] = sources;
    const check = readsOf('a.root');
    const changed = { ...pipeline, sources: [{ ...schedule!, checks: [check] }] };
    expect(complaints('raw.schedule', check, changed)).toContain('reads a.root, which may be');
  });

  it('nothing that is not there', () => {
    expect(complaints('a.judged', readsOf('a.nobody'))).toContain(
      'reads a.nobody, which is neither a table nor a source with days',
    );
  });
});

it.each([
  [{ of: 'range', atLeast: 0, atMost: null }, /lower bound of 0, which never fails/],
  [{ of: 'range', atLeast: 0, atMost: 99 }, /lower bound of 0, which never fails/],
  [{ of: 'game', atLeast: 3, atMost: 2 }, /could never hold/],
  [
    { of: 'table', table: 'raw.schedule', atLeast: parsePercent(0), atMost: null },
    /lower bound of 0, which never fails/,
  ],
])('a count of rows with bounds %# is refused', (per, complaint) => {
  const count = (bounds: object) => ({ ...base, id: 'rows', kind: 'row-count', per: bounds });
  expect(complaints('a.judged', count(per) as unknown as Check)).toMatch(complaint);
  expect(
    complaints(
      'a.judged',
      count({ ...per, atLeast: null, atMost: per.of === 'table' ? parsePercent(9) : 9 }) as Check,
    ),
  ).toBe('');
});

it.each(BUILT_IN_KINDS)('no check may be called %s, since every table has one of that id', (id) => {
  expect(complaints('a.judged', { ...notNull, id })).toMatch(
    /has the id of a check that every table has; accepted: any but fresh, placed, schema, applies/,
  );
});

it('a share of at least 0 percent is refused, of the range and of a day', () => {
  const zero = parsePercent(0);
  const both = { ...notNull, atLeast: zero, perDay: zero };
  expect(complaints('a.judged', both)).toContain('never fail');
  expect(complaints('a.judged', { ...both, perDay: parsePercent(1) })).toBe('');
});
