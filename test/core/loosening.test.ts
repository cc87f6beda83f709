import { describe, expect, it } from 'vitest';
import type { Check } from '../../shared/core/check.ts';
import { parseDaySet } from '../../shared/core/day-set.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import { comparePromises, looseningsOf } from '../../shared/core/loosening.ts';
import { parsePercent } from '../../shared/core/percent.ts';
import type { Loosened, Table } from '../../shared/core/pipeline.ts';
import { type Promises, promisesOf } from '../../shared/core/promises.ts';
import { looseningLines } from '../../shared/core/view/loosening-lines.ts';
import { day, dayCoverage, pipelineOf, table } from './build.ts';
import { gamesThere, half, notNull, unique } from './table-facts.ts';

const TODAY = day('2026-01-03');
const usage = (percent: number): Check => ({
  ...notNull,
  id: 'usage-rate-filled',
  column: 'usage_rate',
  where: 'minutes_played > 0',
  atLeast: parsePercent(percent),
  perDay: parsePercent(percent),
});
const promised = (checks: readonly Check[], fields: Omit<Partial<Table>, 'job'> = {}): Promises =>
  promisesOf(pipelineOf(table('a.t', [], { checks, ...fields })));
const fieldsLoosened = (before: readonly Check[], after: readonly Check[]) =>
  looseningsOf(promised(before), promised(after)).map(({ field }) => field);
const signedFor = (fields: Partial<Loosened> = {}): Loosened => ({
  table: parseTableName('a.t'),
  check: 'usage-rate-filled',
  field: null,
  reason: 'the feed is late until spring',
  who: 'ana',
  until: day('2026-03-01'),
  ...fields,
});

const range = { ...notNull, ...half, id: 'range', kind: 'range', min: 0, max: 100 } as Check;
const identity = { ...notNull, id: 'sum', kind: 'identity', left: 'a', right: 'b', tolerance: 1 };
const floor = (atLeast: number | null, atMost: number | null): Check => ({
  id: 'rows',
  kind: 'row-count',
  severity: 'block',
  applies: null,
  per: { of: 'range', atLeast, atMost },
});
const trend = {
  id: 'trend',
  kind: 'trend',
  severity: 'warn',
  applies: null,
  metric: { of: 'mean', column: 'points', where: null },
  toleranceOverRange: 1,
  minimumDays: 20,
} as Check;
const drift = {
  ...trend,
  kind: 'drift',
  column: 'points',
  where: null,
  edges: [0, 10],
  atMostPsi: 0.25,
  baseline: { of: 'last-season' },
  sinceSeason: null,
} as unknown as Check;
const late = { id: 'fresh', kind: 'freshness', severity: 'block', applies: null } as const;
/** Fields whose every change counts. */
const MEANINGS = 'where column left columns grain kind edges metric.column sloppiness'.split(' ');
const spans = (text: string) => parseDaySet(text)[0]!;

describe('a promise that became less', () => {
  it('is the usage threshold that was lowered from 95 to 45 so that a broken join would pass', () => {
    const before = promised([dayCoverage, usage(95)]);
    const found = comparePromises(before, promised([dayCoverage, usage(45)]), [], TODAY);
    expect(found.undeclared.map(({ loosening }) => loosening)).toEqual([
      {
        table: 'a.t',
        check: 'usage-rate-filled',
        field: 'atLeastPercent',
        before: '95',
        after: '45',
      },
      {
        table: 'a.t',
        check: 'usage-rate-filled',
        field: 'perDayPercent',
        before: '95',
        after: '45',
      },
    ]);
    expect(looseningLines(found, 'nba.lock.yaml').join('\n')).toMatch(
      /less is promised than in nba\.lock\.yaml:\n {2}a\.t usage-rate-filled: atLeastPercent 95 → 45/,
    );
  });

  const cases: [string, object, object, string][] = [
    ['a share that need not hold so often', usage(99.5), usage(99.4), 'atLeastPercent'],
    ['a severity that only warns', usage(95), { ...usage(95), severity: 'warn' }, 'severity'],
    ['other rows', usage(95), { ...usage(95), where: 'minutes_played > 20' }, 'where'],
    ['fewer rows by a first condition', notNull, { ...notNull, where: 'x' }, 'where'],
    ['another column', notNull, { ...notNull, column: 'team' }, 'column'],
    ['a lower population', { ...notNull, minimumPopulation: 9 }, notNull, 'minimumPopulation'],
    ['a lower population a day', { ...notNull, minimumPerDay: 9 }, notNull, 'minimumPerDay'],
    ['a lower minimum', range, { ...range, min: -1 }, 'min'],
    ['a higher maximum', range, { ...range, max: 101 }, 'max'],
    ['a minimum that is gone', range, { ...range, min: null }, 'min'],
    ['a maximum that is gone', range, { ...range, max: null }, 'max'],
    ['a wider tolerance', identity, { ...identity, tolerance: 2 }, 'tolerance'],
    ['another identity', identity, { ...identity, left: 'a - a' }, 'left'],
    ['another key', unique, { ...unique, columns: ['team'] }, 'columns'],
    ['another grain', gamesThere, { ...gamesThere, grain: 'teams' }, 'grain'],
    ['a lower floor inside a field', floor(9, null), floor(8, null), 'per.atLeast'],
    ['a floor that is gone', floor(9, 99), floor(null, 99), 'per.atLeast'],
    ['a ceiling that is gone', floor(9, 99), floor(9, null), 'per.atMost'],
    ['another kind', notNull, { ...dayCoverage, id: notNull.id }, 'kind'],
    ['a condition on the range', notNull, { ...notNull, applies: spans('2022-01-01') }, 'applies'],
    [
      'a condition on a longer range',
      { ...notNull, applies: spans('2022-01-01..2022-01-05') },
      { ...notNull, applies: spans('2022-01-01..2022-01-06') },
      'applies',
    ],
    ['a slope that is tolerated', trend, { ...trend, toleranceOverRange: 2 }, 'toleranceOverRange'],
    ['a longer range that it asks for', trend, { ...trend, minimumDays: 21 }, 'minimumDays'],
    ['a metric of another column', trend, metricOf('minutes'), 'metric.column'],
    ['seasons that are left out', drift, { ...drift, sinceSeason: 2022 }, 'sinceSeason'],
    ['a drift that is accepted', drift, { ...drift, atMostPsi: 0.3 }, 'atMostPsi'],
    ['other bins', drift, { ...drift, edges: [0, 20] }, 'edges'],
    [
      'a later hour',
      { ...late, dueDays: 1, dueTime: '09:00' },
      { ...late, dueDays: 1, dueTime: '10:30' },
      'dueTime',
    ],
    [
      'a field that nobody can weigh',
      { ...notNull, sloppiness: 1 },
      { ...notNull, sloppiness: 0 },
      'sloppiness',
    ],
  ];

  it.each(cases)('is %s', (_, before, after, field) => {
    expect(fieldsLoosened([before as Check], [after as Check])).toContain(field);
  });

  it.each(cases.filter(([, , , field]) => !MEANINGS.includes(field)))(
    'is not the way back from %s',
    (_, before, after) => {
      expect(fieldsLoosened([after as Check], [before as Check])).toEqual([]);
    },
  );

  it('is a check that is gone', () => {
    const gone = looseningsOf(promised([dayCoverage, notNull]), promised([dayCoverage]));
    expect(gone).toMatchObject([{ table: 'a.t', check: 'points', field: null, after: 'removed' }]);
  });

  it('is a table that is gone, once, whatever checks it had', () => {
    const before = promisesOf(pipelineOf(table('a.t', [], { checks: [dayCoverage, notNull] })));
    const gone = looseningsOf(before, promisesOf(pipelineOf(table('a.other'))));
    expect(gone).toEqual([
      { table: 'a.t', check: null, field: null, before: '2 checks', after: 'removed' },
    ]);
  });

  it('is a later start into each season', () => {
    const later = looseningsOf(promised([notNull]), promised([notNull], { bootstrapDays: 14 }));
    expect(later).toMatchObject([
      { check: null, field: 'bootstrapDays', before: '0', after: '14' },
    ]);
  });

  it('is a table whose readers may see unverified days', () => {
    const before = promised([notNull], { publish: 'verified' });
    expect(looseningsOf(before, promised([notNull], { publish: null }))).toMatchObject([
      { check: null, field: 'publish', before: 'verified', after: 'nothing' },
    ]);
    expect(looseningsOf(promised([notNull], { publish: null }), before)).toEqual([]);
  });

  it('is games that are no longer expected, by their type or by what makes them final', () => {
    const withCalendar = (changes: object) => {
      const pipeline = pipelineOf(table('a.t'));
      return promisesOf({ ...pipeline, ownCalendar: { ...pipeline.calendar, ...changes } });
    };
    const more = withCalendar({ seasonTypes: ['regular', 'playoffs'] });
    const at = { table: 'raw.schedule', check: null };
    expect(looseningsOf(more, withCalendar({}))).toEqual([
      { ...at, field: 'seasonTypes', before: 'regular, playoffs', after: 'regular' },
    ]);
    expect(looseningsOf(withCalendar({}), more)).toEqual([]);
    expect(looseningsOf(more, withCalendar({ final: 'FALSE' }))).toMatchObject([
      { ...at, field: 'final' },
      { ...at, field: 'seasonTypes' },
    ]);
  });

  it('is none of: the same, one more check, one more table, another unit', () => {
    const before = promised([notNull]);
    const { 'a.t': own } = promised([{ ...notNull, unit: 'games' } as Check, dayCoverage]);
    expect(looseningsOf(before, before)).toEqual([]);
    expect(looseningsOf(before, { ...before, 'a.t': own!, 'a.u': own! })).toEqual([]);
  });
});

describe('a declaration', () => {
  const before = promised([dayCoverage, usage(95)]);
  const after = promised([dayCoverage, usage(45)]);

  it('makes a loosening accepted, through its last day and not a day longer', () => {
    const by = [signedFor({ until: day('2026-01-03') })];
    expect(comparePromises(before, after, by, day('2026-01-03')).undeclared).toEqual([]);
    const late = comparePromises(before, after, by, day('2026-01-04'));
    expect(late.undeclared.length).toBe(2);
    expect(looseningLines(late, 'x').join('\n')).toMatch(/ana signed for it until 2026-01-03/);
  });

  it('of one field leaves the others refused', () => {
    const by = [signedFor({ field: 'perDayPercent' })];
    const { undeclared, declared } = comparePromises(before, after, by, TODAY);
    expect(undeclared.map(({ loosening }) => loosening.field)).toEqual(['atLeastPercent']);
    expect(declared.map(({ loosening }) => loosening.field)).toEqual(['perDayPercent']);
  });

  it.each([
    ['another check', { check: 'days' }],
    ['the table itself', { check: null }],
    ['another table', { table: parseTableName('a.other') }],
  ])('of %s accepts nothing', (_, fields) => {
    const { undeclared } = comparePromises(before, after, [signedFor(fields)], TODAY);
    expect(undeclared.length).toBe(2);
  });

  it('that names what was never promised is told', () => {
    const known = [signedFor(), signedFor({ field: 'perDayPercent' }), signedFor({ check: null })];
    const unknown = [
      signedFor({ check: 'usage' }),
      signedFor({ field: 'atLeast' }),
      signedFor({ table: parseTableName('a.other') }),
    ];
    const { strangers } = comparePromises(before, after, [...known, ...unknown], TODAY);
    expect(strangers).toEqual(unknown);
  });

  it('may name a check that was accepted and is gone', () => {
    const { strangers, undeclared } = comparePromises(
      before,
      promised([dayCoverage]),
      [signedFor()],
      TODAY,
    );
    expect({ strangers, undeclared }).toEqual({ strangers: [], undeclared: [] });
  });
});

function metricOf(column: string): Check {
  return { ...trend, metric: { of: 'mean', column, where: null } } as Check;
}
