import { describe, expect, it } from 'vitest';
import { parseDaySet } from '../../shared/core/day-set.ts';
import { launchId, parseRunId, parseTableName } from '../../shared/core/ids.ts';
import type { Lock, RunStore } from '../../shared/ports/run-store.ts';

const [RUN_A, RUN_B] = ['0000000a', '0000000b'].map((hash) =>
  parseRunId(`tiny-20220101-20220131-${hash}`),
) as [Lock['run'], Lock['run']];
const T = parseTableName('a.teams');
const U = parseTableName('a.players');

function lockOf(run: Lock['run'], days: string, attempt = 1, table = T): Lock {
  return { table, launch: launchId(run, table, attempt), run, days: parseDaySet(days) };
}

/**
 * The part of the contract that says what locks and fences owe to their callers.
 *
 * @param another a second connection to what `store` is connected to
 */
export function describeLocks(store: () => RunStore, another: () => RunStore): void {
  const january = lockOf(RUN_A, '2022-01-01..2022-01-31');

  it('lets one launch hold a table, and shows what it holds', async () => {
    expect(await store().locks()).toEqual([]);
    expect(await store().lock(january, 1)).toBeNull();
    expect(await store().locks()).toEqual([january]);
  });

  it.each([
    ['the same days', '2022-01-01..2022-01-31'],
    ['its first day', '2022-01-01'],
    ['its last day, among others', '2021-12-01..2021-12-02,2022-01-31..2022-03-01'],
  ])('refuses %s to another launch, names who holds them, and changes nothing', async (_, days) => {
    await store().lock(january, 9);
    expect(await store().lock(lockOf(RUN_B, days), 9)).toEqual(january);
    expect(await store().locks()).toEqual([january]);
  });

  it('lets no more launches write a table than it has writers, however far apart their days are', async () => {
    const february = lockOf(RUN_B, '2022-02-01..2022-02-28');
    const march = lockOf(RUN_B, '2022-03-01..2022-03-31', 2);
    await store().lock(january, 2);
    expect(await store().lock(february, 1)).toEqual(january);
    expect(await store().lock(february, 2)).toBeNull();
    expect([january, february]).toContainEqual(await store().lock(march, 2));
    expect(await store().locks()).toEqual([january, february]);
  });

  it('names the launch whose days are wanted, not another one that is there', async () => {
    const february = lockOf(RUN_B, '2022-02-01..2022-02-28');
    await store().lock(january, 2);
    await store().lock(february, 2);
    expect(await store().lock(lockOf(RUN_B, '2022-02-28', 2), 2)).toEqual(february);
  });

  it('holds other days for the launch that asks again, and keeps the old ones where it may not', async () => {
    const february = lockOf(RUN_B, '2022-02-01..2022-02-28');
    await store().lock(january, 2);
    await store().lock(february, 2);
    expect(await store().lock(lockOf(RUN_A, '2022-02-14'), 2)).toEqual(february);
    expect(await store().locks()).toEqual([january, february]);
    const one = lockOf(RUN_A, '2022-01-03');
    expect(await store().lock(one, 2)).toBeNull();
    expect(await store().locks()).toEqual([one, february]);
    expect(await store().lock(one, 2)).toBeNull();
  });

  it('keeps tables apart', async () => {
    await store().lock(january, 1);
    const others = lockOf(RUN_B, '2022-01-01..2022-01-31', 1, U);
    expect(await store().lock(others, 1)).toBeNull();
    expect(await store().locks()).toEqual([others, january]);
  });

  it('lets go of what one launch holds, also twice, and of nothing else', async () => {
    const february = lockOf(RUN_B, '2022-02-01..2022-02-28');
    await store().lock(january, 2);
    await store().lock(february, 2);
    await store().unlock(T, january.launch);
    await store().unlock(T, january.launch);
    await store().unlock(U, february.launch);
    expect(await store().locks()).toEqual([february]);
    expect(await store().lock(lockOf(RUN_B, '2022-01-05', 2), 2)).toBeNull();
  });

  it('lets exactly one of many have the same day, whatever connection they ask by', async () => {
    const asked = Array.from({ length: 20 }, (_, index) => lockOf(RUN_A, '2022-01-07', index + 1));
    const answers = await Promise.all(
      asked.map((lock, index) => (index % 2 === 0 ? store() : another()).lock(lock, 20)),
    );
    const won = asked.filter((_, index) => answers[index] === null);
    expect(won.length).toBe(1);
    expect(await store().locks()).toEqual(won);
    expect(await another().locks()).toEqual(won);
    expect(answers.filter((answer) => answer !== null)).toEqual(Array(19).fill(won[0]));
  });

  it('lets exactly one of many have the same day of a table of which other days are held', async () => {
    await store().lock(january, 20);
    const asked = Array.from({ length: 12 }, (_, index) => lockOf(RUN_B, '2022-02-07', index + 1));
    const answers = await Promise.all(
      asked.map((lock, index) => (index % 2 === 0 ? store() : another()).lock(lock, 20)),
    );
    const won = asked.filter((_, index) => answers[index] === null);
    expect(won.length).toBe(1);
    expect(await store().locks()).toEqual([january, ...won]);
  });

  it('loses nothing where some take days of a table while others let go', async () => {
    const six = (run: Lock['run'], year: number) =>
      [1, 2, 3, 4, 5, 6].map((n) => lockOf(run, `${year}-0${n}-01`, n));
    const [old, wanted] = [six(RUN_A, 2022), six(RUN_B, 2023)];
    const [gone, kept] = [old.slice(0, 3), old.slice(3)];
    for (const lock of old) await store().lock(lock, 20);
    const answers = await Promise.all([
      ...gone.map(({ table, launch }) => store().unlock(table, launch)),
      ...wanted.map((lock) => another().lock(lock, 20)),
    ]);
    expect(answers.slice(gone.length)).toEqual(Array(6).fill(null));
    expect(await store().locks()).toEqual([...kept, ...wanted]);
  });

  describe('posting while days are held', () => {
    const fact = {
      id: 'm1',
      event: { type: 'clock-ticked', at: '2026-01-01T00:00:00.000Z' },
    } as const;

    it('posts a fact, the run’s first one too, and lets go of the days at that moment', async () => {
      await store().lock(january, 1);
      const holding = await another().holding(T, january.launch);
      expect(await store().postHolding(RUN_A, fact, holding!)).toBe(true);
      expect((await another().load(RUN_A))?.inbox).toEqual([fact]);
      expect(await another().locks()).toEqual([]);
      expect(await another().holding(T, january.launch)).toBeNull();
    });

    it('is the same holding for a launch that asks again, also for other days', async () => {
      await store().lock(january, 1);
      const holding = await store().holding(T, january.launch);
      await another().lock(lockOf(RUN_A, '2022-02-01..2022-02-28'), 1);
      expect(await store().holding(T, january.launch)).toEqual(holding);
      expect(await store().postHolding(RUN_A, fact, holding!)).toBe(true);
    });

    it('posts nothing once somebody let go of the days, taken again or not', async () => {
      await store().lock(january, 1);
      const holding = await store().holding(T, january.launch);
      await another().unlock(T, january.launch);
      const posting = () => store().postHolding(RUN_A, fact, holding!);
      await expect(posting()).rejects.toMatchObject({ kind: 'conflict' });
      await another().lock(january, 1);
      await expect(posting()).rejects.toMatchObject({ kind: 'conflict' });
      expect(await store().load(RUN_A)).toBeNull();
      expect(await store().locks()).toEqual([january]);
    });

    it('knows a fact that was posted before, whatever is held', async () => {
      await store().lock(january, 1);
      const holding = await store().holding(T, january.launch);
      await another().post(RUN_A, fact);
      expect(await store().postHolding(RUN_A, fact, holding!)).toBe(false);
      expect((await store().load(RUN_A))?.inbox).toEqual([fact]);
    });

    it('lets exactly one of many post, whatever connection they ask by, and disturbs no other launch', async () => {
      const february = lockOf(RUN_B, '2022-02-01..2022-02-28');
      await store().lock(january, 2);
      await store().lock(february, 2);
      const holding = await store().holding(T, january.launch);
      const posts = await Promise.allSettled(
        Array.from({ length: 8 }, (_, index) =>
          (index % 2 === 0 ? store() : another()).postHolding(
            RUN_A,
            { ...fact, id: `m${index}` },
            holding!,
          ),
        ),
      );
      const posted = posts.filter((end) => end.status === 'fulfilled' && end.value);
      expect(posted.length).toBe(1);
      expect((await store().load(RUN_A))?.inbox.length).toBe(1);
      expect(await store().locks()).toEqual([february]);
    });
  });

  it('gives a launch to the first execution that claims it, for ever', async () => {
    const { launch } = january;
    expect(await store().claim(launch, 'x1')).toBe('x1');
    expect(await store().claim(launch, 'x2')).toBe('x1');
    expect(await another().claim(launch, 'cancelled')).toBe('x1');
    expect(await store().claim(launch, 'x1')).toBe('x1');
    expect(await store().claim(lockOf(RUN_A, '2022-01-01', 2).launch, 'x2')).toBe('x2');
  });

  it('tells all of many that claim a launch at once the same execution', async () => {
    const claims = Array.from({ length: 20 }, (_, index) =>
      (index % 2 === 0 ? store() : another()).claim(january.launch, `x${index}`),
    );
    const told = new Set(await Promise.all(claims));
    expect(told.size).toBe(1);
    expect(await store().claim(january.launch, 'late')).toBe([...told][0]);
  });
}
