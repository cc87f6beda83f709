import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readDefinition, readPipeline } from '../../shared/edge/pipeline-file.ts';

const TINY = readFileSync('test/fixtures/tiny.yaml', 'utf8');
const noSql = (path: string): string => {
  throw new Error(`no file ${path}`);
};
const read = (text: string, overlay: string | null = null) =>
  readPipeline(
    { file: 'tiny.yaml', text },
    overlay === null ? null : { file: 'overlay.yaml', text: overlay },
    noSql,
  );

describe('a pipeline file', () => {
  it('reads back from its own definition as the same pipeline under the same hash', () => {
    const first = read(TINY);
    const second = readDefinition(first.text);
    expect(second.pipeline).toEqual(first.pipeline);
    expect(second.hash).toBe(first.hash);
  });

  it('has another hash when a single threshold differs', () => {
    expect(read(TINY.replace('atLeastPercent: 95', 'atLeastPercent: 45')).hash).not.toBe(
      read(TINY).hash,
    );
  });

  it.each([
    [
      'a cycle',
      '{ of: raw.box, window: same-day }',
      '{ of: analytics.team_games, window: same-day }',
      /circle.*analytics\.team_games/,
    ],
    [
      'a dangling need',
      'of: analytics.team_games, games',
      'of: analytics.team_gamez, games',
      /analytics\.team_gamez.*known: raw\.schedule/,
    ],
    [
      'a need of a later phase',
      '{ of: raw.box, window: same-day }',
      '{ of: precompute.form, window: same-day }',
      /later phase/,
    ],
    ['an unknown check kind', 'kind: unique }', 'kind: uniqe }', /kind/],
    [
      'a check on a column that is not there',
      'column: points, min',
      'column: pionts, min',
      /pionts.*game_id/,
    ],
    ['a check that could never fail', ', min: 50, max: 200', '', /never fail/],
    [
      'two checks of one id',
      'id: points-range',
      'id: points-filled',
      /two checks are called points-filled/,
    ],
    ['31 February', '2021: 2022-01-01', '2021: 2022-02-31', /seasonStarts/],
    ['an unknown field', 'bootstrapDays: 2', 'bootstrapDayz: 2', /bootstrapDayz/],
    [
      'an unknown column type',
      'points: INT64, processed_at',
      'points: NUMBER, processed_at',
      /one of STRING, INT64/,
    ],
    ['two windows in one need', 'games: 82', 'games: 82, days: 3', /exactly one/],
    [
      'a schedule that is not a source',
      'schedule: raw.schedule',
      'schedule: raw.calendar',
      /raw\.calendar is not one of the sources/,
    ],
  ])(
    'with %s is refused, with file and line and what was accepted',
    (_, part, replacement, message) => {
      const text = TINY.replace(part, replacement);
      expect(text).not.toBe(TINY);
      expect(() => read(text)).toThrow(message);
      expect(() => read(text)).toThrow(/tiny\.yaml(:\d+:\d+)?|exactly one/);
    },
  );

  it('without any check for a table is refused at the line of its checks', () => {
    const cut = TINY.slice(0, TINY.lastIndexOf('        checks:'));
    const line = cut.split('\n').length;
    expect(() => read(`${cut}        checks: []\n`)).toThrow(`tiny.yaml:${line}:`);
  });

  it('with a key written twice is refused', () => {
    expect(() => read(TINY.replace('timeZone:', 'pipeline: other\ntimeZone:'))).toThrow(/unique/);
  });

  it('says everything that is wrong at once', () => {
    const text = TINY.replace('column: points, min', 'column: pionts, min').replace(
      'of: analytics.team_games, games',
      'of: analytics.nothing, games',
    );
    expect(() => read(text)).toThrow(/pionts[\s\S]*analytics\.nothing/);
  });
});

describe('an overlay', () => {
  it('adds exclusions and waivers', () => {
    const { pipeline } = read(
      TINY,
      'calendar: { exclusions: [{ days: 2022-01-03, reason: arena closed }] }',
    );
    expect(pipeline.calendar.exclusions).toEqual([
      { days: [{ from: '2022-01-03', to: '2022-01-03' }], seasonTypes: [], reason: 'arena closed' },
    ]);
  });

  it('cannot touch a threshold', () => {
    expect(() => read(TINY, 'phases: []')).toThrow(/overlay\.yaml.*phases/);
  });

  it('cannot waive a check that does not exist', () => {
    const waiver =
      '{ table: precompute.form, check: nothing, days: 2022-01-03, reason: none known, who: ana, until: 2026-12-31 }';
    expect(() => read(TINY, `waivers: [${waiver}]`)).toThrow(/no such check/);
  });
});
