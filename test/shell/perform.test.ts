import { expect, it } from 'vitest';
import { PhasegateError } from '../../shared/core/errors.ts';
import type { AlertMessage } from '../../shared/core/messages.ts';
import type { RunState } from '../../shared/core/run.ts';
import { readAlert } from '../../shared/edge/wire.ts';
import { perform } from '../../shared/shell/perform.ts';
import { RUN } from '../core/build.ts';
import { given, judged, neverRan, requested, rollOf, succeeded } from '../core/run-story.ts';

it('a page that is too long for an alert is cut, says so, and reaches its reader', async () => {
  const published: AlertMessage[] = [];
  const bus = {
    publish: async (_: string, body: unknown) => String(published.push(body as AlertMessage)),
  };
  const runs = { state: async () => null };
  const text = 'x'.repeat(24_136);
  await perform({ runs, bus: bus as never }, RUN, { kind: 'page-human', key: 'k', text });
  const { text: told } = readAlert(JSON.stringify(published[0]));
  expect(told.length).toBe(20_000);
  expect(told).toMatch(/x\n… cut; `phasegate status RUN` tells all of it$/);
});

it('how a run ended is told with its first lines, and without them where nobody can read how it stands', async () => {
  const published: AlertMessage[] = [];
  const bus = {
    publish: async (_: string, body: unknown) => String(published.push(body as AlertMessage)),
  } as never;
  const blocked = given(
    requested,
    neverRan,
    succeeded('a.teams'),
    judged('a.teams', 'FAIL', 1, 1, '2022-01-03'),
  ).when(rollOf('analytics', { 'a.teams': 'FAIL', 'a.players': 'UNKNOWN' })).state as RunState;
  const page = { kind: 'page-human', key: `${RUN}/analytics/1`, text: 'is blocked\nwhy' } as const;
  await perform({ runs: { state: async () => blocked }, bus }, RUN, page);
  const gone = async () => {
    throw new PhasegateError('unavailable', 'the store is gone');
  };
  await perform({ runs: { state: gone }, bus }, RUN, page);
  const [told, bare] = published.map(({ text }) => text.split('\n'));
  expect(told).toEqual([
    'is blocked',
    'FAIL, blocked: PASS=0 WARN=0 FAIL=1 UNKNOWN=2',
    'phases: analytics blocked, precompute waiting',
    'still bad: a.teams, its gate says FAIL: 2022-01-03 (1 day)',
    expect.stringMatching(/^still bad: a\.players, never had its turn: 2022-01-01/),
    expect.stringMatching(/^still bad: p\.features/),
    expect.stringMatching(/job minutes, .* read, 0 repairs, .* since it was last set going$/),
    `next: \`npx phasegate explain ${RUN}\``,
    'why',
  ]);
  const lines = told?.slice(1).filter((line) => !line.startsWith('next: '));
  expect(published[0]?.parts).toMatchObject({ lines, next: `npx phasegate explain ${RUN}` });
  expect(bare).toEqual(['is blocked', 'why']);
});
