import { describe, expect, it } from 'vitest';
import { parseDaySet } from '../../../shared/core/day-set.ts';
import { parseTableName } from '../../../shared/core/ids.ts';
import type { ReportedCheck, RunReport } from '../../../shared/core/report.ts';
import type { RunState } from '../../../shared/core/run.ts';
import { reportJson } from '../../../shared/core/view/report-json.ts';
import { reportJunit } from '../../../shared/core/view/report-junit.ts';
import { reportLines } from '../../../shared/core/view/report-lines.ts';
import { reportMarkdown } from '../../../shared/core/view/report-markdown.ts';
import { toldReport } from '../../../shared/core/view/report-told.ts';
import { readReportAnswer, reportBody } from '../../../shared/edge/api-answers.ts';
import { reportDocument } from '../../../shared/page/report-document.ts';
import { day } from '../build.ts';
import {
  AT,
  analyticsDone,
  given,
  judged,
  neverRan,
  pipeline,
  requested,
  rollOf,
  succeeded,
  teams,
} from '../run-story.ts';

const MARKUP = `<script>alert("1")</script>'&|*_[x](y)`;
const check: ReportedCheck = {
  id: 'usage-rate-filled',
  kind: 'not-null',
  severity: 'block',
  verdict: 'FAIL',
  observed: '71/100 (71.0%)',
  expected: '≥ 95%',
  days: ['2022-01-03..2022-01-03'],
  message: `usage_rate is not filled ${MARKUP}`,
  former: { verdict: 'PASS', observed: '99/100 (99.0%)' },
};
const state = given(
  { ...requested, by: MARKUP, reason: MARKUP },
  neverRan,
  succeeded('a.teams'),
  judged('a.teams', 'FAIL', 1, 1, '2022-01-03'),
).when(rollOf('analytics', { 'a.teams': 'FAIL', 'a.players': 'UNKNOWN' })).state as RunState;
const report: RunReport = {
  state,
  startedAt: AT,
  endedAt: '2026-01-03T04:30:00.000Z',
  repairs: 1,
  launches: 3,
  checks: new Map([[teams.name, [check]]]),
  asked: { by: MARKUP, reason: MARKUP },
  refused: [
    {
      table: teams.name,
      verdict: 'FAIL',
      days: ['2022-01-04..2022-01-04'],
      message: `was refused ${MARKUP}`,
      evidence: 'run-gate-1',
      at: AT,
    },
  ],
  again: [{ by: 'repair', who: MARKUP, reason: MARKUP, at: AT }],
};
const waiver = {
  table: teams.name,
  check: 'days',
  days: parseDaySet('2022-01-02'),
  reason: MARKUP,
  who: 'bo',
};
const waivers = [
  { ...waiver, until: day('2026-12-31') },
  { ...waiver, until: day('2025-12-31') },
];
const toldOf = (some: RunReport) =>
  toldReport(some, { ...pipeline, waivers } as never, ['npx phasegate repair X']);
const told = toldOf(report);
const withCheck = (fields: Partial<ReportedCheck>) =>
  toldOf({ ...report, checks: new Map([[teams.name, [{ ...check, ...fields }]]]) }).tables[0]
    ?.rows[0];

describe('a report', () => {
  it('names what is still bad as ranges, each table with why', () => {
    const lines = reportLines(told).join('\n');
    expect(lines).toContain('  a.teams, its gate says FAIL: 2022-01-03 (1 day)');
    expect(lines).toMatch(/a\.players, never had its turn: 2022-01-01\.\.2022-01-05 \(5 days\)/);
    expect(reportJson(told).stillBad).toContainEqual({
      table: 'a.teams',
      why: 'its gate says FAIL',
      days: ['2022-01-03..2022-01-03'],
    });
  });

  it('tells what was refused before it passed, in every format', () => {
    const document = reportDocument(told, { pictures: [], note: null });
    for (const text of [reportLines(told).join('\n'), reportMarkdown(told), document]) {
      expect(text).toMatch(/refused before it passed/i);
      expect(text).toContain('run-gate-1');
      expect(text).toContain('2022-01-04');
    }
    expect(reportJson(told)).toMatchObject({ refused: [{ evidence: 'run-gate-1' }] });
  });

  it('tells waivers that counted when it ended, and none that had run out', () => {
    const signed = reportLines(told).filter((line) => line.startsWith('waiver of'));
    expect(signed).toHaveLength(1);
    expect(signed[0]).toContain('until 2026-12-31');
  });

  it('counts the last day of a waiver by the clocks of the pipeline, as its gates do', () => {
    const untilThen = [{ ...waiver, until: day('2026-01-02') }];
    const at = (endedAt: string) =>
      toldReport({ ...report, endedAt }, { ...pipeline, waivers: untilThen } as never, []).waivers;
    expect(at('2026-01-03T04:30:00.000Z')).toHaveLength(1);
    expect(at('2026-01-03T05:30:00.000Z')).toHaveLength(0);
  });

  it('holds a check against the gate before, and against its baseline where it has one', () => {
    expect(withCheck({})?.history).toBe('99/100 (99.0%), PASS');
    expect(withCheck({ former: null })?.history).toBe('no gate before');
    expect(withCheck({ former: { verdict: 'FAIL', observed: check.observed } })?.history).toBe(
      'same before',
    );
    const observed = 'season 2022 with season 2021: DEGRADATION, 0.99 before, 0.9 now';
    expect(withCheck({ kind: 'regression', observed })?.history).toBe('DEGRADATION');
    const { former: _, ...unknown } = check;
    expect(
      toldOf({ ...report, checks: new Map([[teams.name, [unknown]]]) }).tables[0]?.rows[0]?.history,
    ).toBe('not known');
  });

  it('says what was estimated where somebody did, and nothing of it otherwise', () => {
    expect(reportLines(told).join('\n')).not.toContain('estimated');
    const estimated = toldOf({ ...report, estimated: { minutes: 12, bytes: 3 * 2 ** 30 } });
    expect(reportLines(estimated).join('\n')).toContain('estimated: 12 min, 3.0 GiB');
  });

  it('of a run that failed with all its tables passed is no pass in any format', () => {
    const message = 'phase analytics is over its 60 minutes';
    const tables = given(...analyticsDone).state?.tables ?? {};
    const passed = Object.entries(tables).filter(([, { tag }]) => tag === 'passed');
    const late = toldOf({
      ...report,
      state: { ...state, status: 'failed', message, tables: Object.fromEntries(passed) },
      checks: new Map(passed.map(([name]) => [name, [{ ...check, verdict: 'PASS' }]] as never)),
    });
    expect(passed.length).toBeGreaterThan(0);
    expect(late.verdict).toBe('FAIL');
    expect(reportDocument(late, { pictures: [], note: null })).toContain('<title>FAIL:');
    expect(reportMarkdown(late)).toMatch(/^## \S+ FAIL: run/);
    expect(reportJunit(late)).toMatch(/<testcase classname="run" name="passed">\s*<error/);
    const going = toldOf({ ...late.report, state: { ...late.report.state, status: 'live' } });
    expect(going.verdict).toBe('UNKNOWN');
  });

  it('in JUnit is no pass where a table failed after a gate that passed, nor where nothing is known yet', () => {
    const failed = given(requested, neverRan).state as RunState;
    const tables = { [teams.name]: { tag: 'failed', attempt: 2, days: [], message: 'crashed' } };
    const good = { ...check, verdict: 'PASS' } as const;
    const xml = reportJunit(
      toldOf({
        ...report,
        state: { ...failed, status: 'failed', tables } as RunState,
        checks: new Map([[teams.name, [good]]]),
      }),
    );
    expect(xml).toMatch(/its last gate is not how it stands; it is failed/);
    const unread = { ...failed, status: 'reading', tables: {} } as RunState;
    expect(reportJunit(toldOf({ ...report, state: unread, checks: new Map() }))).toContain(
      'the run is reading',
    );
  });

  it('goes through the API whole', () => {
    const evidence = new Map([[parseTableName('a.teams'), 'roll-1']]);
    const whole = { ...report, evidence, estimated: { minutes: 1, bytes: null } };
    expect(readReportAnswer(JSON.stringify(reportBody(whole)))).toEqual(whole);
  });

  it('has in JUnit a failure for a check that fails, and an error for a table that no gate has judged', () => {
    const xml = reportJunit(told);
    expect(xml).toMatch(/<testcase classname="a\.teams" name="usage-rate-filled">\s*<failure/);
    expect(xml).toMatch(/<testcase classname="p\.features" name="judged by a gate">\s*<error/);
  });
});

describe('a name or a reason full of markup stays text', () => {
  it('in the one file of HTML, which has no script and asks for nothing from anywhere', () => {
    const document = reportDocument(told, { pictures: [], note: MARKUP });
    expect(document).not.toContain('<script');
    expect(document).not.toMatch(/(?:src|href)=|url\(|@import/);
    expect(document.split('&lt;script&gt;alert(&quot;1&quot;)').length).toBeGreaterThan(4);
  });

  it('in Markdown', () => {
    const lines = reportMarkdown(told).split('\n');
    const raw = lines.filter((line) => /(?<!\\)(?:<script|\[x)/.test(line));
    expect(raw).toEqual([]);
    expect(
      lines
        .filter((line) => line.startsWith('| `a.teams` | **'))
        .map((line) => line.split(/(?<!\\)\|/).length),
    ).toEqual([9]);
  });

  it('in JUnit', () => {
    expect(reportJunit(told)).not.toContain('<script');
  });
});
