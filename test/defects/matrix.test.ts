import { describe, expect, it } from 'vitest';
import { readDefinitionFiles } from '../../shared/adapters/pipeline-files.ts';
import { daySetOf } from '../../shared/core/day-set.ts';
import { parseDay } from '../../shared/core/days.ts';
import type { Verdict } from '../../shared/core/verdict.ts';
import type { Assessment } from '../../shared/shell/assess.ts';
import type { Caught } from './defect.ts';
import { fails, isUnknown, passes, warns } from './expectation.ts';
import { alarmsOn } from './known-holes.ts';
import { seen, spilled } from './matrix.ts';
import { isCaught, kindsThatCaught } from './matrix-lines.ts';
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
    ['no verdict', isUnknown(PLAYERS, 'games', /as told/), false],
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

  it.each([
    ['a verdict and days', fails(PLAYERS, 'games', [MONDAY]), judged],
    ['some of the days', fails(PLAYERS, 'games', [MONDAY, TUESDAY], 'within'), judged],
    ['a verdict', isUnknown(PLAYERS, 'odd', /as told/), assessmentOf([PLAYERS, 'odd', 'UNKNOWN'])],
  ])('of %s is not caught when it was so before the damage', (_, caught, both) => {
    expect(seen(caught, both, assessmentOf())).toMatchObject({ isCaught: true });
    expect(seen(caught, both, both)).toMatchObject({ isCaught: false });
  });

  it('of a check that is not disturbed is met by what was so before', () => {
    expect(seen(passes(PLAYERS, 'games'), clean, clean)).toMatchObject({ isCaught: true });
  });

  it.each([
    ['for the reason that is expected', /as told/, true],
    ['for another reason', /no such column/, false],
  ])('of UNKNOWN %s: caught is %s', (_, says, isCaught) => {
    const unknown = assessmentOf([PLAYERS, 'games', 'UNKNOWN']);
    expect(seen(isUnknown(PLAYERS, 'games', says), unknown, clean)).toMatchObject({ isCaught });
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

describe('a defect', () => {
  const clean = assessmentOf([PLAYERS, 'games', 'PASS'], [OFFENSE, 'games', 'PASS']);
  const judged = assessmentOf([PLAYERS, 'games', 'FAIL', [MONDAY]], [OFFENSE, 'games', 'PASS']);
  const cried = fails(PLAYERS, 'games', [MONDAY]);
  const resultOf = (caught: readonly Caught[]) => ({
    world: 'league',
    defect: 'a game lost',
    seen: caught.map((each) => seen(each, judged, clean)),
    spilled: [],
    seconds: 1,
  });

  it.each([
    ['what it names cried', [cried, passes(OFFENSE, 'games')], true],
    ['it names nothing', [], false],
    ['it names only what must not cry', [passes(OFFENSE, 'games')], false],
    ['one of two did not cry', [cried, fails(OFFENSE, 'games', [MONDAY])], false],
  ])('is judged right when %s', (_, caught, expected) => {
    expect(isCaught(resultOf(caught))).toBe(expected);
  });

  it('shows what the kinds of its checks catch, and nothing of those that passed', () => {
    const kinds = kindsThatCaught([resultOf([cried])]);
    expect([...kinds]).toEqual(['games']);
    expect(kindsThatCaught([resultOf([passes(OFFENSE, 'games')])]).size).toBe(0);
  });
});

describe('a defect in player_game_summary', () => {
  const damage = { caught: [fails(PLAYERS, 'games', [MONDAY])] };
  const clean = assessmentOf([OFFENSE, 'games', 'PASS']);

  it('spills when a check of what it reads gets worse', () => {
    const judged = assessmentOf([OFFENSE, 'games', 'WARN', [MONDAY]]);
    expect(spilled(damage, judged, definition, clean)).toMatchObject([
      { table: OFFENSE, check: 'games' },
    ]);
  });

  it('does not spill into itself, nor into what reads it', () => {
    const judged = assessmentOf([PLAYERS, 'games', 'FAIL'], [FEATURES, 'fresh', 'FAIL']);
    expect(spilled(damage, judged, definition, clean)).toEqual([]);
  });

  it('does not spill where it says that the same fact is seen', () => {
    const seenElsewhere = [{ table: OFFENSE, check: 'games', why: 'compares itself' }];
    const judged = assessmentOf([OFFENSE, 'games', 'FAIL', [MONDAY]]);
    expect(spilled({ ...damage, seenElsewhere }, judged, definition, clean)).toEqual([]);
  });

  it('does not answer for what did not pass before', () => {
    const judged = assessmentOf([OFFENSE, 'games', 'FAIL']);
    expect(spilled(damage, judged, definition, judged)).toEqual([]);
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
    ['a known hole that names no day', [OFFENSE, 'shot-zones-filled', 'FAIL', [], 'warn'], true],
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
