import { expect, it } from 'vitest';
import { checklistOf, type Seal } from '../../shared/core/checklist.ts';
import { parseTableName, type TableName } from '../../shared/core/ids.ts';
import type { Waiver } from '../../shared/core/pipeline.ts';
import type { RunReport } from '../../shared/core/report.ts';
import type { RunState } from '../../shared/core/run.ts';
import type { TableState } from '../../shared/core/table-state.ts';
import { checklistLines } from '../../shared/core/view/checklist-lines.ts';
import { day } from './build.ts';
import { jan } from './explain/judged.ts';
import { given, pipeline, requested } from './run-story.ts';

const TODAY = day('2026-01-03');
const A = parseTableName('a.teams');
const passed: TableState = { tag: 'passed', attempt: 1, evidence: 'e-1', token: '' };
const signed: TableState = {
  tag: 'overridden',
  attempt: 1,
  evidence: 'e-2',
  by: 'ana',
  reason: 'the arena was flooded',
  until: day('2026-01-31'),
};
const waiver: Waiver = {
  table: A,
  check: 'days',
  days: jan('2'),
  reason: 'postponed',
  who: 'ben',
  until: day('2026-06-30'),
};
const sealed = (id: string): Seal => ({ sha256: id.padEnd(64, '0') });

function reportOf(tables: Readonly<Record<string, TableState>>, fields: Partial<RunState> = {}) {
  const { state } = given(requested);
  if (state === null) throw new Error('nothing was requested');
  const named = tables as Readonly<Record<TableName, TableState>>;
  const report: RunReport = {
    state: { ...state, status: 'passed', ...fields, tables: named },
    startedAt: state.since,
    endedAt: state.since,
    repairs: 0,
    launches: 1,
    checks: new Map([
      [
        A,
        [
          {
            id: 'days',
            kind: 'day-coverage',
            severity: 'block',
            verdict: 'PASS',
            observed: '',
            expected: '',
            days: [],
            message: '',
          },
        ],
      ],
    ]),
  };
  return report;
}

const checklist = (
  tables: Readonly<Record<string, TableState>>,
  fields: Partial<RunState> = {},
  seal: (evidence: string) => Seal = sealed,
  waivers: readonly Waiver[] = [],
) => checklistOf(reportOf(tables, fields), { ...pipeline, waivers }, TODAY, seal);

it('is done when every table has passed or is signed for, and holds the hash of each evidence', () => {
  const { open, seals } = checklist({ 'a.teams': passed, 'a.players': signed });
  expect(open).toEqual([]);
  expect(seals).toEqual({ 'e-1': 'e-1'.padEnd(64, '0'), 'e-2': 'e-2'.padEnd(64, '0') });
});

it.each<[string, TableState]>([
  ['is failed', { tag: 'failed', attempt: 1, days: [], message: 'no' }],
  ['is skipped', { tag: 'skipped', attempt: 0, days: [], message: 'behind' }],
  ['the signature of ana ran out on 2026-01-02', { ...signed, until: day('2026-01-02') }],
  ['it has no evidence', { ...passed, evidence: '' }],
])('is open where a table %s', (why, state) => {
  const { open } = checklist({ 'a.teams': passed, 'a.players': state });
  expect(open).toEqual([`a.players: ${why}`]);
});

it('is open where the evidence is not as it was written', () => {
  const { open, seals } = checklist({ 'a.teams': passed }, {}, () => ({ trouble: 'was changed' }));
  expect(open).toEqual(['a.teams: was changed']);
  expect(seals).toEqual({});
});

it('is open while the run goes on, even when each of its tables has passed', () => {
  expect(checklist({ 'a.teams': passed }, { status: 'live' }).open).toEqual([
    'the run is live, and goes on',
  ]);
});

it('needs no evidence of a table whose failed job somebody signed for', () => {
  expect(checklist({ 'a.teams': { ...signed, evidence: '' } }).open).toEqual([]);
});

it('names the waivers that count today on days of the range, and no other', () => {
  const waivers = [
    waiver,
    { ...waiver, until: day('2026-01-02') },
    { ...waiver, days: [{ from: day('2023-01-01'), to: day('2023-01-02') }] },
    { ...waiver, table: parseTableName('x.other') },
  ];
  expect(checklist({ 'a.teams': passed }, {}, sealed, waivers).waivers).toEqual([waiver]);
});

it('tells table, checks, signatures, waivers and hashes within eighty columns', () => {
  const override = { table: A, until: day('2026-01-31'), refused: 'days: 3 missing', by: 'ana' };
  const overrides = [{ ...override, reason: 'flooded', at: '2026-01-01T00:00:00.000Z' }];
  const tables = { 'a.teams': passed, 'a.players': signed };
  const lines = checklistLines(checklist(tables, { overrides }, sealed, [waiver]));
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(lines).toEqual(
    expect.arrayContaining([
      '[x] a.teams: PASS',
      '    PASS days',
      `    sha256 ${'e-1'.padEnd(64, '0')}`,
      '[x] a.players: overridden',
      '    signed by ana until 2026-01-31: the arena was flooded',
      '  - a.teams days on 2022-01-02 by ben until 2026-06-30: postponed',
      '  - a.teams by ana until 2026-01-31: flooded (refused: days: 3 missing)',
    ]),
  );
});

it('marks what is open', () => {
  const lines = checklistLines(checklist({ 'a.teams': { ...passed, evidence: '' } }));
  expect(lines).toContain('[ ] a.teams: PASS');
  expect(lines.at(-1)).toBe('open: a.teams: it has no evidence');
});
