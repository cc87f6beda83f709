import type { Check } from '../../../shared/core/check.ts';
import { kindOf } from '../../../shared/core/checks/kinds.ts';
import type { Relation } from '../../../shared/core/relation.ts';
import {
  type ItemName,
  itemName,
  ROW_COUNT,
  type StateItem,
} from '../../../shared/core/state-item.ts';

/** One number a day, as a person who knows DuckDB would think of it. */
export type Wanted =
  | Readonly<{ holds: string; isOfGame?: true }>
  | Readonly<{ filled: string }>
  | Readonly<{ ids: string }>
  | Readonly<{ aggregate: 'sum' | 'min' | 'max'; of: string }>;

const filled = (column: string): Wanted => ({ filled: column });
const holds = (condition: string): Wanted => ({ holds: condition });
const ofGame = (condition: string): Wanted => ({ holds: condition, isOfGame: true });
const ids = (value: string): Wanted => ({ ids: value });
const least = (value: string): Wanted => ({ aggregate: 'min', of: value });
const most = (value: string): Wanted => ({ aggregate: 'max', of: value });
const total = (value: string): Wanted => ({ aggregate: 'sum', of: value });
const varied = (column: string): readonly Wanted[] => [filled(column), least(column), most(column)];
const played = (value: string) => `CASE WHEN minutes_played > 0 THEN ${value} END`;
const distributed = (column: string): readonly Wanted[] => [
  holds(`minutes_played > 0 AND ${column} IS NOT NULL`),
  total(played(column)),
  total(played(`${column} * ${column}`)),
  least(played(column)),
  most(played(column)),
];
const kept = (column: string): readonly Wanted[] => [
  holds(`minutes_played > 0 AND ${column} IS NOT NULL`),
  holds('minutes_played > 0'),
];
const binned = (column: string, edges: readonly number[]): readonly Wanted[] =>
  [
    `${column} < ${edges[0]}`,
    ...edges.slice(1).map((to, at) => `${column} >= ${edges[at]} AND ${column} < ${to}`),
    `${column} >= ${edges.at(-1)}`,
    `${column} IS NULL`,
  ].map((condition) => holds(`minutes_played > 0 AND ${condition}`));

/** By check: its numbers beside the row count, in the order in which the check asks for them. */
const BY_HAND: Readonly<Record<string, readonly Wanted[]>> = {
  games: [ids('game_id')],
  'both-teams': [ids("game_id || '/' || team_abbr")],
  'players-of-gamebook': [ids('player_lookup')],
  'players-in-gamebook': [filled('player_lookup'), ids('player_lookup')],
  'game-id-form': [ofGame("regexp_full_match(game_id, '\\d{8}_[A-Z]{3}_[A-Z]{3}')")],
  'day-of-game-id': [
    ofGame(
      'left(game_id, 8) = CAST(year(game_date) * 10000 + month(game_date) * 100 + day(game_date) AS VARCHAR)',
    ),
  ],
  'one-day-a-game': [filled('game_id'), ids('game_id')],
  'team-form': [ofGame("regexp_full_match(team_abbr, '[A-Z]{3}')")],
  'player-form': [holds("regexp_full_match(player_lookup, '[a-z0-9]+')")],
  'primary-source': [holds("primary_source_used = 'nbac_gamebook'")],
  'minutes-filled': [filled('minutes_played')],
  'usage-rate-filled': [
    holds('minutes_played > 0'),
    holds('minutes_played > 0 AND usage_rate IS NOT NULL'),
  ],
  'points-filled': [filled('points')],
  'fg-attempts-filled': [filled('fg_attempts')],
  'three-attempts-filled': [filled('three_pt_attempts')],
  'ft-attempts-filled': [filled('ft_attempts')],
  'assists-filled': [filled('assists')],
  'off-rebounds-filled': [filled('offensive_rebounds')],
  'def-rebounds-filled': [filled('defensive_rebounds')],
  'turnovers-filled': [filled('turnovers')],
  'ts-pct-filled': [holds('fg_attempts > 0'), holds('fg_attempts > 0 AND ts_pct IS NOT NULL')],
  'points-in-range': [filled('points'), holds('points BETWEEN 0 AND 80')],
  'minutes-in-range': [filled('minutes_played'), holds('minutes_played BETWEEN 0 AND 60')],
  'assists-in-range': [filled('assists'), holds('assists BETWEEN 0 AND 30')],
  'usage-rate-in-range': [filled('usage_rate'), holds('usage_rate BETWEEN 0 AND 100')],
  'usage-rate-plausible': [filled('usage_rate'), holds('usage_rate <= 50')],
  'points-add-up': [
    holds('points = 2 * (fg_makes - three_pt_makes) + 3 * three_pt_makes + ft_makes'),
  ],
  'makes-within-attempts': [
    holds(
      'fg_makes <= fg_attempts AND three_pt_makes <= three_pt_attempts AND three_pt_attempts <= fg_attempts AND ft_makes <= ft_attempts',
    ),
  ],
  'rebounds-in-range': [holds('offensive_rebounds + defensive_rebounds BETWEEN 0 AND 40')],
  'paint-filled': [filled('paint_attempts')],
  'mid-range-filled': [filled('mid_range_attempts')],
  'shot-zones-add-up': [
    holds(
      'NOT has_complete_shot_zones OR paint_attempts + mid_range_attempts + three_attempts_pbp = fg_attempts',
    ),
  ],
  'shot-zones-complete': [holds('has_complete_shot_zones OR paint_attempts IS NULL')],
  'good-quality': [holds("quality_tier IN ('gold', 'silver')")],
  'production-ready': [
    holds(
      `quality_tier IN ('gold', 'silver', 'bronze') AND quality_score >= 50 AND (quality_issues IS NULL OR ${[
        'all_sources_failed',
        'missing_required',
        'placeholder_created',
      ]
        .map((issue) => `NOT contains(quality_issues, '${issue}')`)
        .join(' AND ')})`,
    ),
  ],
  'minutes-played-distribution': distributed('minutes_played'),
  'usage-rate-distribution': distributed('usage_rate'),
  'points-distribution': distributed('points'),
  'minutes-played-varies': varied('minutes_played'),
  'usage-rate-varies': varied('usage_rate'),
  'points-varies': varied('points'),
  'assists-varies': varied('assists'),
  'fg-attempts-varies': varied('fg_attempts'),
  'ts-pct-varies': varied('ts_pct'),
  'win-flag-varies': varied('win_flag'),
  'minutes-kept': [filled('minutes_played')],
  'usage-rate-kept': kept('usage_rate'),
  'points-kept': [filled('points')],
  'paint-kept': [filled('paint_attempts')],
  'usage-rate-drift': binned('usage_rate', [5, 10, 15, 20, 25, 30, 35]),
  'points-drift': binned('points', [2, 5, 8, 11, 15, 20, 25, 30]),
  'usage-rate-decay': kept('usage_rate'),
  'usage-rate-step': kept('usage_rate'),
  'usage-rate-odd-days': kept('usage_rate'),
};

/**
 * What these numbers of a relation's checks are, by hand; all but the row count.
 *
 * @throws Error naming what nobody wrote by hand
 */
export function wantedByHand(
  relation: Relation,
  items: readonly StateItem[],
): ReadonlyMap<ItemName, Wanted> {
  const wanted = new Map(relation.checks.flatMap(writtenFor));
  const unwritten = items.map(itemName).filter((name) => name !== ROW_COUNT && !wanted.has(name));
  if (unwritten.length === 0) return wanted;
  throw new Error(
    `test/bench/gate/by-hand.ts writes nothing for ${unwritten.join(', ')} of ${relation.name}; add it to BY_HAND under its check`,
  );
}

function writtenFor(check: Check): readonly (readonly [ItemName, Wanted])[] {
  const asked = kindOf(check)
    .reads(check)
    .own.filter(({ kind }) => kind === 'measure')
    .map(itemName)
    .filter((name) => name !== ROW_COUNT);
  const written = BY_HAND[check.id] ?? [];
  if (asked.length === written.length) return asked.map((name, at) => [name, written[at]!]);
  throw new Error(
    `test/bench/gate/by-hand.ts writes ${written.length} numbers for ${check.id}, which asks for ${asked.length}: ${asked.join(', ')}`,
  );
}
