import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysReading } from '../../shared/core/calendar.ts';
import { daySetOf, intersect, isEmpty, parseDaySet, subtract } from '../../shared/core/day-set.ts';
import { dayOfNumber } from '../../shared/core/days.ts';
import { parsePhaseName, parseTableName } from '../../shared/core/ids.ts';
import { daysBehind, daysToCome, stillPublished } from '../../shared/core/published.ts';
import { problemsOf } from '../../shared/core/validate-pipeline.ts';
import { calendarOf, day, days, games, pipelineOf, sameDay, table } from './build.ts';
import { given, neverRan, requested, succeeded } from './run-story.ts';

const precompute = parsePhaseName('precompute');
const one = table('a.one', [sameDay('raw.schedule')]);
const two = table('a.two', [days('a.one', 3)]);
const three = table('b.three', [games('a.two', 5)], { phase: precompute });
const four = table('b.four', [sameDay('b.three')], { phase: precompute });
const pipeline = pipelineOf(one, two, three, four);
const written = (name: string, spans: string) =>
  new Map([[parseTableName(name), parseDaySet(spans)]]);

describe('the days behind a write', () => {
  it('reach through every need, into later phases and past any range', () => {
    const behind = daysBehind(pipeline, written('a.one', '2022-01-10'));
    expect(behind.get(one.name)).toEqual(parseDaySet('2022-01-10'));
    expect(behind.get(two.name)).toEqual(parseDaySet('2022-01-11..2022-01-13'));
    expect(behind.get(three.name)?.[0]?.from).toBe('2022-01-12');
    expect(behind.get(four.name)).toEqual(behind.get(three.name));
    expect(intersect(behind.get(four.name) ?? [], parseDaySet('2022-06-01'))).toHaveLength(1);
  });

  it('never reach up, nor into the next season', () => {
    const { calendar } = pipeline;
    const seasonStarts = [...calendar.seasonStarts, { season: 2022, start: day('2022-10-18') }];
    const longer = { ...pipeline, calendar: { ...calendar, seasonStarts } };
    const behind = daysBehind(longer, written('a.two', '2022-02-01'));
    expect(behind.has(one.name)).toBe(false);
    expect(behind.get(four.name)).toEqual(parseDaySet('2022-02-02..2022-10-17'));
  });

  it('hold every day that the schedule makes a reader of the day', () => {
    const calendar = calendarOf('2022-01-01..2022-01-06,2022-01-09..2022-01-20');
    const someDays = fc
      .uniqueArray(fc.integer({ min: 18_993, max: 19_012 }), { minLength: 1 })
      .map((numbers) => daySetOf(numbers.map(dayOfNumber)));
    fc.assert(
      fc.property(someDays, (changed) => {
        const behind = daysBehind(pipeline, new Map([[one.name, changed]]));
        const direct = daysReading(calendar, { kind: 'days', days: 3 }, changed);
        const further = daysReading(calendar, { kind: 'games', games: 5 }, direct);
        expect(subtract(direct, behind.get(two.name) ?? [])).toEqual([]);
        expect(subtract(further, behind.get(four.name) ?? [])).toEqual([]);
      }),
    );
  });
});

it('a day of the range stays published only while it is VERIFIED, one outside stays', () => {
  const published = parseDaySet('2022-01-01..2022-01-20');
  const range = { from: day('2022-01-05'), to: day('2022-01-10') };
  expect(stillPublished(published, range, parseDaySet('2022-01-06..2022-01-08'))).toEqual(
    parseDaySet('2022-01-01..2022-01-04,2022-01-06..2022-01-08,2022-01-11..2022-01-20'),
  );
});

describe('the days that a run may still write', () => {
  const come = (...past: Parameters<typeof given>) => {
    const { state } = given(...past);
    if (state === null) throw new Error('a run was expected');
    return [...daysToCome(storyPipeline, state)].flatMap(([name, all]) =>
      isEmpty(all) ? [] : [name],
    );
  };
  const storyPipeline = pipelineOf(
    table('a.teams'),
    table('a.players'),
    table('p.features', [], { phase: precompute }),
  );

  it('are all that it was asked for while it reads', () => {
    expect(come(requested)).toEqual(['a.teams', 'a.players', 'p.features']);
  });

  it('end for a table with its job', () => {
    expect(come(requested, neverRan)).toEqual(['a.teams', 'a.players', 'p.features']);
    expect(come(requested, neverRan, succeeded('a.teams'))).toEqual(['a.players', 'p.features']);
  });

  it('are none at rest', () => {
    const { at } = neverRan;
    expect(come(requested, { type: 'outcomes-unreadable', round: 1, message: '', at })).toEqual([]);
  });
});

it('a pipeline whose verified view would bear the name of a table is refused', () => {
  const clash = pipelineOf(table('a.one', [], { publish: 'verified' }), table('a_verified.one'));
  expect(problemsOf(clash).map(({ message }) => message)).toEqual([
    expect.stringMatching(/a\.one: its verified view a_verified\.one has the name of a table/),
  ]);
  const long = pipelineOf(table(`${'a'.repeat(60)}.one`, [], { publish: 'verified' }));
  expect(problemsOf(long).map(({ message }) => message)).toEqual([
    expect.stringContaining('its verified view'),
  ]);
});
