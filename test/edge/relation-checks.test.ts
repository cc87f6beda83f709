import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Check } from '../../shared/core/check.ts';
import { tablesOf } from '../../shared/core/pipeline.ts';
import { readPipeline } from '../../shared/edge/pipeline-file.ts';

const TINY = readFileSync('test/fixtures/tiny.yaml', 'utf8');
const KEY = '- { id: key, kind: unique }';
const built = (check: string): Check | undefined => {
  const text = TINY.replace(KEY, () => `- { id: new, ${check} }`);
  const { pipeline } = readPipeline({ file: 'tiny.yaml', text }, null, () => '');
  return tablesOf(pipeline)[0]?.checks.find(({ id }) => id === 'new');
};

describe('a check between things, as a file writes it', () => {
  it('compares with the columns of the same names, for every row, where nothing else is said', () => {
    const check = 'kind: agreement, by: [game_id], value: SUM(points)';
    expect(built(`${check}, with: { table: raw.box, value: SUM(points) }`)).toMatchObject({
      where: null,
      with: { table: 'raw.box', by: ['game_id'], where: null },
      tolerance: 0,
      atLeast: { text: '100' },
      perDay: { text: '100' },
      minimumPerDay: 1,
    });
  });

  it('asks for the day that begins an id, by the day column of the table', () => {
    expect(built('kind: day-in-id, column: game_id')).toMatchObject({
      position: 1,
      day: 'game_date',
      atLeast: { text: '100' },
    });
  });

  it('turns the most that may be a fallback into the least that must not', () => {
    const check = 'kind: fallback-share, column: team, primary: [AAA], atMostPercent: 2.5';
    expect(built(check)).toMatchObject({ atLeast: { text: '97.5' }, perDay: { text: '97.5' } });
    expect(built(`${check}, perDayAtMostPercent: 50`)).toMatchObject({ perDay: { text: '50' } });
  });

  it.each([
    ['kind: pattern, column: game_id, pattern: .*', /check new: pattern '\.\*' fits every text/],
    ['kind: pattern, column: game_id, pattern: ""', /pattern/],
    ['kind: condition, holds: 1 = 1', /check new: holds names no column/],
    ['kind: condition, holds: "points > 0; DROP"', /one expression/],
    ['kind: day-in-id, column: game', /column game is not among its columns/],
    ['kind: day-in-id, column: game_id, position: 0', /position/],
    ['kind: one-day, column: game', /column game is not among its columns/],
    ['kind: group-condition, by: [], holds: COUNT(*) > 1', /by/],
    ['kind: group-condition, by: [game_date], holds: COUNT(*) > 1', /game_date is DATE/],
    ['kind: references, by: [game_id], to: raw.nobody', /raw\.nobody, which is neither/],
    ['kind: references, by: [game_id], to: precompute.form, toBy: [team]', /may be written later/],
    ['kind: fallback-share, column: team, primary: [AAA], atMostPercent: 100', /atMostPercent/],
    ['kind: fallback-share, column: team, primary: [], atMostPercent: 5', /primary/],
  ])('is refused as { %s }', (check, complaint) => {
    expect(() => built(check)).toThrow(complaint);
  });
});
