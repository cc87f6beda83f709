import { describe, expect, it } from 'vitest';
import { parseDaySet } from '../../../shared/core/day-set.ts';
import { parsePhaseName, parseRunId, parseTableName } from '../../../shared/core/ids.ts';
import type { PlannedTable } from '../../../shared/core/plan-reasons.ts';
import { planJson } from '../../../shared/core/view/plan-json.ts';
import { planLines } from '../../../shared/core/view/plan-lines.ts';
import { isRefused, type PlanView } from '../../../shared/core/view/plan-view.ts';
import { calendarOf, pipelineOf, requestOf, table } from '../build.ts';

const january = parseDaySet('2022-01-01..2022-01-05');
const LONG = parseTableName(`nba_precompute.${'player_shot_zone_'.repeat(3)}analysis`);
const planned = (fields: Partial<PlannedTable>): PlannedTable => ({
  table: parseTableName('a.teams'),
  phase: parsePhaseName('analytics'),
  isJudgedOnly: false,
  days: january,
  why: [{ outcome: 'NEVER_RAN', days: january }],
  left: [],
  good: [],
  expected: january,
  bootstrap: [],
  bootstrapDays: 0,
  ...fields,
});
const plan: PlanView = {
  hash: '00000000-11111111-22222222-33333333-44444444',
  calendar: calendarOf('2022-01-01..2022-01-02,2022-01-04..2022-01-10'),
  tables: [
    planned({}),
    planned({ table: LONG, why: [{ behind: parseTableName('a.teams'), days: january }] }),
  ],
  gaps: [],
  lacks: [],
  matrix: [],
  sources: [],
  leftOut: [],
  notAsked: [],
  estimate: {
    now: '2022-02-01T04:00:00.000Z',
    timeZone: 'America/New_York',
    tables: [],
    phases: [],
    seconds: null,
    limits: [],
    gateBytes: null,
    jobBytes: new Map(),
    unread: null,
  },
  isLoosened: false,
  inTheWay: null,
  live: null,
};
const request = requestOf(pipelineOf(table('a.teams')));
const textOf = (view: PlanView) => planLines(view, request).join(' ').replaceAll(/\s+/g, ' ');

it('a plan tells each table with its days and reasons, the sum and its hash', () => {
  expect(planLines(plan, request)).toEqual(
    expect.arrayContaining([
      'phase analytics',
      '  a.teams: 5 days',
      '    never ran: 2022-01-01..2022-01-05 (5 days)',
      '10 table days to write',
      'plan hash: 00000000-11111111-22222222-33333333-44444444',
    ]),
  );
  expect(textOf(plan)).toContain('behind a.teams: 2022-01-01..2022-01-05 (5 days)');
  expect(isRefused(plan)).toBe(false);
});

it('a plan that has nothing to write says so', () => {
  const nothing = { ...plan, tables: [planned({ days: [], why: [] })] };
  expect(textOf(nothing)).toContain('a.teams: nothing to write, judged');
  expect(textOf(nothing)).toContain('0 table days to write');
});

describe('what stands in the way', () => {
  const gap = { table: LONG, reads: parseTableName('a.teams'), days: january };
  const held = planned({ isJudgedOnly: true, days: [], why: [], left: january });
  const lack = { source: parseTableName('raw.box'), table: LONG, days: january };

  it('is refused days before the range, with the day to start from', () => {
    const view = { ...plan, gaps: [gap] };
    expect(isRefused(view)).toBe(true);
    expect(textOf(view)).toMatch(/refused: nba_precompute\.\S+ would read a\.teams on 2022-01-01/);
    expect(textOf(view)).toContain('start from 2022-01-01');
  });

  it('is a table that is not good and that nobody asked to be written', () => {
    const view = { ...plan, tables: [held] };
    expect(isRefused(view)).toBe(true);
    expect(textOf(view)).toContain('blocked: a.teams is not good on 2022-01-01..2022-01-05');
  });

  it('is a source without rows, once for all that read the same days of it; a start is not refused for it', () => {
    const view = { ...plan, lacks: [lack, { ...lack, table: parseTableName('a.teams') }] };
    expect(isRefused(view)).toBe(false);
    expect(textOf(view).match(/nobody can write: raw\.box has no row on/g)).toHaveLength(1);
    expect(textOf(view)).toContain(`which ${LONG}, a.teams would read`);
  });

  it('is another live run, as a start would say', () => {
    const view = { ...plan, inTheWay: 'run tiny-1 is live and writes a.teams' };
    expect(isRefused(view)).toBe(true);
    expect(textOf(view)).toContain('refused: run tiny-1 is live and writes a.teams');
  });

  it('is a promise that was loosened and that nobody signed for', () => {
    const view = { ...plan, isLoosened: true };
    expect(isRefused(view)).toBe(true);
    expect(textOf(view)).toContain('refused: less is promised than was accepted');
  });

  it('is a table of which nothing is expected, with the range and the phases that would do', () => {
    const none = { expected: [], days: [], why: [], bootstrap: january, bootstrapDays: 7 };
    const late = planned({ ...none, phase: parsePhaseName('precompute'), table: LONG });
    const view = { ...plan, tables: [planned({}), late] };
    expect(isRefused(view)).toBe(true);
    const text = textOf(view);
    const asked = { ...request, phases: [parsePhaseName('analytics'), late.phase] };
    expect(text).toContain('so it is UNKNOWN and phase precompute cannot pass');
    expect(text).toContain('choose a range to 2022-01-08 or later');
    expect(planLines(view, asked).join(' ')).toContain('or --phases analytics');
  });

  it('is told within eighty columns', () => {
    const view = { ...plan, tables: [...plan.tables, held], gaps: [gap], lacks: [lack] };
    const lines = planLines(view, request);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });
});

describe('what a plan leaves alone', () => {
  it('is told with the reason: good days, first days of a season, phases and games', () => {
    const idle = planned({ good: january, bootstrap: january, bootstrapDays: 7 });
    const text = textOf({
      ...plan,
      tables: [idle],
      notAsked: [parsePhaseName('predictions')],
      leftOut: [{ reason: 'all-star', games: 1, days: parseDaySet('2022-01-03') }],
    });
    expect(text).toContain('good, and not written: 5 days');
    expect(text).toContain('(5 days), the first 7 days of a season: teams');
    expect(text).toContain('phase predictions: not asked for');
    expect(text).toContain('1 game on 2022-01-03 (1 day): all-star');
  });

  it('is a phase before those asked for: it is judged only', () => {
    const before = planned({ phase: parsePhaseName('raw'), isJudgedOnly: true, days: [], why: [] });
    expect(textOf({ ...plan, tables: [before] })).toContain(
      'phase raw, not asked for: judged only',
    );
  });
});

it('a run that a start would join is named', () => {
  const live = parseRunId('tiny-20220101-20220131-0a1b2c3d');
  expect(textOf({ ...plan, live })).toContain(`run ${live} of this request is live: a start joins`);
});

it('as JSON a plan has spans of days and counts of days with games', () => {
  const json = planJson(plan, 'd1', request);
  expect(json).toMatchObject({ plan: plan.hash, definition: 'd1', tableDays: 10 });
  expect(json.tables[1]).toMatchObject({
    count: 5,
    days: ['2022-01-01..2022-01-05'],
    why: [{ behind: 'a.teams', count: 5, days: ['2022-01-01..2022-01-05'] }],
  });
});
