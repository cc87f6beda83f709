import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readPipeline } from '../../shared/edge/pipeline-file.ts';

const TEXT = readFileSync('test/fixtures/two-seasons.yaml', 'utf8');
const read = (from: string, to: string) => {
  expect(TEXT).toContain(from);
  const file = { file: 'two-seasons.yaml', text: TEXT.replace(from, to) };
  return () => readPipeline(file, null, () => '');
};

describe('a check that compares with the past or with chance', () => {
  it('may not block', () => {
    const odd = 'minimumDeviation: 5\n            severity: warn';
    expect(read(odd, 'minimumDeviation: 5')).toThrow(/odd-days: is statistical.*severity: warn/);
  });

  it('has one of three baselines, and a wrong one is named with them', () => {
    const span = '2021-11-01..2021-11-20';
    expect(read(span, 'last-year')).toThrow(/"last-year"; accepted: last-season, same-days/);
    expect(read(span, '2021-11-01,2021-11-05')).toThrow(/accepted: .* one span of days/);
    expect(read(span, '2021-11-01')).not.toThrow();
  });

  it('promises a baseline only for a season that has one before it', () => {
    const since = 'sinceSeason: 2022';
    expect(read(since, 'sinceSeason: 2021')).toThrow(/no season before it is declared/);
    expect(read(since, 'sinceSeason: 2030')).toThrow(/calendar.seasonStarts has 2021, 2022/);
  });

  it('looks at exactly one kind of number', () => {
    const rows = '{ rowsPerGame: true }';
    expect(read(rows, '{ rowsPerGame: true, mean: points }')).toThrow(/metric/);
    expect(read(rows, '{ rowsPerGame: false }')).toThrow(/metric/);
    expect(read(rows, '{ mean: player }')).toThrow(/player is STRING; accepted: .*INT64/);
    expect(read(rows, '{ mean: height }')).toThrow(/column height is not among its columns/);
  });

  it('has bounds that can fail', () => {
    expect(read('meanMin: 9, meanMax: 10', 'minimumDays: 3')).toThrow(/could never fail/);
    expect(read('edges: [10, 12, 14, 16.5]', 'edges: [10, 10]')).toThrow(/do not ascend/);
    expect(read('toleranceOverRange: 5', 'toleranceOverRange: 0')).toThrow(/toleranceOverRange/);
  });
});
