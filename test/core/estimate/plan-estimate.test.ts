import { describe, expect, it } from 'vitest';
import { parseDaySet } from '../../../shared/core/day-set.ts';
import {
  type GateSample,
  type PastWork,
  planEstimate,
} from '../../../shared/core/estimate/plan-estimate.ts';
import type { Sample } from '../../../shared/core/estimate/sample.ts';
import { parsePhaseName, parseTableName } from '../../../shared/core/ids.ts';
import type { Pipeline } from '../../../shared/core/pipeline.ts';
import { planOf } from '../../../shared/core/plan.ts';
import { plannedTables } from '../../../shared/core/plan-reasons.ts';
import { estimateJson } from '../../../shared/core/view/estimate-json.ts';
import {
  planEstimateLines,
  tableEstimateText,
} from '../../../shared/core/view/plan-estimate-lines.ts';
import { calendarOf, day, games, pipelineOf, requestOf, table } from '../build.ts';

/** 23:00 in New York. */
const NOW = '2022-01-11T04:00:00.000Z';
const MIB = 2 ** 20;
const calendar = calendarOf('2022-01-01..2022-01-10');
const teams = table('a.teams');
const form = table('p.form', [games('a.teams', 10)], { phase: parsePhaseName('precompute') });
const pipeline = pipelineOf(teams, form);
const request = { ...requestOf(pipeline), to: day('2022-01-10') };
const analytics = parsePhaseName('analytics');
const precompute = parsePhaseName('precompute');

const three = (...amounts: readonly number[]): readonly Sample[] =>
  amounts.map((amount) => ({ days: 10, amount, at: '2025-11-02T03:00:00.000Z' }));
const gate = (seconds: number) =>
  three(seconds, seconds, seconds).map((each) => ({
    seconds: each,
    bytes: { ...each, amount: 20 * MIB },
  }));
const past: PastWork = {
  launches: new Map([
    [teams.name, three(540, 600, 1200)],
    [form.name, three(1800, 1800, 1800)],
  ]),
  gates: new Map<string, readonly GateSample[]>([
    [teams.name, gate(30)],
    [form.name, gate(30)],
    [analytics, gate(60)],
    [precompute, gate(60)],
  ]),
};

function estimated(known: PastWork = past, own: Pipeline = pipeline, unread: string | null = null) {
  const outcomes = {
    [teams.name]: { NEVER_RAN: parseDaySet('2022-01-01..2022-01-10') },
    [form.name]: { NEVER_RAN: parseDaySet('2022-01-01..2022-01-10') },
  };
  const plan = planOf(own, request, 'missing', calendar, outcomes, new Map());
  const planned = plannedTables(own, request, calendar, outcomes, plan);
  const bytes = new Map([
    [teams.name, { bytes: 2 ** 30, isAtLeast: false }],
    [form.name, { bytes: 2 ** 30, isAtLeast: true }],
  ]);
  return { ...planEstimate(own, request, calendar, planned, known, bytes, NOW), unread };
}
const linesOf = (...given: Parameters<typeof estimated>) => planEstimateLines(estimated(...given));
const textOf = (...given: Parameters<typeof estimated>) =>
  linesOf(...given)
    .join(' ')
    .replaceAll(/\s+/g, ' ');

const readyBy = (at: string, daysAfter = 1): Pipeline => ({
  ...pipeline,
  phases: pipeline.phases.map((each) => ({ ...each, readyBy: { daysAfter, at } })),
});

describe('the estimate of a plan', () => {
  it('adds phase to phase: jobs, their gates and the roll call', () => {
    const { phases, seconds } = estimated();
    expect(phases).toMatchObject([
      { phase: analytics, seconds: { low: 630, middle: 690, high: 1290 } },
      { phase: precompute, seconds: { middle: 1890 }, endsAfter: { middle: 2580, high: 3180 } },
    ]);
    expect(seconds).toEqual({ low: 2520, middle: 2580, high: 3180 });
  });

  it('is told with what it rests on, and the time at which it would end on the clocks of the pipeline', () => {
    const text = textOf();
    expect(text).toContain('if it began now, at 23:00 of 2022-01-10 (America/New_York, -05:00)');
    expect(text).toContain(
      'in all: about 43 min (42 min..53 min), ends about 23:43 (23:42..23:53)',
    );
    expect(text).toContain('is stopped after 24 h, ends before: yes');
    const [first] = estimated().tables;
    expect(tableEstimateText(first!)).toBe(
      'about 11 min (10 min..21 min); from 3 launches since 2025-11-02',
    );
  });

  it.each([
    ['00:30', 1, 'yes'],
    ['23:50', 0, 'perhaps'],
    ['23:20', 0, 'no'],
    ['22:50', 0, 'yes'],
  ])(
    'against a phase that is to be ready by %s, %d days after, or at the next such time, says: %s',
    (at, daysAfter, fits) => {
      expect(estimated(past, readyBy(at, daysAfter)).phases[1]).toMatchObject({
        readyBy: { fits },
      });
    },
  );

  it('counts against a bound of the pipeline file, and tells the one that it would not keep', () => {
    const deadlines = { ...pipeline.deadlines, jobMinutes: 15 };
    const text = textOf(past, { ...pipeline, deadlines });
    expect(text).toContain('p.form: its job is stopped after 15 min, not enough');
    expect(text).toContain('a.teams: its job is stopped after 15 min, perhaps not enough');
  });

  it('without history is unknown and never 0, and so is every sum with it', () => {
    const launches = new Map([...past.launches].filter(([name]) => name !== form.name));
    const found = estimated({ ...past, launches });
    expect(found).toMatchObject({
      seconds: null,
      phases: [{ seconds: { middle: 690 } }, { seconds: null }],
    });
    expect(tableEstimateText(found.tables[1]!)).toContain('no history: unknown');
    const text = textOf({ ...past, launches }, readyBy('00:30'));
    expect(text).toContain(
      'phase precompute: unknown no history of form; ready by 00:30 of 2022-01-11: unknown',
    );
    expect(text).toContain('in all: unknown; is stopped after 24 h, ends before: unknown');
    expect(estimateJson(found)).toMatchObject({ seconds: null, ends: null });
  });

  it('without any gate knows neither their bytes nor the cost', () => {
    const found = estimated({ ...past, gates: new Map() });
    expect(estimateJson(found)).toMatchObject({ bytes: { gates: null }, usd: null });
    expect(planEstimateLines(found).join(' ').replaceAll(/\s+/g, ' ')).toContain('gates unknown');
  });

  it('says why nothing is known where the history could not be read', () => {
    const none = { launches: new Map(), gates: new Map() };
    expect(textOf(none, pipeline, 'quota')).toContain(
      'the warehouse did not tell all of it: quota',
    );
  });

  it('prices what is billed: 2 GiB of jobs and 80 MiB of gates at 6.25 a TiB', () => {
    const { usd } = estimateJson(estimated());
    expect(usd).toBeCloseTo(((2 * 1024 + 80) / 2 ** 20) * 6.25, 10);
    expect(textOf()).toContain('jobs at least 2.0 GiB, gates about 80.0 MiB; at least USD 0.01 at');
  });

  it('stays within eighty columns', () => {
    const long = { ...teams, name: parseTableName(`a.${'long_'.repeat(12)}`) };
    const lines = [
      ...linesOf(),
      ...linesOf(past, readyBy('00:30')),
      ...linesOf(past, pipelineOf(long)),
    ];
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });
});
