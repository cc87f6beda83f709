import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Check } from '../../shared/core/check.ts';
import { tablesOf } from '../../shared/core/pipeline.ts';
import { readPipeline } from '../../shared/edge/pipeline-file.ts';

const TINY = readFileSync('test/fixtures/tiny.yaml', 'utf8');
const FORM_CHECK =
  '{ id: average-filled, kind: not-null, column: points_avg, atLeastPercent: 100 }';
const read = (check: string, text = TINY.replace(FORM_CHECK, check)) =>
  readPipeline({ file: 'tiny.yaml', text }, null, (path) => `SELECT '${path}'`).pipeline;
const built = (check: string): Check | undefined => tablesOf(read(check))[1]?.checks.at(-1);
const PIT =
  'id: again, kind: point-in-time, column: points_avg, match: [team], of: analytics.team_games, value: points, aggregate: AVG, tolerance: 0.1';

describe('a check of the pipeline file', () => {
  it('knows the upstream day column and the seasons of its pipeline', () => {
    expect(built(`{ ${PIT}, games: 10 }`)).toMatchObject({
      ofDay: 'game_date',
      seasonStarts: ['2022-01-01'],
      lookBack: { kind: 'games', games: 10 },
      sampleDays: 8,
      atLeast: { text: '99' },
    });
    expect(built(`{ ${PIT}, window: season }`)).toMatchObject({ lookBack: { kind: 'season' } });
    expect(built(`{ ${PIT}, days: 14 }`)).toMatchObject({ lookBack: { kind: 'days', days: 14 } });
  });

  it('takes its statements from files beside the pipeline, or as they stand there', () => {
    const check = built(
      '{ id: own, kind: sql, breaks: own.sql, population: "SELECT 1 AS population" }',
    );
    expect(check).toMatchObject({
      breaks: "SELECT 'own.sql'",
      population: 'SELECT 1 AS population',
      atLeast: { text: '100' },
    });
  });

  it('that compares a number with the launch before says so in two fields', () => {
    const metric = 'id: error, kind: metric, metric: mae, below: 4.27';
    expect(built(`{ ${metric}, baseline: previous, changeAtMostPercent: 10 }`)).toMatchObject({
      below: 4.27,
      atLeast: null,
      changeAtMostPercent: 10,
    });
    expect(built(`{ ${metric} }`)).toMatchObject({ changeAtMostPercent: null });
  });

  it.each([
    ['two windows', `{ ${PIT}, games: 10, days: 14 }`, /2 windows/],
    ['no window', `{ ${PIT} }`, /0 windows/],
    [
      'an unknown upstream table',
      `{ ${PIT.replace('team_games', 'games')}, games: 1 }`,
      /analytics\.games/,
    ],
    [
      'a column that upstream does not have',
      `{ ${PIT.replace('[team]', '[points_avg]')}, games: 1 }`,
      /analytics\.team_games: column points_avg/,
    ],
    [
      'a time of day that no clock shows',
      '{ id: in-time, kind: freshness, dueDays: 1, dueTime: "24:00" }',
      /time of day/,
    ],
    [
      'a comparison without a bound',
      '{ id: error, kind: metric, metric: mae, baseline: previous }',
      /both or neither/,
    ],
    [
      'a name that no metric has',
      '{ id: error, kind: metric, metric: Mean Error, below: 1 }',
      /lower case/,
    ],
    [
      'several spans to apply to',
      '{ id: days-2, kind: day-coverage, atLeastPercent: 100, applies: "2022-01-01,2022-01-05" }',
      /one span/,
    ],
  ])('with %s is refused', (_, check, message) => {
    expect(() => read(check)).toThrow(message);
  });
});

it('a pipeline in a time zone that does not exist is refused', () => {
  const elsewhere = TINY.replace('America/New_York', 'America/Gotham');
  expect(() => read('', elsewhere)).toThrow(/timeZone.*IANA/);
});
