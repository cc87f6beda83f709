import { describe, expect, it } from 'vitest';
import { parseDaySet } from '../../../shared/core/day-set.ts';
import type { Root } from '../../../shared/core/explain/explanation.ts';
import { chooseRepair, type OpenedRepair } from '../../../shared/core/monitor/auto-repair.ts';
import type { GapTrouble } from '../../../shared/core/monitor/gap-troubles.ts';
import type { OutcomeDays } from '../../../shared/core/outcome.ts';
import { calendarOf, day, days, pipelineOf, RUN, requestOf, sameDay, table } from '../build.ts';

const POLICY = { maximumDays: 5, perWeek: 1 };
const NOW = '2022-01-21T12:00:00.000Z';
const pipeline = pipelineOf(
  table('a.one', [sameDay('raw.box')], { autoRepair: POLICY }),
  table('a.two', [sameDay('raw.box')], { autoRepair: { ...POLICY, maximumDays: 2 } }),
  table('a.behind', [days('a.one', 3)]),
  table('a.never', [sameDay('raw.box')]),
);
const [ONE, TWO, , NEVER] = pipeline.phases.flatMap((phase) =>
  phase.tables.map(({ name }) => name),
);
const calendar = calendarOf('2022-01-01..2022-01-20');
const range = { from: day('2022-01-01'), to: day('2022-01-20') };

function trouble(
  name: typeof ONE,
  gaps: Readonly<Record<string, string>>,
  kind: Root['kind'] = 'own',
): GapTrouble {
  const read = Object.entries(gaps).map(([outcome, spans]) => [outcome, parseDaySet(spans)]);
  const own = { table: name!, gaps: Object.fromEntries(read) as OutcomeDays };
  const root = { kind, relation: name } as Root;
  return {
    cause: `data/${name}`,
    root,
    title: `${name} is bad`,
    gaps: [own],
    calendar,
    next: null,
  };
}

const choose = (troubles: readonly GapTrouble[], past: readonly OpenedRepair[] = []) =>
  chooseRepair(pipeline, { calendar, range, troubles }, past, NOW);
const opened = (at: string): OpenedRepair => ({
  cause: 'data/a.one',
  tables: [ONE!],
  run: RUN,
  request: requestOf(pipeline),
  at,
  isPublished: true,
});

describe('the run that policies allow', () => {
  it('covers the gap and what writing it makes stale, and no day more', () => {
    expect(choose([trouble(ONE, { NEVER_RAN: '2022-01-10' })]).wanted).toMatchObject({
      tables: [ONE],
      request: { from: '2022-01-10', to: '2022-01-13', phases: ['analytics'], mode: 'missing' },
    });
  });

  it('is one for all tables that lack the same days, bounded by the strictest of them', () => {
    const both = [
      trouble(TWO, { FAILED: '2022-01-20' }),
      trouble(ONE, { NEVER_RAN: '2022-01-20' }),
    ];
    expect(choose(both).wanted?.tables).toEqual([TWO, ONE]);
    const long = [
      trouble(TWO, { FAILED: '2022-01-20' }),
      trouble(ONE, { STALE: '2022-01-18..2022-01-20' }),
    ];
    expect(choose(long)).toMatchObject({
      wanted: null,
      refused: [{ cause: 'data/a.two', why: expect.stringContaining('accepted: 2') }, {}],
    });
  });

  it('is none for days that nobody could judge', () => {
    const found = choose([trouble(ONE, { NEVER_RAN: '2022-01-20', UNJUDGED: '2022-01-19' })]);
    expect(found).toEqual({
      wanted: null,
      refused: [{ cause: 'data/a.one', why: 'days of a.one could not be judged' }],
    });
  });

  it.each(['source', 'unevaluated'] as const)(
    'is none where the trouble is one of kind %s, nor beside it on the same days',
    (kind) => {
      const source = trouble(NEVER, { PARTIAL: '2022-01-20' }, kind);
      expect(choose([source])).toEqual({ wanted: null, refused: [] });
      const beside = choose([source, trouble(ONE, { NEVER_RAN: '2022-01-20' })]);
      expect(beside).toMatchObject({ wanted: null, refused: [{ cause: 'data/a.one' }] });
      const apart = choose([source, trouble(ONE, { NEVER_RAN: '2022-01-02' })]);
      expect(apart.wanted).toMatchObject({ request: { from: '2022-01-02', to: '2022-01-05' } });
    },
  );

  it('is none beside a table of the same days that may not be repaired', () => {
    const found = choose([
      trouble(ONE, { NEVER_RAN: '2022-01-20' }),
      trouble(NEVER, { NEVER_RAN: '2022-01-20' }),
    ]);
    expect(found.refused).toEqual([{ cause: 'data/a.one', why: 'a.never has no autoRepair' }]);
  });

  it('is none before seven days are over since the last that the week allowed', () => {
    const gap = [trouble(ONE, { NEVER_RAN: '2022-01-20' })];
    expect(choose(gap, [opened('2022-01-14T12:00:00.001Z')])).toMatchObject({
      wanted: null,
      refused: [{ why: 'a.one had its 1 run of seven days' }],
    });
    expect(choose(gap, [opened('2022-01-14T12:00:00.000Z')]).wanted).not.toBeNull();
  });
});
