import type { KindNote } from './kind-note.ts';

/** Kinds that look at rows and days of one table. */
export const ROW_KIND_NOTES = {
  'day-coverage': {
    promises: 'A row on the expected days.',
    example: '{ id: days, kind: day-coverage, atLeastPercent: 95 }',
    fails: '40 expected days have no row',
  },
  'grain-coverage': {
    promises: 'Each expected game, team-game or team of the season is there, by its identity.',
    example:
      '{ id: both-teams, kind: grain-coverage, grain: team-games, game: game_id, team: team_abbr, atLeastPercent: 100 }',
    fails: '2 missing, e.g. 20220103_LAL_BOS/BOS, 20220103_LAL_BOS/LAL',
  },
  'distinct-games': {
    promises: 'So many games over the range: an absolute floor.',
    example:
      '{ id: games-floor, kind: distinct-games, game: game_id, atLeast: 5600, applies: 2021-10-19..2026-01-02 }',
    fails: '5431 games, expected ≥ 5600 games',
  },
  'row-count': {
    promises:
      "Rows over the range, per final game of each day, or against another table's rows on the same days.",
    example: '{ id: players-per-game, kind: row-count, of: game, atLeast: 16, atMost: 40 }',
    fails: '2104 rows, 3 of 82 days outside, expected ≥ 16 and ≤ 40 rows a game on each day',
  },
  unique: {
    promises: 'No two rows of a day share a key, and no key is NULL.',
    example: '{ id: unique-key, kind: unique }',
    fails: '12 rows too many among 2104, expected unique game_id,player_lookup',
  },
  'not-null': {
    promises: 'A column is filled where it must be.',
    example:
      '{ id: usage-rate-filled, kind: not-null, column: usage_rate, where: minutes_played > 0, atLeastPercent: 95 }',
    fails:
      '1788/2104 (84.9%) rows: usage_rate filled where minutes_played > 0; 23 of 82 days below',
  },
  range: {
    promises: 'A column lies between two bounds. A NULL does not.',
    example: '{ id: points-in-range, kind: range, column: points, min: 0, max: 80 }',
    fails: '2102/2104 (99.9%) rows: points in [0, 80]; 1 of 82 days below',
  },
  'category-share': {
    promises: 'A column has one of these values.',
    example:
      '{ id: good-quality, kind: category-share, column: quality_tier, values: [gold, silver], atLeastPercent: 80 }',
    fails: '1500/2104 (71.2%) rows: quality_tier in gold, silver; 40 of 82 days below',
  },
  identity: {
    promises: 'Two expressions agree on each row, within a tolerance.',
    example:
      '{ id: points-add-up, kind: identity, left: points, right: 2 * two_makes + 3 * three_makes + ft_makes, atLeastPercent: 100 }',
    fails:
      '2100/2104 (99.8%) rows: points = 2 * two_makes + 3 * three_makes + ft_makes ± 0; 2 of 82 days below',
  },
  condition: {
    promises: 'A condition holds on each row. Where it is NULL it does not.',
    example: '{ id: makes-within-attempts, kind: condition, holds: fg_makes <= fg_attempts }',
    fails: '2103/2104 (99.9%) rows: fg_makes <= fg_attempts; 1 of 82 days below',
  },
  pattern: {
    promises: 'A text has a form. The RE2 expression is searched for, so anchor it.',
    example:
      "{ id: game-id-form, kind: pattern, column: game_id, pattern: '^[0-9]{8}_[A-Z]{3}_[A-Z]{3}$' }",
    fails:
      '2080/2104 (98.8%) rows: game_id matches ^[0-9]{8}_[A-Z]{3}_[A-Z]{3}$; 1 of 82 days below',
  },
  'day-in-id': {
    promises: "The YYYYMMDD in an id is the row's day.",
    example: '{ id: day-of-game-id, kind: day-in-id, column: game_id }',
    fails: '2080/2104 (98.8%) rows: the day in game_id is game_date; 1 of 82 days below',
  },
  'one-day': {
    promises: 'Each id is on one day of the range only, and no row is without one.',
    example: '{ id: one-day-a-game, kind: one-day, column: game_id }',
    fails:
      '81 of 82 on one day: each game_id on one day; 1 on several days, e.g. 20220103_LAL_BOS on 2022-01-03, 2022-01-04',
  },
  'group-condition': {
    promises: "An aggregate condition holds for each group of a day's rows.",
    example:
      '{ id: two-teams, kind: group-condition, by: [game_id], holds: COUNT(DISTINCT team_abbr) = 2, unit: games }',
    fails:
      '80/82 (97.5%) games: COUNT(DISTINCT team_abbr) = 2 by game_id; 2 of 41 days below, e.g. 20220103_LAL_BOS',
  },
  'group-identity': {
    promises: 'Two aggregates agree for each group, within a tolerance.',
    example:
      '{ id: minutes-of-team, kind: group-identity, by: [game_id, team_abbr], left: SUM(minutes_played), right: MAX(team_minutes), tolerance: 3, unit: team-games }',
    fails:
      '160/164 (97.5%) team-games: SUM(minutes_played) = MAX(team_minutes) ± 3 by game_id, team_abbr; 2 of 41 days below, e.g. 20220103_LAL_BOS/LAL: 180 instead of 240',
  },
  'fallback-share': {
    promises: 'Rows from anything but the primary source stay few; NULL is not primary.',
    example:
      '{ id: primary-source, kind: fallback-share, column: primary_source_used, primary: [nbac_gamebook], atMostPercent: 10 }',
    fails:
      '1788/2104 (84.9%) rows: primary_source_used is nbac_gamebook, not a fallback; 12 of 82 days below',
  },
  'production-ready': {
    promises:
      'Tier gold, silver or bronze, score 50 or more, no blocking issue: computed here, whatever the row says of itself.',
    example:
      '{ id: ready, kind: production-ready, tier: quality_tier, score: quality_score, issues: quality_issues, atLeastPercent: 95 }',
    fails: '1900/2104 (90.3%) rows: production-ready; 20 of 82 days below',
  },
} satisfies Readonly<Record<string, KindNote>>;
