import { describe, expect, it } from 'vitest';
import { readDefinitionFiles } from '../../shared/cli/definition.ts';
import { daySetOf } from '../../shared/core/day-set.ts';
import { parseDay } from '../../shared/core/days.ts';
import type { Verdict } from '../../shared/core/verdict.ts';
import type { Assessment } from '../../shared/shell/assess.ts';
import { fails, isUnknown, warns } from './expectation.ts';
import { alarmsOn } from './known-holes.ts';
import { seen, spilled } from './matrix.ts';
import { FEATURES, OFFENSE, PLAYERS } from './relations.ts';
import type { CleanWorld } from './worlds.ts';

const [MONDAY, TUESDAY] = [parseDay('2022-01-10'), parseDay('2022-01-11')] as const;
const SHOTS = 'nba_raw.bigdataball_play_by_play';

type Judged = readonly [
  table: string,
  check: string,
  verdict: Verdict,
  days?: readonly (typeof MONDAY)[],
  severity?: 'block' | 'warn',
];

function assessmentOf(...judged: readonly Judged[]): Assessment {
  const tables = judged.map(([table, id, verdict, days = [], severity = 'block']) => ({
    judgement: {
      table,
      checks: [{ id, kind: id, verdict, severity, days: daySetOf(days), message: 'as told' }],
    },
    outcomes: {},
  }));
  return {
    schedule: { calendar: { seasons: [] } },
    tables,
    statements: [],
  } as unknown as Assessment;
}

const definition = readDefinitionFiles({ pipeline: 'nba' });

function worldOf(name: CleanWorld['name'], clean: Assessment): CleanWorld {
  const range = { from: MONDAY, to: TUESDAY };
  return { name, file: '', definition, range, schedule: clean.schedule, clean };
}

describe('an expectation', () => {
  const judged = assessmentOf([PLAYERS, 'games', 'FAIL', [MONDAY]]);
  const clean = assessmentOf([PLAYERS, 'games', 'PASS']);

  it.each([
    ['the same check, verdict and days', fails(PLAYERS, 'games', [MONDAY]), true],
    ['a day more', fails(PLAYERS, 'games', [MONDAY, TUESDAY]), false],
    ['another day', fails(PLAYERS, 'games', [TUESDAY]), false],
    ['some of the days', fails(PLAYERS, 'games', [MONDAY, TUESDAY], 'within'), true],
    ['none of the days', fails(PLAYERS, 'games', [TUESDAY], 'within'), false],
    ['another verdict', warns(PLAYERS, 'games', [MONDAY]), false],
    ['no verdict', isUnknown(PLAYERS, 'games'), false],
    ['another check', fails(PLAYERS, 'teams', [MONDAY]), false],
    ['another table', fails(OFFENSE, 'games', [MONDAY]), false],
  ])('of %s: %o caught is %s', (_, caught, isCaught) => {
    expect(seen(caught, judged, clean)).toMatchObject({ isCaught });
  });

  it('of a day is met beside a day that was named before', () => {
    const both = assessmentOf([PLAYERS, 'games', 'FAIL', [MONDAY, TUESDAY]]);
    const before = assessmentOf([PLAYERS, 'games', 'FAIL', [TUESDAY]]);
    const caught = fails(PLAYERS, 'games', [MONDAY]);
    expect(seen(caught, both, before)).toMatchObject({ isCaught: true });
    expect(seen(caught, before, before)).toMatchObject({ isCaught: false });
  });

  it('of a verdict is not met when nothing was judged', () => {
    const error = new Error('there is no schedule');
    expect(seen(fails(PLAYERS, 'games', [MONDAY]), error, clean)).toMatchObject({
      isCaught: false,
    });
  });

  it.each([
    ['with these words', new Error('there is no schedule'), true],
    ['with other words', new Error('out of memory'), false],
    ['and it was judged', judged, false],
  ])('of a refusal, %s, caught is %s', (_, outcome, isCaught) => {
    expect(seen({ refused: /no schedule/ }, outcome, clean)).toMatchObject({ isCaught });
  });

  it('of a failure without a day cannot be written down', () => {
    expect(() => fails(PLAYERS, 'games', [])).toThrow('nothing was damaged');
  });
});

describe('a defect in player_game_summary', () => {
  const damage = { caught: [fails(PLAYERS, 'games', [MONDAY])] };
  const clean = worldOf('league', assessmentOf([OFFENSE, 'games', 'PASS']));

  it('spills when a check of what it reads gets worse', () => {
    const judged = assessmentOf([OFFENSE, 'games', 'WARN', [MONDAY]]);
    expect(spilled(damage, judged, clean)).toMatchObject([{ table: OFFENSE, check: 'games' }]);
  });

  it('does not spill into itself, nor into what reads it', () => {
    const judged = assessmentOf([PLAYERS, 'games', 'FAIL'], [FEATURES, 'fresh', 'FAIL']);
    expect(spilled(damage, judged, clean)).toEqual([]);
  });

  it('does not spill where it says that the same fact is seen', () => {
    const seenElsewhere = [{ table: OFFENSE, check: 'games', why: 'compares itself' }];
    const judged = assessmentOf([OFFENSE, 'games', 'FAIL', [MONDAY]]);
    expect(spilled({ ...damage, seenElsewhere }, judged, clean)).toEqual([]);
  });

  it('does not answer for what did not pass before', () => {
    const judged = assessmentOf([OFFENSE, 'games', 'FAIL']);
    expect(spilled(damage, judged, worldOf('league', judged))).toEqual([]);
  });
});

describe('clean data', () => {
  it.each(['WARN', 'FAIL', 'UNKNOWN'] as const)('raise an alarm when a check is %s', (verdict) => {
    const clean = assessmentOf([PLAYERS, 'games', verdict]);
    const alarms = alarmsOn(worldOf('league', clean));
    expect(alarms.filter((alarm) => alarm.includes('as told'))).toHaveLength(1);
  });

  it.each([
    ['a known hole, inside its days', [SHOTS, 'games', 'FAIL', [MONDAY]], false],
    ['a known hole that has grown', [SHOTS, 'games', 'FAIL', [parseDay('2022-10-18')]], true],
    ['a known hole that cannot be judged', [SHOTS, 'games', 'UNKNOWN', [MONDAY]], true],
    ['a known hole that blocks', [OFFENSE, 'shot-zones-filled', 'FAIL', [MONDAY]], true],
    ['a known hole that warns', [OFFENSE, 'shot-zones-filled', 'FAIL', [MONDAY], 'warn'], false],
  ] satisfies [string, Judged, boolean][])('of the real seasons, %s', (...row) => {
    const [, judged, isAlarm] = row;
    const alarms = alarmsOn(worldOf('seasons', assessmentOf(judged)));
    expect(alarms.some((alarm) => alarm.includes('as told'))).toBe(isAlarm);
  });

  it('of the real seasons raise an alarm when a known hole is filled', () => {
    const alarms = alarmsOn(worldOf('seasons', assessmentOf([SHOTS, 'games', 'PASS'])));
    expect(alarms).toContain(`${SHOTS} games passes: it is no known hole any more`);
  });
});
