import { describe, expect, it } from 'vitest';
import { type DaySet, parseDaySet } from '../../shared/core/day-set.ts';
import { parsePhaseName, parseTableName, type TableName } from '../../shared/core/ids.ts';
import type { OutcomeDays } from '../../shared/core/outcome.ts';
import type { Source } from '../../shared/core/pipeline.ts';
import { planOf } from '../../shared/core/plan.ts';
import { lacksOf } from '../../shared/core/plan-lacks.ts';
import { plannedTables } from '../../shared/core/plan-reasons.ts';
import type { RunRequest } from '../../shared/core/run.ts';
import { calendarOf, games, pipelineOf, requestOf, sameDay, table } from './build.ts';

const calendar = calendarOf('2022-01-01..2022-01-10');
const jan = (days: string) =>
  parseDaySet(days.replaceAll(/\d+/g, (n) => `2022-01-${n.padStart(2, '0')}`));
const teams = table('a.teams', [sameDay('raw.schedule')]);
const form = table('p.form', [games('a.teams', 10)], {
  phase: parsePhaseName('precompute'),
  bootstrapDays: 2,
});
const pipeline = pipelineOf(teams, form);

type Outcomes = Readonly<Record<TableName, OutcomeDays>>;

function planned(outcomes: Outcomes, fields: Partial<RunRequest> = {}) {
  const request = requestOf(pipeline, fields);
  const plan = planOf(pipeline, request, request.mode, calendar, outcomes, new Map());
  return plannedTables(pipeline, request, calendar, outcomes, plan);
}

it('tables stand in the order of launch, each with its days and why', () => {
  expect(
    planned({
      [teams.name]: { VERIFIED: jan('1..4'), STALE: jan('5'), PARTIAL: jan('6..10') },
      [form.name]: { VERIFIED: jan('3..5'), NEVER_RAN: jan('6..10') },
    }),
  ).toMatchObject([
    {
      table: 'a.teams',
      days: jan('5..10'),
      why: [
        { outcome: 'STALE', days: jan('5') },
        { outcome: 'PARTIAL', days: jan('6..10') },
      ],
    },
    { table: 'p.form', days: jan('6..10'), why: [{ outcome: 'NEVER_RAN', days: jan('6..10') }] },
  ]);
});

it('a good day that reads one that is written is told to stand behind that table', () => {
  const [, second] = planned({
    [teams.name]: { VERIFIED: jan('1..6,8..10'), FAILED: jan('7') },
    [form.name]: { VERIFIED: jan('3..8'), STALE: jan('9..10') },
  });
  expect(second?.why).toEqual([
    { outcome: 'STALE', days: jan('9..10') },
    { behind: 'a.teams', days: jan('8') },
  ]);
});

it('a day that nobody could judge is left as it is, unless it stands behind another', () => {
  const outcomes = {
    [teams.name]: { VERIFIED: jan('1..7,9..10'), NEVER_RAN: jan('8') },
    [form.name]: { UNJUDGED: jan('3..10') },
  };
  expect(planned(outcomes)[1]).toMatchObject({
    days: jan('9..10'),
    why: [{ behind: 'a.teams', days: jan('9..10') }],
    left: jan('3..8'),
  });
});

it('with mode all good days are written as good days', () => {
  const outcomes = { [teams.name]: { VERIFIED: jan('1..10') }, [form.name]: {} };
  const why = [{ outcome: 'VERIFIED', days: jan('1..10') }];
  expect(planned(outcomes, { mode: 'all' })[0]).toMatchObject({ why, left: [] });
});

it('a table of a phase that was not asked for is judged only, and its bad days stay', () => {
  const outcomes = {
    [teams.name]: { VERIFIED: jan('1..9'), FAILED: jan('10') },
    [form.name]: { NEVER_RAN: jan('3..10') },
  };
  const [first] = planned(outcomes, { phases: [parsePhaseName('precompute')] });
  expect(first).toMatchObject({ isJudgedOnly: true, days: [], why: [], left: jan('10') });
});

describe('a source lacks', () => {
  const plan = new Map([
    [teams.name, jan('4..10')],
    [form.name, []],
  ]);
  const lacks = (daysWithRows: (source: Source) => DaySet | null) =>
    lacksOf(pipeline, requestOf(pipeline), calendar, plan, daysWithRows);

  it('the days that a planned table reads and that it has no row of', () => {
    const source = parseTableName('raw.schedule');
    expect(lacks(() => jan('1..5,8..9'))).toEqual([
      { source, table: teams.name, days: jan('6..7,10') },
    ]);
  });

  it('nothing when it has every day that is read, whatever else it lacks', () => {
    expect(lacks(() => jan('4..10'))).toEqual([]);
  });

  it('nothing when it has rows and no days', () => {
    expect(lacks(() => null)).toEqual([]);
  });
});
