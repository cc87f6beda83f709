import { describe, expect, it } from 'vitest';
import { parseDaySet } from '../../shared/core/day-set.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import { looseningsOf } from '../../shared/core/loosening.ts';
import type { Exclusion, Gate, Pipeline } from '../../shared/core/pipeline.ts';
import { promisesOf } from '../../shared/core/promises.ts';
import { day, dayCoverage, days, games, pipelineOf, sameDay, table } from './build.ts';
import { notNull, unique } from './table-facts.ts';

const ONE = table('a.t', [sameDay('raw.schedule'), games('raw.schedule', 10)], {
  checks: [dayCoverage, notNull, unique],
});
const TWO = table('a.u', [days('a.t', 14)]);
const BASE = pipelineOf(ONE, TWO);

const gate = (checks: readonly string[] | null, ...tables: readonly string[]): Pipeline => {
  const parts = tables.map((name) => ({ table: parseTableName(name), checks }));
  const gates: Gate[] = [{ name: 'max', description: null, tables: parts }];
  return { ...BASE, gates };
};
const oneWith = (fields: Partial<typeof ONE>) => pipelineOf({ ...ONE, ...fields }, TWO);
const typed = (type: 'INT64' | 'FLOAT64', required: boolean) =>
  oneWith({ columns: [...ONE.columns.slice(0, 3), { name: 'points', type, required }] });
const calendar = (changes: Partial<Pipeline['ownCalendar']>): Pipeline => ({
  ...BASE,
  ownCalendar: { ...BASE.ownCalendar, ...changes },
});
const excluded = (spans: string | null, ...seasonTypes: readonly string[]): Exclusion => ({
  days: spans === null ? null : parseDaySet(spans),
  seasonTypes,
  reason: `why ${spans}`,
});
const excluding = (...exclusions: readonly Exclusion[]) => calendar({ exclusions });
const starts = (text: string) => calendar({ seasonStarts: [{ season: 2021, start: day(text) }] });
const { sources: SOURCES } = BASE;
const sourceWithout = (name: string): Pipeline => ({
  ...BASE,
  sources: SOURCES.map((source) => ({
    ...source,
    columns: source.columns.filter((column) => column.name !== name),
  })),
});

const found = (before: Pipeline, after: Pipeline) =>
  looseningsOf(promisesOf(before), promisesOf(after)).map(
    ({ table: name, check, field }) => `${name} ${check ?? ''} ${field}`,
  );

describe('a table, a source or the calendar promises less', () => {
  const less: [string, Pipeline, Pipeline, string][] = [
    ['a check leaves a gate', gate(['days', 'key'], 'a.t'), gate(['days'], 'a.t'), 'a.t  gate.max'],
    ['a table leaves a gate', gate(['days'], 'a.t', 'a.u'), gate(['days'], 'a.t'), 'a.u  gate.max'],
    ['a gate goes away', gate(['days'], 'a.t'), BASE, 'a.t  gate.max'],
    ['a gate of all checks names some', gate(null, 'a.t'), gate(['days'], 'a.t'), 'a.t  gate.max'],
    [
      'a column is not declared',
      BASE,
      oneWith({ columns: ONE.columns.slice(0, 3) }),
      'a.t  declared.points',
    ],
    ['a column of a source goes', BASE, sourceWithout('home'), 'raw.schedule  declared.home'],
    ['a column need not be there', typed('INT64', true), BASE, 'a.t  declared.points'],
    [
      'a need is dropped',
      BASE,
      oneWith({ needs: [sameDay('raw.schedule')] }),
      'a.t  need.raw.schedule.games',
    ],
    [
      'a window is shorter',
      BASE,
      oneWith({ needs: [sameDay('raw.schedule'), games('raw.schedule', 9)] }),
      'a.t  need.raw.schedule.games',
    ],
    ['days are excluded', BASE, excluding(excluded('2022-01-03')), 'raw.schedule  excluded.games'],
    [
      'more days are excluded',
      excluding(excluded('2022-01-03')),
      excluding(excluded('2022-01-03..2022-01-04')),
      'raw.schedule  excluded.games',
    ],
    [
      'a season type is excluded on every day',
      excluding(excluded('2022-01-03', 'playoffs')),
      excluding(excluded(null, 'playoffs')),
      'raw.schedule  excluded.playoffs',
    ],
    ['a season starts later', BASE, starts('2022-01-05'), 'raw.schedule  starts.2021'],
    ['a season is not declared', BASE, calendar({ seasonStarts: [] }), 'raw.schedule  starts.2021'],
    [
      'the season is read from elsewhere',
      BASE,
      calendar({ season: 'other' }),
      'raw.schedule  schedule.season',
    ],
  ];

  it.each(less)('when %s', (_, before, after, loosening) => {
    expect(found(before, after)).toEqual([loosening]);
  });

  it.each(less.filter(([, , , field]) => !field.includes('schedule.season')))(
    'and more on the way back from where %s',
    (_, before, after) => {
      expect(found(after, before)).toEqual([]);
    },
  );

  it('when a column has another type, whichever', () => {
    expect(found(BASE, typed('FLOAT64', true))).toEqual(['a.t  declared.points']);
  });

  it('and not when an exclusion is written in two parts, or has another reason', () => {
    const once = excluding(excluded('2022-01-03..2022-01-06'));
    const twice = excluding(excluded('2022-01-05..2022-01-06'), excluded('2022-01-03..2022-01-04'));
    expect([...found(once, twice), ...found(twice, once)]).toEqual([]);
  });

  it('and not for what an overlay takes away, which has its own reason and is told at each start', () => {
    const laid = { ...BASE.calendar, exclusions: [excluded('2022-01-03')] };
    expect(found(BASE, { ...BASE, calendar: laid })).toEqual([]);
  });
});
