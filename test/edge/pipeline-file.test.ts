import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { promisesOf } from '../../shared/core/promises.ts';
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
      'percentages where rows of a game are counted',
      'id: key, kind: unique',
      'id: key, kind: row-count, of: game, atLeastPercent: 5',
      /counts rows of: game; accepted: atLeast, atMost/,
    ],
    [
      'a check that applies from 31 February on',
      'id: key, kind: unique',
      'id: key, kind: unique, applies: 2022-02-31',
      /applies.*2022-02-31.*is not a date of the calendar/,
    ],
    [
      'a waiver of days that run backwards',
      'retry:',
      'waivers: [{ table: precompute.form, check: key, days: 2022-01-05..2022-01-01, reason: none known, who: ana, until: 2026-12-31 }]\nretry:',
      /days.*is not a day or a\.\.b/,
    ],
    [
      'a percentage of seven decimals',
      'atLeastPercent: 95',
      'atLeastPercent: 95.1234567',
      /95\.1234567 is not a percentage/,
    ],
    [
      'a baseline that is none',
      'id: key, kind: unique',
      'id: key, kind: regression, severity: warn, metric: { rowsPerGame: true }, baseline: last-year',
      /baseline.*"last-year"; accepted: last-season/,
    ],
    [
      'a number that is compared without a bound',
      'id: key, kind: unique',
      'id: key, kind: metric, metric: mae, below: 1, baseline: previous',
      /both or neither/,
    ],
    [
      'a window that is none',
      'id: key, kind: unique',
      'id: key, kind: point-in-time, column: points, match: [team], of: raw.box, value: points, aggregate: AVG, tolerance: 1',
      /looks back over 0 windows; accepted: exactly one/,
    ],
    [
      'a check under the id of one that every table has',
      'id: key, kind: unique',
      'id: fresh, kind: unique',
      /check fresh: has the id of a check that every table has/,
    ],
    [
      'a floor of no game at all',
      'id: key, kind: unique',
      'id: key, kind: distinct-games, game: game_id, atLeast: 0',
      /atLeast: 0, so it could never fail/,
    ],
    [
      'a range that no value is in',
      'min: 50, max: 200',
      'min: 200, max: 50',
      /min 200 above max 50/,
    ],
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
      expect(() => read(text)).toThrow(/tiny\.yaml:\d+:\d+/);
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

  it('says of every check at once whose fields do not go together', () => {
    const text = TINY.replace('games: 82', 'games: 82, days: 3')
      .replace('kind: unique', 'kind: row-count, of: game, atMostPercent: 5')
      .replace('atLeastPercent: 95', 'atLeastPercent: 95, applies: 2022-02-31');
    expect(() => read(text)).toThrow(
      /tiny\.yaml:\d+:\d+: .*counts rows of: game[\s\S]*tiny\.yaml:\d+:\d+: .*2022-02-31[\s\S]*tiny\.yaml:\d+:\d+: .*2 windows/,
    );
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

  it('adds seasons, and is no part of what the pipeline promises', () => {
    const own = read(TINY);
    const { pipeline, text } = read(
      TINY,
      'calendar: { seasonStarts: { 2021: 2021-12-01, 2022: 2022-10-18 }, exclusions: [{ days: 2022-01-03, reason: arena closed }] }',
    );
    expect(pipeline.calendar.seasonStarts).toEqual([
      { season: 2021, start: '2021-12-01' },
      { season: 2022, start: '2022-10-18' },
    ]);
    expect(promisesOf(pipeline)).toEqual(promisesOf(own.pipeline));
    expect(promisesOf(readDefinition(text).pipeline)).toEqual(promisesOf(own.pipeline));
    expect(readDefinition(text).pipeline).toEqual(pipeline);
  });

  it('cannot let a season of the pipeline begin later, since nobody would say why days are not expected', () => {
    expect(() => read(TINY, 'calendar: { seasonStarts: { 2021: 2022-01-05 } }')).toThrow(
      /overlay\.yaml:1:\d+: season 2021 starts on 2022-01-05, after 2022-01-01.*exclusion, which has a reason/,
    );
  });

  it('waives a check of a source, and no check that the source does not have', () => {
    const checked = TINY.replace(
      'columns: { game_id: STRING!, game_date: DATE!, team: STRING!, points: INT64 }',
      (columns) => `checks: [{ id: key, kind: unique }]\n    ${columns}`,
    );
    const waive = (check: string) =>
      `waivers: [{ table: raw.box, check: ${check}, days: 2022-01-03, reason: none known, who: ana, until: 2026-12-31 }]`;
    expect(read(checked, waive('key')).pipeline.waivers).toMatchObject([{ table: 'raw.box' }]);
    expect(() => read(checked, waive('nothing'))).toThrow(/no such check/);
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
