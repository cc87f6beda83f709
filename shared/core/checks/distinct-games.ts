import { idsOf } from '../profile.ts';
import { distinctIds, measure } from '../state-item.ts';
import type { Base } from './base.ts';
import type { CheckKind } from './kind.ts';

/** Distinct games over the range; a game has one day, so days add up. */
export type DistinctGames = Base &
  Readonly<{ kind: 'distinct-games'; game: string; atLeast: number }>;

export const distinctGames: CheckKind<DistinctGames> = {
  reads: ({ game }) => ({ own: [measure(distinctIds([game]))] }),
  columns: ({ game }) => [game],
  problems: ({ atLeast }) =>
    atLeast === 0 ? ['has atLeast: 0, so it could never fail; accepted: 1 or more games'] : [],
  judge: (check, { profile }, days) => {
    const item = distinctIds([check.game]);
    const games = new Set(days.flatMap((day) => [...idsOf(profile.days.get(day), item)])).size;
    const observed = `${games} games`;
    const expected = `≥ ${check.atLeast} games`;
    return {
      verdict: games < check.atLeast ? 'FAIL' : games === 0 ? 'UNKNOWN' : 'PASS',
      observed,
      expected,
      days: [],
      message: `${observed}, expected ${expected}`,
    };
  },
};
