import { describe, expect, it } from 'vitest';
import type { Calendar } from '../../shared/core/calendar.ts';
import { type DaySet, parseDaySet } from '../../shared/core/day-set.ts';
import { parsePhaseName, type TableName } from '../../shared/core/ids.ts';
import type { OutcomeDays } from '../../shared/core/outcome.ts';
import type { Pipeline } from '../../shared/core/pipeline.ts';
import { planMatrix } from '../../shared/core/plan-matrix.ts';
import { sourceStandings } from '../../shared/core/plan-sources.ts';
import { planMatrixLines } from '../../shared/core/view/plan-matrix-lines.ts';
import { planSourceLines } from '../../shared/core/view/plan-source-lines.ts';
import { day, games, pipelineOf, requestOf, sameDay, table } from './build.ts';

const NOW = '2024-06-01T12:00:00.000Z';
const years = [2022, 2023, 2024];
const calendar: Calendar = {
  seasons: years.map((year) => ({
    season: year - 1,
    start: day(`${year}-01-01`),
    days: parseDaySet(`${year}-01-01..${year}-01-10`),
    excluded: [],
  })),
};
const teams = table('a.teams', [sameDay('raw.schedule')]);
const form = table('p.form', [games('a.teams', 10)], {
  phase: parsePhaseName('precompute'),
  bootstrapDays: 2,
});
const pipeline = pipelineOf(teams, form);
const request = { ...requestOf(pipeline), to: day('2023-01-05') };
const withRows = (days: string) => () => parseDaySet(days);

function rows(
  outcomes: Readonly<Record<TableName, OutcomeDays>>,
  own: Pipeline = pipeline,
  filled: () => DaySet | null = withRows('2022-01-01..2023-12-31'),
) {
  const sources = sourceStandings(own, request, calendar, filled, NOW);
  return planMatrix(own, request, calendar, outcomes, sources);
}

describe('the matrix of a plan', () => {
  it('counts good days of what is expected, season by season, inside the range alone', () => {
    const good = parseDaySet('2022-01-01..2022-01-09,2023-01-03..2023-01-10');
    const last = parseDaySet('2022-01-10,2023-01-01..2023-01-02');
    const [source, first, second] = rows({
      [teams.name]: { VERIFIED: good, STALE: parseDaySet('2022-01-10') },
      [form.name]: { VERIFIED: good, NEVER_RAN: last },
    });
    expect(source?.cells).toMatchObject([
      { filled: 10, expected: 10 },
      { filled: 5, expected: 5 },
    ]);
    expect(first?.cells).toMatchObject([
      { season: 2021, filled: 9, expected: 10, leading: 'STALE' },
      { season: 2022, filled: 3, expected: 5 },
    ]);
    expect(second?.cells).toMatchObject([
      { filled: 7, expected: 8 },
      { filled: 3, expected: 3 },
    ]);
  });

  it('leads with what most of the days are that are not good, never with what lies outside the range', () => {
    const [, first] = rows({
      [teams.name]: {
        FAILED: parseDaySet('2022-01-01'),
        PARTIAL: parseDaySet('2022-01-02..2022-01-04'),
        NEVER_RAN: parseDaySet('2022-01-05,2023-01-06..2023-01-10'),
        VERIFIED: parseDaySet('2022-01-06..2022-01-10,2023-01-01..2023-01-05'),
      },
    });
    expect(first?.cells).toMatchObject([{ leading: 'PARTIAL' }, { leading: null }]);
  });

  it('is written as shares under its seasons, and explains no symbol that does not occur', () => {
    const found = rows({
      [teams.name]: { VERIFIED: parseDaySet('2022-01-01..2023-01-05') },
      [form.name]: { NEVER_RAN: parseDaySet('2022-01-01..2023-01-05') },
    });
    expect(planMatrixLines(found)).toEqual([
      '            2021              2022',
      'sources',
      '  schedule  ✓ 10/10 (100.0%)  ✓ 5/5 (100.0%)',
      'analytics',
      '  teams     ✓ 10/10 (100.0%)  ✓ 5/5 (100.0%)',
      'precompute',
      '  form      ○ 0/8 (0.0%)      ○ 0/3 (0.0%)',
      '',
      '  sources, days with rows: ✓ all',
      '  tables, good days, else what most are: ○ never ran · ✓ all are good',
    ]);
  });

  it('stays within eighty columns, in blocks of the seasons that fit', () => {
    const name = `a.${'long_'.repeat(7)}`;
    const cells = [2020, 2021, 2022, 2023].map((season) => ({
      season,
      filled: 1_000,
      expected: 1_000,
      leading: null,
    }));
    const lines = planMatrixLines([
      { table: table(name).name, phase: null, cells },
      { table: teams.name, phase: teams.phase, cells },
    ]);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    for (const season of ['2020', '2021', '2022', '2023']) {
      expect(lines.filter((line) => line.includes(season))).toHaveLength(1);
    }
  });

  it('says of a season of which nothing is expected that it is so, and of a source without days whether it has rows', () => {
    const none = { ...form, bootstrapDays: 30 };
    const dayless = pipeline.sources.map((each) => ({ ...each, dayColumn: null }));
    const own = { ...pipelineOf(teams, none), sources: dayless };
    const text = planMatrixLines(rows({}, own, () => null)).join('\n');
    expect(text).toContain('form      · 0/0');
    expect(text).toContain('· nothing expected');
    expect(text).toContain('schedule  ✓ has rows');
    const empty = planMatrixLines(rows({}, own, () => [])).join('\n');
    expect(empty).toContain('schedule  ○ no rows');
  });
});

describe('what a source lacks', () => {
  const [schedule] = pipeline.sources;
  const source = { ...schedule!, fallback: { chain: ['one', 'two'], lastResort: 'skip' } };
  const lines = (fields: Partial<typeof source>, days: string, now = NOW) => {
    const own = { ...pipeline, sources: [{ ...source, ...fields }] };
    const standings = sourceStandings(own, request, calendar, withRows(days), now);
    return planSourceLines(standings, calendar, (command) => `${command} --world w`);
  };
  const load = { file: 'raw_schedule', columns: [], select: 'SELECT 1' };

  it('is told with the command that fills it here, and what is tried before', () => {
    const text = lines({ load }, '2022-01-01..2022-12-31').join('\n');
    expect(text).toContain('raw.schedule: no row on 2023-01-01..2023-01-05 (5 days)');
    expect(text).toContain('tried in turn: one, two; when all fail: skip');
    expect(text).toContain('\n    npx phasegate load DIR --only raw_schedule --world w');
  });

  it('is told without a command where nothing of ours fills it', () => {
    const text = lines({}, '2022-01-01..2022-12-31').join(' ');
    expect(text).toContain('nothing of ours fills it');
    expect(text).not.toContain('npx');
  });

  it('is nothing where every expected day has rows', () => {
    expect(lines({ load }, '2022-01-01..2023-01-05')).toEqual([]);
  });

  it('is no day that nobody misses yet', () => {
    const due = { daysAfter: 1, at: '07:00' };
    const text = lines({ load, due }, '2022-01-01..2023-01-04', '2023-01-05T23:00:00.000Z');
    expect(text).toEqual(['  raw.schedule: 1 day not due yet']);
  });
});
