import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readDefinition, readPipeline } from '../../shared/edge/pipeline-file.ts';

const TINY = readFileSync('test/fixtures/tiny.yaml', 'utf8');

function read(...monitors: readonly string[]) {
  const lines = monitors.map((each) => `  - ${each}`).join('\n');
  const gates = 'gates:\n  - { name: ready, tables: [{ table: analytics.team_games }] }';
  const text = `${TINY}\n${gates}\nmonitors:\n${lines}\n`;
  return readPipeline({ file: 'tiny.yaml', text }, null, () => '');
}

const BASE = "name: daily, cron: '30 7 * * 1-5', timeZone: America/New_York";
const files = (places: string) => `{ ${BASE}, judges: { what: files, places: [${places}] } }`;
const data = (rest: string) => `{ ${BASE}, judges: { what: data, ${rest} } }`;

describe('monitors in a pipeline file', () => {
  it('are read with what is left out, and come back the same from a kept definition', () => {
    const definition = read(data('days: { first: season, last: 1 }'));
    expect(definition.pipeline.monitors).toEqual([
      {
        name: 'daily',
        description: null,
        cron: '30 7 * * 1-5',
        timeZone: 'America/New_York',
        deadlineMinutes: 60,
        severity: 'error',
        channel: null,
        judges: {
          what: 'data',
          days: { first: null, last: 1 },
          policy: 'daily',
          tables: null,
          gate: null,
        },
      },
    ]);
    expect(readDefinition(definition.text).pipeline).toEqual(definition.pipeline);
  });

  it.each([
    [
      'a zone that is left out',
      "{ name: daily, cron: '0 7 * * *', judges: { what: digest } }",
      'timeZone',
    ],
    [
      'a zone that is none',
      "{ name: daily, cron: '0 7 * * *', timeZone: ET-ish, judges: { what: digest } }",
      'IANA time zone',
    ],
    [
      'six fields',
      "{ name: daily, cron: '0 0 7 * * *', timeZone: UTC, judges: { what: digest } }",
      'has 6 fields',
    ],
    [
      'a minute that no hour has',
      "{ name: daily, cron: '60 7 * * *', timeZone: UTC, judges: { what: digest } }",
      'the minute is "60"',
    ],
    [
      'a window that ends before it begins',
      data('days: { first: 1, last: 3 }'),
      'first lies after last',
    ],
    [
      'a table that is not there',
      data('days: { first: 1, last: 1 }, tables: [raw.shots]'),
      'raw.shots',
    ],
    [
      'a source that promises nothing',
      data('days: { first: 1, last: 1 }, tables: [raw.box]'),
      'no checks',
    ],
    [
      'a gate that is not there',
      data('days: { first: 1, last: 1 }, gate: steady'),
      'accepted: ready',
    ],
    [
      'a folder that lies nowhere',
      files("{ name: a, folder: '/data/box/' }"),
      'accepted: gs://BUCKET/, or gs://BUCKET/FOLDER/',
    ],
    [
      'a folder that may be the beginning of a name',
      files("{ name: a, folder: 'gs://raw/box' }"),
      'accepted: gs://BUCKET/, or gs://BUCKET/FOLDER/',
    ],
    [
      'two places of one name',
      files("{ name: a, folder: 'gs://raw/b/' }, { name: a, folder: 'gs://raw/c/' }"),
      'two places have one name',
    ],
    ['costs without a budget', `{ ${BASE}, judges: { what: cost } }`, 'perDay'],
    [
      'more load jobs than BigQuery takes',
      `{ ${BASE}, judges: { what: cost, perDay: { bytes: 1, loadJobs: 1501 } } }`,
      '1500',
    ],
    [
      'a gate beside tables',
      data('days: { first: 1, last: 1 }, gate: ready, tables: [analytics.team_games]'),
      'accepted: one of them',
    ],
    ['something else to judge', `{ ${BASE}, judges: { what: vibes } }`, 'judges'],
  ])('with %s are refused', (_, monitor, message) => {
    expect(() => read(monitor)).toThrow(message);
  });

  it('of one name are refused', () => {
    const one = data('days: { first: 1, last: 1 }');
    expect(() => read(one, one)).toThrow('two monitors are called daily');
  });
});
