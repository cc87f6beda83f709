import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Check } from '../../shared/core/check.ts';
import { daySetOf } from '../../shared/core/day-set.ts';
import type { Day } from '../../shared/core/days.ts';
import type { GateEvidence } from '../../shared/core/evidence.ts';
import type { TableFacts } from '../../shared/core/judge/facts.ts';
import { judgeAgain } from '../../shared/core/judge/judge-again.ts';
import { judgeTable } from '../../shared/core/judge/judge-table.ts';
import type { ItemValue } from '../../shared/core/profile.ts';
import { pack, unpack } from '../../shared/edge/evidence-pack.ts';
import { readEvidence, writeEvidence } from '../../shared/edge/evidence-text.ts';
import { evidenceOf } from '../core/evidence-of.ts';
import {
  D1,
  D2,
  dayWith,
  facts,
  gamesThere,
  holdsOn,
  itemsOf,
  notNull,
  unique,
} from '../core/table-facts.ts';

const CHECKS: readonly Check[] = [notNull, unique, gamesThere];

const reread = (evidence: GateEvidence) => {
  const { sha256, ...read } = readEvidence('gate-1', writeEvidence(evidence).text);
  return { sha256, read: read as GateEvidence };
};

const text = fc.string({ unit: 'binary', maxLength: 8 });
const item: fc.Arbitrary<ItemValue> = fc.oneof(
  fc.boolean(),
  fc.integer(),
  fc.double({ noNaN: false }),
  text,
  fc.constant(null),
  fc.array(fc.tuple(fc.option(text), fc.double(), fc.option(fc.integer())), { maxLength: 3 }),
);
const profileOfDay = fc
  .record({
    rows: fc.nat(12),
    filled: fc.nat(12),
    surplus: fc.nat(2),
    games: fc.constantFrom('', 'g1', 'g2', 'g1,g2'),
    others: fc.dictionary(text, item, { maxKeys: 3 }),
  })
  .map(({ rows, filled, surplus, games, others }) => {
    const [, key = ''] = itemsOf(unique);
    const [ids = ''] = itemsOf(gamesThere);
    const values = { ...others, ...holdsOn(notNull, filled), [key]: surplus, [ids]: games };
    return dayWith(rows, values);
  });
const someDays = fc.subarray([D1, D2]).map(daySetOf);
const someInstant = fc
  .date({ min: new Date('2022-01-01'), max: new Date('2023-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());

/** Facts as an assessment makes them: several tables that share the schedule and each other's profiles. */
const gate: fc.Arbitrary<readonly TableFacts[]> = fc
  .array(
    fc.record({
      checks: fc.subarray([...CHECKS], { minLength: 1 }),
      one: fc.option(profileOfDay),
      two: fc.option(profileOfDay),
      rowsWithoutDay: fc.nat(1),
      refused: fc.dictionary(fc.constantFrom(...CHECKS.flatMap(itemsOf)), text, { maxKeys: 1 }),
      stale: someDays,
      unexpected: someDays,
      changedAt: someInstant,
      waived: someDays,
      rows: fc.nat(9),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((drawn) => {
    const tables = drawn.map(({ checks, one, two, stale, unexpected, ...each }) => {
      const days: [Day, ReturnType<typeof dayWith>][] = [];
      if (one !== null) days.push([D1, one]);
      if (two !== null) days.push([D2, two]);
      const made = facts(checks, days, {
        stale,
        unexpected,
        changedAt: new Map([[D1, each.changedAt]]),
        waivers: [{ ...WAIVER, days: each.waived }],
      });
      const profile = {
        ...made.profile,
        rowsWithoutDay: each.rowsWithoutDay,
        refused: new Map(Object.entries(each.refused)),
      };
      return { ...made, profile, rowsOf: new Map([[profile.table, new Map([[D2, each.rows]])]]) };
    });
    const others = new Map(tables.map(({ profile }) => [profile.table, profile]));
    return tables.map((table) => ({ ...table, others }));
  });
const WAIVER = {
  table: facts([], []).table.name,
  check: notNull.id,
  reason: 'arena closed',
  who: 'ana',
  until: D2,
};

const filled = dayWith(9, holdsOn(notNull, 9));
const sound = () =>
  facts(
    [notNull],
    [
      [D1, filled],
      [D2, filled],
    ],
  );
const whole = () => facts(CHECKS, [[D1, dayWith(2, holdsOn(notNull, 2))]]);

describe('the text of an evidence', () => {
  it('gives back everything that was found and everything that it rests on', () => {
    fc.assert(
      fc.property(gate, (tables) => {
        const evidence = evidenceOf(tables);
        expect(reread(evidence).read).toStrictEqual(evidence);
      }),
      { seed: 11, numRuns: 150 },
    );
  });

  it('is judged again as it was judged, whatever was found', () => {
    const met = new Set<string>();
    fc.assert(
      fc.property(fc.oneof(gate, fc.constant([sound()])), (tables) => {
        const evidence = evidenceOf(tables);
        const again = judgeAgain(reread(evidence).read);
        met.add(again.verdict);
        expect(again.tables).toEqual(evidence.tables.map(({ judgement }) => judgement));
        expect(again.differences).toEqual([]);
      }),
      { seed: 12, numRuns: 150 },
    );
    expect(met.size).toBeGreaterThan(1);
  });

  it('grows with what was found, not with the tables that share it', () => {
    const sizeOf = (count: number) =>
      writeEvidence(evidenceOf(Array.from({ length: count }, () => shared))).text.length;
    const shared = whole();
    expect(sizeOf(21) - sizeOf(20)).toBeLessThan(sizeOf(1) / 2);
  });

  it('keeps a gate that could not judge anything, as UNKNOWN', () => {
    const evidence = evidenceOf([], {
      verdict: 'UNKNOWN',
      trouble: 'the schedule has game g1 twice',
    });
    const { read } = reread(evidence);
    expect(read).toStrictEqual(evidence);
    expect(judgeAgain(read)).toMatchObject({ verdict: 'UNKNOWN', differences: [] });
  });

  it.each([
    ['a verdict', '"verdict":"FAIL"', '"verdict":"PASS"'],
    ['a fact', '"1":1', '"1":2'],
    ['a threshold', '"i":"50"', '"i":"05"'],
    ['who asked', '"requestedBy":"ana"', '"requestedBy":"bob"'],
  ])('in which somebody changed %s is told apart', (_, before, after) => {
    const profile = { ...whole().profile, refused: new Map([['x', '"1":1']]) };
    const { text: kept } = writeEvidence(evidenceOf([{ ...whole(), profile }]));
    const escaped = kept.includes(before) ? [before, after] : [before, after].map(asJsonPart);
    const changed = kept.replace(escaped[0]!, escaped[1]!);
    expect(changed).not.toBe(kept);
    expect(() => readEvidence('gate-1', changed)).toThrow(
      /gate-1 was changed after it was written/,
    );
  });

  it('of another version is refused with the version that is accepted', () => {
    const { text: kept } = writeEvidence(evidenceOf([whole()]));
    const other = kept.replace('"version":2', '"version":1');
    expect(() => readEvidence('gate-1', other)).toThrow(/version 1; accepted: 2/);
  });

  it.each(['', '{', '[]', '{"format":"phasegate-evidence"}', '{"version":2}'])(
    'is not %j',
    (other) =>
      expect(() => readEvidence('gate-1', other)).toThrow(/gate-1 is (not JSON|no evidence)/),
  );

  it('whose facts lack what a judgement needs is refused, although its seal is right', () => {
    const { schedule: _, ...lacking } = whole();
    const { text: kept } = writeEvidence({
      ...evidenceOf([whole()]),
      tables: [{ judgement: judgeTable(whole()), facts: lacking as TableFacts }],
    });
    expect(() => readEvidence('gate-1', kept)).toThrow(/tables\.0\.facts\.schedule/);
  });
});

describe('evidence judged again', () => {
  it('names each verdict that comes out otherwise, with both', () => {
    const evidence = evidenceOf([whole()]);
    const [table] = evidence.tables;
    const checks = table!.judgement.checks.map((check) =>
      check.id === 'games' ? { ...check, verdict: 'PASS' as const } : check,
    );
    const told = {
      ...evidence,
      tables: [{ ...table!, judgement: { ...table!.judgement, checks } }],
    };
    expect(judgeAgain(told).differences).toEqual([
      {
        table: 'a.t',
        check: 'games',
        stored: 'PASS',
        again: expect.stringMatching('FAIL|UNKNOWN'),
      },
    ]);
  });
});

describe('packing', () => {
  it('gives back any plain value, also numbers that JSON has not', () => {
    const anything = fc.anything({
      withBigInt: true,
      withMap: true,
      withSet: true,
      withNullPrototype: false,
      values: [fc.string(), fc.double(), fc.boolean(), fc.constant(null), fc.bigInt()],
    });
    fc.assert(
      fc.property(anything, (value) => {
        expect(unpack(JSON.parse(JSON.stringify(pack(value))))).toStrictEqual(value);
      }),
      { seed: 13, numRuns: 500 },
    );
  });

  it('keeps what was one object one object', () => {
    const one = { a: 1 };
    const [first, second] = unpack(pack([one, one])) as object[];
    expect(first).toBe(second);
  });

  it('refuses a function instead of losing it', () => {
    expect(() => pack({ judge: () => 1 })).toThrow(/cannot keep a function/);
  });
});

function asJsonPart(part: string): string {
  return JSON.stringify(part).slice(1, -1);
}
