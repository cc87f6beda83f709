import type { KindNote } from './kind-note.ts';

/** Kinds that compare relations, look at runs, at the past, or ask a question of their own. */
export const FAR_KIND_NOTES = {
  agreement: {
    promises:
      'The same number from two relations, group by group; a group that only one of them has counts against it.',
    example:
      '{ id: points-of-team, kind: agreement, by: [game_id, team_abbr], value: SUM(points), with: { table: nba_analytics.team_offense_game_summary, value: SUM(points_scored) }, unit: team-games }',
    fails:
      '162/164 (98.7%) team-games: SUM(points) = SUM(points_scored) of nba_analytics.team_offense_game_summary ± 0 by game_id, team_abbr; 1 of 41 days below, e.g. 20220103_LAL_BOS/LAL: none here, 101 there',
  },
  'layer-coverage': {
    promises:
      'Every unit that the layer before has on a day is here; a day on which that has none shows nothing.',
    example:
      '{ id: players, kind: layer-coverage, of: nba_raw.nbac_gamebook_player_stats, by: [player_lookup], unit: players, atLeastPercent: 99 }',
    fails:
      '2000/2104 (95.0%) players: those of nba_raw.nbac_gamebook_player_stats are here; 8 of 82 days below',
  },
  references: {
    promises: 'Every id of a day is in another relation on that day: no orphans.',
    example:
      '{ id: players-known, kind: references, by: [player_lookup], to: nba_raw.nbac_gamebook_player_stats, unit: players }',
    fails:
      '2100/2104 (99.8%) players: player_lookup is in nba_raw.nbac_gamebook_player_stats; 2 of 82 days below',
  },
  freshness: {
    promises:
      'Every expected day that is due has rows; days that are not due yet are counted apart.',
    example: "{ id: fresh-by-noon, kind: freshness, dueDays: 1, dueTime: '12:00' }",
    fails:
      '2 days are overdue; the oldest, 2022-01-03, was due 2022-01-04T17:00:00.000Z, 3 days ago',
  },
  lifecycle: {
    promises:
      'By run history: no day left running for too long, none whose last word is failed, none launched too often.',
    example: '{ id: launches, kind: lifecycle, runningHoursAtMost: 4, launchesPerDayAtMost: 5 }',
    fails:
      '82 days with run history, 1 still running; 2022-01-03 has been running since 2022-01-04T09:00:00.000Z',
  },
  written: {
    promises:
      'Each day whose last launch reported rows holds as many now, and its content is no older than that.',
    example: '{ id: as-written, kind: written }',
    fails: '80/82 days as reported; 2022-01-03 and 1 more: has no row',
  },
  'days-succeeded': {
    promises: "Days on which everything that blocks holds; judged after the table's other checks.",
    example: '{ id: enough-days, kind: days-succeeded, atLeastPercent: 95 }',
    fails: '770/848 (90.8%) days succeeded; 78 did not',
  },
  metric: {
    promises:
      'A number that the last launch into the range published is within bounds, and near what the launch before published.',
    example:
      '{ id: error-of-model, kind: metric, metric: mae, below: 4.5, baseline: previous, changeAtMostPercent: 10 }',
    fails:
      'mae 4.61, published by LAUNCH at 2022-01-04T09:00:00.000Z; expected < 4.5, within 10% of the one before',
  },
  sql: {
    promises:
      'Your own assertion, as two SELECTs: the rows that break it, and how many could. Run alone and under the byte cap.',
    example:
      '{ id: scores-agree, kind: sql, breaks: scores_agree.sql, population: scores_population.sql, reads: [nba_raw.nbac_team_boxscore] }',
    fails: '80/82 (97.5%) rows: scores-agree holds; 2 of 41 days below',
  },
  'point-in-time': {
    promises:
      'A windowed column holds what its upstream rows before the day give, computed again by us on sampled days.',
    example:
      '{ id: points-past, kind: point-in-time, column: points_avg_last_10, match: [player_lookup], of: nba_analytics.player_game_summary, value: points, aggregate: AVG, games: 10, tolerance: 0.05 }',
    fails:
      '310/400 (77.5%) rows on 8 of 82 days with rows, …; most on 2022-01-03, where 30 of 50 differ; …',
  },
  distribution: {
    promises: 'Mean and standard deviation of a column over the range lie within fixed bands.',
    example:
      '{ id: points-spread, kind: distribution, column: points, meanMin: 8, meanMax: 14, sdMin: 5, sdMax: 12 }',
    fails: 'points: mean 3.1, sd 4 of 2104 values; expected mean in [8, 14] and sd in [5, 12]',
  },
  varies: {
    promises: 'A column is not one constant over the range, or on each day.',
    example: '{ id: points-vary, kind: varies, column: points }',
    fails: 'points: always 0, of 2104 values on 82 days',
  },
  outliers: {
    promises:
      'No two consecutive game days stand out on the same side: robust z above 3.5, held against chance for their number.',
    example:
      '{ id: odd-days, kind: outliers, severity: warn, metric: { mean: points }, minimumDeviation: 2 }',
    fails: '2 of 82 days stand out with a neighbour: 2022-01-03 …, 2022-01-04 …',
  },
  regression: {
    promises: 'A number is at least 0.95 × that of a baseline: WARN below, FAIL below 0.90.',
    example:
      '{ id: filled-as-before, kind: regression, severity: warn, metric: { share: { holds: usage_rate IS NOT NULL } }, baseline: last-season }',
    fails: '…: season 2022 with season 2021: REGRESSION, … before, … now',
  },
  drift: {
    promises:
      'Values fall into fixed bins as they did in the baseline: WARN from PSI 0.1, FAIL from 0.25 on.',
    example:
      '{ id: points-drift, kind: drift, severity: warn, column: points, edges: [5, 10, 20, 30], baseline: last-season }',
    fails:
      'points: season 2022 with season 2021: PSI 0.31, KS 0.22; most: below 5, 31.0% before, 52.4% now',
  },
  trend: {
    promises: 'A number does not decay slowly: its slope over the range stays under the tolerance.',
    example:
      '{ id: no-decay, kind: trend, severity: warn, metric: { share: { holds: usage_rate IS NOT NULL } }, toleranceOverRange: 2 }',
    fails: 'falls by … from 2021-10-19 to 2022-04-10, p = 0.00012; last …',
  },
  'sudden-change': {
    promises: 'A number stays at one level; otherwise the day since when, and both levels.',
    example:
      '{ id: one-level, kind: sudden-change, severity: warn, metric: { mean: points }, minimumChange: 2 }',
    fails: 'since 2022-01-03: … before, … after',
  },
} satisfies Readonly<Record<string, KindNote>>;
