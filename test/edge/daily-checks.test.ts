import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { looseningsOf } from '../../shared/core/loosening.ts';
import { tablesOf } from '../../shared/core/pipeline.ts';
import { pipelineUnder } from '../../shared/core/policy.ts';
import { promisesOf } from '../../shared/core/promises.ts';
import { readDefinition, readPipeline } from '../../shared/edge/pipeline-file.ts';

const TINY = readFileSync('test/fixtures/tiny.yaml', 'utf8');
const PLAIN = '{ id: points-filled, kind: not-null, column: points, atLeastPercent: 95 }';

function read(daily: string, atLeast = 95) {
  expect(TINY).toContain(PLAIN);
  const check = `{ id: points-filled, kind: not-null, column: points, atLeastPercent: ${atLeast}${daily} }`;
  return readPipeline({ file: 'tiny.yaml', text: TINY.replace(PLAIN, check) }, null, () => '');
}

const checkUnder = (policy: 'backfill' | 'daily', { pipeline }: ReturnType<typeof read>) =>
  tablesOf(pipelineUnder(pipeline, policy))[0]?.checks.find(({ id }) => id === 'points-filled');
const percentOf = (check: ReturnType<typeof checkUnder>) =>
  check !== undefined && 'atLeast' in check && typeof check.atLeast === 'object'
    ? check.atLeast?.text
    : null;

describe('a check with thresholds of policy daily', () => {
  it('has them under that policy alone, also when it comes back from a kept definition', () => {
    const definition = read(', daily: { atLeastPercent: 60, severity: warn }');
    for (const each of [definition, readDefinition(definition.text)]) {
      expect(checkUnder('backfill', each)).toMatchObject({ severity: 'block' });
      expect(checkUnder('daily', each)).toMatchObject({ severity: 'warn' });
      expect(percentOf(checkUnder('backfill', each))).toBe('95');
      expect(percentOf(checkUnder('daily', each))).toBe('60');
    }
  });

  it('is not judged there at all where it says so', () => {
    const definition = read(', daily: false');
    expect(checkUnder('backfill', definition)).toBeDefined();
    expect(checkUnder('daily', definition)).toBeUndefined();
  });

  it('leaves the other checks as they are', () => {
    const { pipeline } = read(', daily: { atLeastPercent: 60 }');
    const others = (policy: 'backfill' | 'daily') =>
      tablesOf(pipelineUnder(pipeline, policy)).map(({ checks }) =>
        checks.filter(({ id }) => id !== 'points-filled'),
      );
    expect(others('daily')).toEqual(others('backfill'));
  });

  it.each([
    [', daily: { atLeastPercent: most }', 'daily.atLeastPercent'],
    [', daily: { atLeast: 60 }', 'atLeast'],
    [', daily: { id: other }', 'says which check it is'],
    [', daily: true', 'daily'],
    [', daily: { column: team }', 'under daily it would read something else'],
  ])('is refused where it says %s', (daily, problem) => {
    expect(() => read(daily)).toThrow(problem);
  });

  it('is loosened when they are lowered, or are there for the first time and lower', () => {
    const loosened = (before: string, after: string) =>
      looseningsOf(promisesOf(read(before).pipeline), promisesOf(read(after).pipeline)).map(
        ({ field, before: was, after: is }) => `${field} ${was} ${is}`,
      );
    const at = (percent: number) => `, daily: { atLeastPercent: ${percent} }`;
    expect(loosened('', at(60))).toContain('daily.atLeastPercent 95 60');
    expect(loosened(at(70), at(60))).toContain('daily.atLeastPercent 70 60');
    expect(loosened(at(60), at(70))).toEqual([]);
    expect(loosened('', at(99))).toEqual([]);
    expect(loosened(at(60), '')).toEqual([]);
    expect(loosened('', ', daily: false')).toEqual(['daily.judged nothing false']);
    expect(loosened(', daily: false', '')).toEqual([]);
    expect(loosened(at(99), '')).toContain('daily.atLeastPercent 99 95');
  });
});
