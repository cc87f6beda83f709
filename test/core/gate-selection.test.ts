import { describe, expect, it } from 'vitest';
import type { DaysSucceeded } from '../../shared/core/checks/days-succeeded.ts';
import { relationsChosen } from '../../shared/core/gate-selection.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import { parsePercent } from '../../shared/core/percent.ts';
import type { Pipeline } from '../../shared/core/pipeline.ts';
import { gateProblems } from '../../shared/core/validate-gates.ts';
import { dayCoverage, pipelineOf, table } from './build.ts';
import { base as lax, unique, worse } from './table-facts.ts';

const base = pipelineOf(table('a.one', [], { checks: [dayCoverage, unique] }), table('a.two'));
const pipeline: Pipeline = {
  ...base,
  gates: [
    {
      name: 'ready',
      description: null,
      tables: [
        { table: parseTableName('a.one'), checks: ['key'] },
        { table: parseTableName('a.two'), checks: null },
      ],
    },
  ],
};
const succeeded: DaysSucceeded = {
  ...lax,
  id: 'succeeded',
  kind: 'days-succeeded',
  atLeast: parsePercent(50),
};
const withGate = (...tables: Pipeline['gates'][number]['tables']): Pipeline => ({
  ...base,
  gates: [{ name: 'odd', description: null, tables }],
});
const checksOf = (choice: Parameters<typeof relationsChosen>[1]) =>
  relationsChosen(pipeline, choice).map(({ name, checks, told = checks.map(({ id }) => id) }) => [
    name,
    told,
  ]);

describe('what is judged', () => {
  it('is every table with all its checks when nothing is chosen', () => {
    expect(checksOf({})).toEqual([
      ['a.one', ['days', 'key']],
      ['a.two', ['days']],
    ]);
  });

  it('is exactly the checks of a named gate', () => {
    expect(checksOf({ gate: 'ready' })).toEqual([
      ['a.one', ['key']],
      ['a.two', ['days']],
    ]);
  });

  it('is read for no other check of a named gate, unless one of its rests on what all that block say', () => {
    const warns = { ...unique, id: 'warns', severity: 'warn' } as const;
    const read = (...named: string[]) => {
      const own = table('a.one', [], { checks: [dayCoverage, unique, warns, worse, succeeded] });
      const gates = [
        { name: 'ready', description: null, tables: [{ table: own.name, checks: named }] },
      ];
      const [relation] = relationsChosen({ ...pipelineOf(own), gates }, { gate: 'ready' });
      return relation?.checks.map(({ id }) => id);
    };
    expect(read('key', 'warns')).toEqual(['key', 'warns']);
    expect(read('worse')).toEqual(['days', 'key', 'worse', 'succeeded']);
    expect(read('succeeded')).toEqual(['days', 'key', 'succeeded']);
  });

  it('is a source that has checks, when it is asked for by name', () => {
    const [source] = pipeline.sources;
    const judgeable = { ...pipeline, sources: [{ ...source!, checks: [dayCoverage] }] };
    expect(relationsChosen(judgeable, { table: 'raw.schedule' })).toMatchObject([
      { name: 'raw.schedule', checks: [{ id: 'days' }], bootstrapDays: 0 },
    ]);
  });

  it.each([
    [{ gate: 'nope' }, /gate nope is not in pipeline tiny; accepted: ready/],
    [{ gate: 'ready', table: 'a.one' }, /names its tables itself/],
    [{ phase: 'nope' }, /phase nope is not in pipeline tiny; accepted: analytics/],
    [{ table: 'a.nope' }, /table a.nope is not in pipeline tiny; accepted: a.one, a.two/],
    [{ table: 'a.nope', phase: 'analytics' }, /is not in phase analytics/],
    [{ table: 'raw.schedule' }, /has no checks, so nothing could be shown; add `checks`/],
  ])('is refused for %o, naming what is accepted', (choice, message) => {
    expect(() => relationsChosen(pipeline, choice)).toThrow(message);
  });
});

describe('a named gate', () => {
  it('is accepted when its tables and checks exist', () => {
    expect(gateProblems(pipeline)).toEqual([]);
  });

  it.each([
    ['a table that is not there', { table: parseTableName('a.nope'), checks: null }, /neither/],
    ['a check that is not there', { table: parseTableName('a.one'), checks: ['kye'] }, /days, key/],
    [
      'a source without checks',
      { table: parseTableName('raw.schedule'), checks: null },
      /no checks/,
    ],
  ])('is refused with %s', (_, part, message) => {
    const problems = gateProblems(withGate(part)).map((problem) => problem.message);
    expect(problems).toEqual([expect.stringMatching(message)]);
  });

  it('is refused when it names a table twice, or has the name of another', () => {
    const part = { table: parseTableName('a.one'), checks: null };
    const twice = withGate(part, part);
    expect(gateProblems(twice).map(({ path }) => path)).toEqual([['gates', 0, 'tables']]);
    const same = { ...base, gates: [...withGate(part).gates, ...withGate(part).gates] };
    expect(gateProblems(same).map(({ message }) => message)).toEqual(['two gates are called odd']);
  });
});
