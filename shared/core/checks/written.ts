import { type DayHistory, type LaunchWord, lastEnded } from '../day-history.ts';
import { daySetOf } from '../day-set.ts';
import type { Day } from '../days.ts';
import { unknown } from '../judge/facts.ts';
import { numberOf } from '../profile.ts';
import type { Instant } from '../run.ts';
import { measure, ROW_COUNT } from '../state-item.ts';
import type { Base } from './base.ts';
import type { CheckKind } from './kind.ts';

/**
 * A launch that reported rows really wrote them: the day has as many rows now, and its content is no
 * older than the first launch that reported so many.
 *
 * Not than the last one: a warehouse may keep a day's change token when the day is written anew with
 * the same content, so a token older than the last snapshot proves nothing where an earlier launch
 * accounts for the same rows. A launch that told no snapshot has no place in time, so its rows show nothing.
 * Other rows than reported are no break where somebody wrote later.
 */
export type Written = Base & Readonly<{ kind: 'written' }>;

/** What became of the last claim about a day. */
type Claim =
  | 'kept'
  | 'empty'
  | 'other-rows'
  | 'untouched'
  | 'overwritten'
  | 'none'
  | 'timeless'
  | 'untold';

export const written: CheckKind<Written> = {
  reads: () => ({ own: [measure(ROW_COUNT)] }),
  columns: () => [],
  judge: (_, { profile, history, changedAt }, days) => {
    const claims = Map.groupBy(days, (day) => {
      const rows = numberOf(profile.days.get(day), ROW_COUNT);
      return claimOf(history.get(day), rows, changedAt.get(day) ?? '');
    });
    const of = (claim: Claim) => claims.get(claim) ?? [];
    const count = (claim: Claim) => of(claim).length;
    const broken = { empty: of('empty'), other: of('other-rows'), untouched: of('untouched') };
    const bad = Object.values(broken).flat();
    const judged = count('kept') + bad.length;
    const expected = 'the rows that the last launch reported, written by it';
    const aside = [
      ...(count('overwritten') > 0
        ? [`${count('overwritten')} written by somebody else since`]
        : []),
      ...(count('none') > 0 ? [`${count('none')} whose last launch reported no rows`] : []),
      ...(count('timeless') > 0
        ? [
            `${count('timeless')} whose launches told no snapshot, so that nobody knows what they wrote`,
          ]
        : []),
      ...(count('untold') > 0 ? [`${count('untold')} unverified, no launch is recorded`] : []),
    ];
    if (judged === 0) {
      const reason = ['no launch can be held to the rows of any of these days', ...aside].join(
        '; ',
      );
      return { ...unknown(`${reason}, so nothing was shown`), expected };
    }
    const observed = `${count('kept')}/${judged} days as reported`;
    const trouble = [
      told(broken.empty, 'has no row'),
      told(broken.other, 'has other rows than reported'),
      told(broken.untouched, 'has not changed since before the launch'),
    ].flat();
    return {
      verdict: bad.length === 0 ? 'PASS' : 'FAIL',
      observed,
      expected,
      days: daySetOf(bad),
      message: [observed, ...trouble, ...aside].join('; '),
    };
  },
};

function claimOf(past: DayHistory | undefined, rows: number, changedAt: string): Claim {
  if (past === undefined) return 'untold';
  const last = past.launches.at(-1);
  if (last?.status !== 'success' || last !== lastEnded(past.launches)) return 'none';
  if (last.rows === null || last.rows === 0) return 'none';
  if (rows === 0) return changedAt > last.saidAt ? 'overwritten' : 'empty';
  if (rows !== last.rows) return changedAt > last.saidAt ? 'overwritten' : 'other-rows';
  const first = firstSnapshotOf(past.launches, rows);
  if (first === undefined) return 'timeless';
  return changedAt >= first ? 'kept' : 'untouched';
}

/** The first snapshot that a launch told which reported so many rows. */
function firstSnapshotOf(launches: readonly LaunchWord[], rows: number): Instant | undefined {
  const same = launches.filter((word) => word.status === 'success' && word.rows === rows);
  return same.flatMap(({ readAt }) => readAt ?? []).sort()[0];
}

function told(days: readonly Day[], what: string): readonly string[] {
  const [first] = days;
  if (first === undefined) return [];
  return [days.length === 1 ? `${first} ${what}` : `${first} and ${days.length - 1} more: ${what}`];
}
