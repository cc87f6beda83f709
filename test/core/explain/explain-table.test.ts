import { describe, expect, it } from 'vitest';
import type { Check } from '../../../shared/core/check.ts';
import type { DaySet } from '../../../shared/core/day-set.ts';
import { tableLines } from '../../../shared/core/explain/explain-lines.ts';
import { explainTable } from '../../../shared/core/explain/explain-table.ts';
import { parseTableName } from '../../../shared/core/ids.ts';
import { parsePercent } from '../../../shared/core/percent.ts';
import type { Pipeline, Source } from '../../../shared/core/pipeline.ts';
import { dayCoverage, days, games, pipelineOf, sameDay, table } from '../build.ts';
import { historyOf, word } from '../checks/launches.ts';
import { around, jan, judged, schedule } from './judged.ts';

const source = (name: string): Source => ({
  name: parseTableName(name),
  key: ['game_date'],
  dayColumn: 'game_date',
  columns: table('a.t').columns,
  requireDayFilter: false,
  fallback: null,
  due: null,
  load: { file: name.replace('.', '_'), columns: [], select: '' },
  checks: [dayCoverage],
});
const rowsOfRaw: Check = {
  id: 'rows-of-raw',
  kind: 'row-count',
  severity: 'block',
  applies: null,
  per: { of: 'table', table: parseTableName('raw.box'), atLeast: parsePercent(100), atMost: null },
};

/** raw.box → a.team → a.player → b.form, which reads four games back. */
const base = pipelineOf(
  table('a.team', [sameDay('raw.box')]),
  table('a.player', [sameDay('raw.box'), sameDay('a.team')]),
  table('b.form', [games('a.player', 4)]),
  table('b.far', [sameDay('b.idle')]),
  table('b.idle', [sameDay('a.team')]),
);
const pipeline: Pipeline = {
  ...base,
  sources: [...base.sources, source('raw.box'), source('raw.odds')],
};
const own = (name: string, missing = '', more = {}) =>
  judged(pipeline, name, missing === '' ? [] : jan(missing), more);
const firstOf = (
  surroundings: ReturnType<typeof around>,
  name: string,
  which = surroundings.pipeline,
) => {
  const at = surroundings.relations.get(parseTableName(name));
  if (at === undefined) throw new Error(`${which.name} has no ${name}`);
  return explainTable(surroundings, at).checks[0];
};

describe('the cause of a check that fails', () => {
  it('is followed table by table to the source, with the days that each accounts for', () => {
    const told = firstOf(
      around(pipeline, [own('raw.box', '3..5'), own('a.team', '3..5'), own('a.player', '3..6')]),
      'a.player',
    );
    expect(told?.chain.map(({ relation, explains, of }) => [relation, explains, of])).toEqual([
      ['raw.box', 3, 4],
    ]);
    expect(told?.chain[0]?.further).toEqual(['a.team']);
    expect(told?.root).toMatchObject({ kind: 'source', relation: 'raw.box', file: 'raw_box' });
  });

  it('is the nearest: what passes between is walked through', () => {
    const all = [
      own('raw.box', '3..5'),
      own('a.team', '3..5'),
      own('b.idle'),
      own('b.far', '3..5'),
    ];
    const told = firstOf(around(pipeline, all), 'b.far');
    expect(told?.chain.map(({ relation }) => relation)).toEqual(['a.team', 'raw.box']);
  });

  it('is counted through a window: the days that read a bad day, never the bad day itself', () => {
    const told = firstOf(
      around(pipeline, [own('raw.box', '6'), own('a.player', '6'), own('b.form', '6..10')]),
      'b.form',
    );
    expect(told?.chain[0]).toMatchObject({
      relation: 'a.player',
      explains: 4,
      of: 5,
      onSameDays: false,
      holdNevertheless: 0,
    });
  });

  it('comes behind another one when most days that read it hold', () => {
    const two = pipelineOf(
      table('a.weak'),
      table('a.strong'),
      table('a.t', [games('a.weak', 9), days('a.strong', 1)]),
    );
    const told = firstOf(
      around(two, [
        judged(two, 'a.weak', jan('1')),
        judged(two, 'a.strong', jan('8')),
        judged(two, 'a.t', jan('9..10')),
      ]),
      'a.t',
    );
    expect(told?.chain[0]).toMatchObject({
      relation: 'a.strong',
      explains: 1,
      further: ['a.weak'],
    });
  });

  it('is the table itself when all that it reads is good, with what its runs did', () => {
    const history = historyOf(
      [jan('3')[0]!.from, word('l.1', { status: 'failed', message: 'quota exceeded' })],
      [jan('4')[0]!.from, word('l.1')],
    );
    const told = firstOf(
      around(pipeline, [own('raw.box'), own('a.team', '3..5', { history })]),
      'a.team',
    );
    expect(told?.chain).toEqual([]);
    expect(told?.root).toMatchObject({
      kind: 'own',
      relation: 'a.team',
      unpromised: [],
      runs: { failed: 1, ranEmpty: 1, neverRan: 1, ranWithRows: 0, messages: ['quota exceeded'] },
    });
  });

  it('names what it reads and nobody judges', () => {
    const told = firstOf(around(pipeline, [own('a.team', '3')]), 'a.team');
    expect(told?.root).toMatchObject({ kind: 'own', unpromised: ['raw.box'] });
  });

  it('is a table that does not exist, on every day', () => {
    const missing = own('raw.box', '1..10', { actualColumns: null });
    const told = firstOf(around(pipeline, [missing, own('a.team', '2..3')]), 'a.team');
    expect(told?.chain[0]).toMatchObject({ relation: 'raw.box', check: 'schema', explains: 2 });
  });

  it('is not blamed on a table that waits as well: the first that ran and is bad is named', () => {
    const none = { history: new Map() };
    const told = firstOf(
      around(pipeline, [
        own('raw.box', '4'),
        own('a.team', '4'),
        own('b.idle', '1..10', none),
        own('b.far', '1..10', none),
      ]),
      'b.far',
    );
    expect(told?.chain.map(({ relation, explains, of }) => [relation, explains, of])).toEqual([
      ['a.team', 1, 10],
      ['raw.box', 1, 1],
    ]);
  });

  it('is a table that never ran, for one that did', () => {
    const told = firstOf(
      around(pipeline, [
        own('raw.box'),
        own('a.team', '1..10', { history: new Map() }),
        own('a.player', '1..10'),
      ]),
      'a.player',
    );
    expect(told?.chain[0]?.relation).toBe('a.team');
    expect(told?.root).toMatchObject({ kind: 'own', relation: 'a.team', runs: { neverRan: 10 } });
  });

  it('is the other side of a comparison when that is bad by itself', () => {
    const odds = { ...source('raw.odds'), checks: [dayCoverage, rowsOfRaw] };
    const compared = { ...pipeline, sources: [source('raw.box'), odds] };
    const rowsOf = new Map([
      [parseTableName('raw.box'), new Map([...'12345'].map((n) => [jan(n)[0]!.from, 2]))],
    ]);
    const told = firstOf(
      around(compared, [
        judged(compared, 'raw.box', jan('6..10')),
        judged(compared, 'raw.odds', [], { rowsOf }),
      ]),
      'raw.odds',
    );
    expect(told?.check.id).toBe('rows-of-raw');
    expect(told?.chain.map(({ relation }) => relation)).toEqual(['raw.box']);
  });
});

describe('an explanation', () => {
  it('says of stale days which relation changed, on which of its days, and when last', () => {
    const at = '2022-01-21T08:00:00.000Z';
    const stale = own('a.team', '', { stale: jan('4..5') });
    const changes = new Map([
      [jan('4')[0]!.from, '2022-01-20T11:00:00.000Z'],
      [jan('5')[0]!.from, at],
      [jan('6')[0]!.from, '2022-01-20T09:00:00.000Z'],
    ]);
    const told = firstOf(
      around(pipeline, [own('raw.box'), stale], () => changes),
      'a.team',
    );
    expect(told?.check.id).toBe('fresh');
    expect(told?.root).toEqual({
      kind: 'rewritten',
      relation: 'raw.box',
      stale: 'a.team',
      staleDays: jan('4..5'),
      days: jan('4..5'),
      at,
    });
  });

  it('keeps what could not be evaluated apart from what fails', () => {
    const refused = own('a.team', '', {
      table: {
        ...table('a.team', [sameDay('raw.box')]),
        checks: [
          {
            id: 'points',
            kind: 'not-null',
            severity: 'block',
            applies: null,
            column: 'points',
            where: 'team = 5',
            atLeast: parsePercent(95),
            perDay: parsePercent(95),
            minimumPopulation: 1,
            minimumPerDay: 0,
          },
        ],
      },
    });
    const told = explainTable(around(pipeline, [own('raw.box', '3')]), refused).checks[0];
    expect(told).toMatchObject({ chain: [], root: { kind: 'unevaluated', relation: 'a.team' } });
  });

  it('has nothing to say of a table that passes', () => {
    expect(explainTable(around(pipeline, []), own('a.team')).checks).toEqual([]);
  });
});

describe('what is told of a table', () => {
  const withWarning = (days: DaySet, waived?: DaySet) => {
    const holding = own('a.team');
    const [first, ...others] = holding.judgement.checks;
    if (first === undefined) throw new Error('a table without checks');
    const check = { ...first, verdict: 'WARN', severity: 'warn', days } as const;
    const signed = waived === undefined ? check : { ...check, waived };
    const judgement = {
      ...holding.judgement,
      verdict: 'WARN',
      checks: [signed, ...others],
    } as const;
    const table = { ...holding, judgement };
    return explainTable(around(pipeline, [table]), table);
  };

  it('is also a check that only warns, with its days and a cause', () => {
    const told = withWarning(jan('3'));
    expect(told.checks.map(({ check }) => check.verdict)).toEqual(['WARN']);
    expect(told.checks[0]?.root.kind).toBe('own');
    const text = tableLines(told, schedule.calendar).join('\n');
    expect(text).toContain('days (warns): ');
    expect(text).toContain('on 2022-01-03');
  });

  it('is a warning without days, with no cause that nobody looked for', () => {
    expect(withWarning([]).checks[0]).toMatchObject({ chain: [], root: { kind: 'no-days' } });
  });

  it('is never a check that holds but for days somebody signed for', () => {
    expect(withWarning([], jan('3')).checks).toEqual([]);
  });

  it('is one sentence where nothing is expected of it, however many checks it has', () => {
    const told = own('b.form', '1..10', { expected: [] });
    const explained = explainTable(around(pipeline, [told]), told);
    expect(explained.checks.length).toBe(1);
    const text = tableLines(explained, schedule.calendar).join(' ').replaceAll(/\s+/g, ' ');
    expect(text).toBe(
      'b.form UNKNOWN nothing is expected of it in this range, so 1 check shows nothing; choose a longer range',
    );
  });
});
