import { describe, expect, it } from 'vitest';
import { parseDaySet } from '../../../shared/core/day-set.ts';
import type { RunState } from '../../../shared/core/run.ts';
import {
  type DaysTold,
  phaseTablesOf,
  rememberWork,
  type Watched,
} from '../../../shared/core/view/progress.ts';
import { progressBlock } from '../../../shared/core/view/progress-block.ts';
import { progressLines } from '../../../shared/core/view/progress-event-lines.ts';
import { progressEvents } from '../../../shared/core/view/progress-events.ts';
import { paceOf, timeLeft } from '../../../shared/core/view/progress-pace.ts';
import { timeSpan } from '../../../shared/core/view/time-span.ts';
import {
  AT,
  given,
  judged,
  neverRan,
  pipeline,
  requested,
  succeeded,
  teams,
} from '../run-story.ts';

const NOW = '2026-01-03T04:03:00.000Z';
const at = (minutes: number) => `2026-01-03T04:0${minutes}:00.000Z`;
const confirmed = { type: 'launch-confirmed', attempt: 1, execution: 'x', at: AT } as const;
const running = given(requested, neverRan, { ...confirmed, table: teams.name }).state as RunState;
const told: DaysTold = {
  attempt: 1,
  began: at(0),
  written: parseDaySet('2022-01-01..2022-01-03'),
  failed: [],
  strides: [1, 2, 3].map((minutes) => ({ at: at(minutes), days: 1 })),
};
const watched = (state: RunState, words: readonly DaysTold[] = []): Watched => ({
  state,
  phases: phaseTablesOf(pipeline, state),
  work: rememberWork(new Map(), running),
  told: new Map(words.map((each) => [teams.name, each])),
  past: new Map(),
  now: NOW,
});
const linesAt = (columns: number, rows = 40, of = watched(running, [told])) =>
  progressBlock(of, { columns, rows });
const bar = (line = '') => line.replaceAll(/[^█✗▒░]/g, '');

describe('a block of a run', () => {
  it('says of a running table what is written, what is left of it and how fast it goes', () => {
    const line = linesAt(120).find((each) => each.includes('a.teams'));
    expect(line).toMatch(/▷ a\.teams .*█▒.* 3\/5 about 2 min left 1\.0 days\/min$/);
    const [done, rest] = [/█/g, /▒/g].map((sign) => bar(line).match(sign)?.length ?? 0);
    expect((done ?? 0) / (rest ?? 1)).toBeCloseTo(1.5, 1);
  });

  it('is never wider than the terminal, nor higher', () => {
    for (const columns of [20, 40, 80, 200]) {
      for (const rows of [4, 8, 40]) {
        const lines = linesAt(columns, rows);
        expect(lines.filter((line) => line.length >= columns)).toEqual([]);
        expect(lines.length).toBeLessThan(rows);
      }
    }
  });

  it('does not say how a table goes of which nothing is told, or only by an earlier attempt', () => {
    for (const words of [[], [{ ...told, attempt: 7 }]]) {
      const line = linesAt(120, 40, watched(running, words)).find((each) =>
        each.includes('a.teams'),
      );
      expect(line).toMatch(/▒ 0\/5 running$/);
      expect(bar(line)).toMatch(/^▒+$/);
    }
  });

  it('counts a table as passed only after its gate', () => {
    const written = given(requested, neverRan, succeeded('a.teams')).state as RunState;
    expect(linesAt(120, 40, watched(written))[0]).toContain('0 of 3 tables passed');
    const passed = given(requested, neverRan, succeeded('a.teams'), judged('a.teams', 'PASS'));
    expect(linesAt(120, 40, watched(passed.state as RunState))[0]).toContain(
      '1 of 3 tables passed',
    );
  });

  it('tells the days of each season where a table has work in several', () => {
    const seasons = [2021, 2022].map((season, index) => ({
      season,
      start: parseDaySet('2022-01-01')[0]!.from,
      days: parseDaySet(index === 0 ? '2022-01-01..2022-01-02' : '2022-01-03..2022-01-05'),
      excluded: [],
    }));
    const state = { ...running, calendar: { seasons } };
    expect(linesAt(80, 40, watched(state, [told])).join('\n')).toContain(
      'season 2021: 2/2  season 2022: 1/3',
    );
  });
});

describe('what is left', () => {
  it('is a spread once three strides show one, and less the longer the last is ago', () => {
    const strides = [2, 4, 12, 20, 30].map((s) => ({
      at: `2026-01-03T04:00:${`${s}`.padStart(2, '0')}.000Z`,
      days: 2,
    }));
    const pace = paceOf(at(0), strides);
    expect(pace).toEqual({ low: 1000, middle: 3000, high: 4000 });
    expect(timeLeft(pace!, 60, 0)).toBe('1 min to 4 min left');
    expect(timeLeft(pace!, 60, 59_000)).toBe('1 s to 3 min left');
  });

  it('is not known before the first stride', () => {
    expect(paceOf(at(0), [])).toBeNull();
  });

  it('is told in the two largest units', () => {
    expect([59, 61, 3600, 3900, 190_000].map((seconds) => timeSpan(seconds * 1000))).toEqual([
      '59 s',
      '1 min',
      '1 h',
      '1 h 5 min',
      '2 days 4 h',
    ]);
  });
});

describe('what happened between two looks', () => {
  const blocked = given(
    requested,
    neverRan,
    succeeded('a.teams'),
    judged('a.teams', 'FAIL', 1, 1, '2022-01-03'),
  ).state as RunState;

  it('is told once, as facts, each of them with its table and its attempt', () => {
    const events = progressEvents(running, blocked, NOW);
    expect(events).toEqual([
      expect.objectContaining({
        event: 'table-blocked',
        table: 'a.teams',
        attempt: 1,
        verdict: 'FAIL',
        badDays: ['2022-01-03..2022-01-03'],
      }),
      { run: running.run, at: NOW, event: 'roll-asked', phase: 'analytics' },
    ]);
    expect(progressEvents(blocked, blocked, NOW)).toEqual([]);
  });

  it('names the checks that do not hold, with their numbers and what is accepted', () => {
    const [event] = progressEvents(running, blocked, NOW);
    const trouble = [
      { id: 'usage-rate-filled', verdict: 'FAIL', observed: '71/100 (71.0%)', expected: '≥ 95%' },
    ] as const;
    expect(progressLines({ ...event!, checks: { held: 4, of: 5, trouble } } as never)).toEqual([
      '✗ a.teams blocked: gate FAIL on 2022-01-03..2022-01-03, 4 of 5 checks hold',
      '    FAIL usage-rate-filled 71/100 (71.0%), accepted ≥ 95%',
    ]);
  });
});
