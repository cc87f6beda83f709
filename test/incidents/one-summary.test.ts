import { expect, it } from 'vitest';
import type { AlertMessage } from '../../shared/core/messages.ts';
import { runFindings } from '../../shared/core/monitor/run-findings.ts';
import type { RunEvent } from '../../shared/core/run-event.ts';
import { record } from '../../shared/shell/drain.ts';
import { calendarOf, pipelineOf, RUN, requestOf, sameDay, table } from '../core/build.ts';
import { AT, allDays, judged, rollOf, succeeded } from '../core/run-story.ts';
import { openPeople } from '../fixtures/people.ts';
import { toldWorld } from './told-world.ts';

const NAMES = Array.from({ length: 10 }, (_, index) => `a.t${index}`);
const tables = NAMES.map((name) => table(name, [sameDay('raw.schedule')]));
const pipeline = { ...pipelineOf(...tables), parallelTables: 10, repair: { attempts: 0 } };

const requested = (): RunEvent => ({
  type: 'run-requested',
  run: RUN,
  request: requestOf(pipeline),
  definition: 'd1',
  by: 'ana',
  reason: '',
  at: AT,
});
const outcomes = (round: number): RunEvent => ({
  type: 'outcomes-read',
  round,
  calendar: calendarOf('2022-01-01..2022-01-05'),
  outcomes: Object.fromEntries(tables.map(({ name }) => [name, { NEVER_RAN: allDays }])),
  at: AT,
});
/** Ten jobs end, ten gates judge, and the roll is called. */
const allEnd = (round: number, verdict: 'PASS' | 'FAIL', bad: string): readonly RunEvent[] => [
  outcomes(round),
  ...NAMES.map((name) => succeeded(name, round)),
  ...NAMES.map((name) => judged(name, verdict, round, round, bad)),
  rollOf('analytics', Object.fromEntries(NAMES.map((name) => [name, verdict])), round),
];
const allFail = (round: number) => allEnd(round, 'FAIL', '2022-01-03');
const allPass = (round: number) => allEnd(round, 'PASS', '');
const repair: RunEvent = { type: 'repair-requested', by: 'ana', reason: '', at: AT };

/** What a run told people of, as it was published. */
async function alertsOf(...events: readonly RunEvent[]) {
  const { world, published, stateOf } = await toldWorld(pipeline, requested());
  for (const [index, event] of events.entries()) await record(world, RUN, `f${index}`, event);
  const alerts = published.filter((each) => 'text' in each) as unknown as AlertMessage[];
  return { alerts, state: await stateOf() };
}

it('a run of ten tables that all fail is one alert, with each table in it and what to do', async () => {
  const { alerts, state } = await alertsOf(...allFail(1));
  expect(state?.status).toBe('blocked');
  expect(alerts.length).toBe(1);
  const parts = alerts[0]?.parts;
  expect(parts).toMatchObject({
    title: 'phase analytics is blocked',
    about: `run ${RUN}`,
    next: `npx phasegate explain ${RUN}`,
  });
  for (const name of NAMES) {
    expect(parts?.lines.filter((line) => line.startsWith(`${name}: FAIL`)).length).toBe(1);
  }
});

it('a run that is repaired and blocked again within four hours is told of once', async () => {
  const { alerts } = await alertsOf(...allFail(1), repair, ...allFail(2));
  expect(alerts.length).toBe(2);
  const { tell, heard } = openPeople(['chat']);
  for (const alert of alerts) await tell(alert);
  expect(heard().length).toBe(1);
});

it('a run that was refused and passes after somebody had it repaired says so, and one that never was says nothing', async () => {
  const { alerts } = await alertsOf(...allFail(1), repair, ...allPass(2));
  expect(alerts.map(({ key, severity = 'error' }) => `${key} ${severity}`)).toEqual([
    `${RUN}/analytics/1 error`,
    `${RUN}/passed/2 info`,
  ]);
  expect((await alertsOf(...allPass(1))).alerts).toEqual([]);
});

it('a blocked run that is left alone is one finding of its monitor, whatever its tables', async () => {
  const { state } = await alertsOf(...allFail(1));
  const found = runFindings(
    [{ state: state!, pipeline }],
    { severity: 'error', leftAloneMinutes: 120 },
    new Date(Date.parse(AT) + 121 * 60_000).toISOString(),
  );
  expect(found.map(({ title }) => title)).toEqual(['1 run stopped at a.t0, and left alone']);
});
