-- One row per game, market and side, from one line a game. A line that the file lacks gives no row.
-- Moneylines become decimal odds; spreads and totals have no price in the file.
WITH
  sides AS (
    SELECT
      game_id, game_date, season_year, home_team_abbr, away_team_abbr,
      'spreads' AS market_key, home_team_abbr AS outcome_name,
      spread_home AS outcome_point, CAST(NULL AS INT64) AS american_odds
    FROM `phasegate_staging.raw_odds`
    WHERE spread_home IS NOT NULL
    UNION ALL
    SELECT
      game_id, game_date, season_year, home_team_abbr, away_team_abbr,
      'spreads', away_team_abbr, 0 - spread_home, CAST(NULL AS INT64)
    FROM `phasegate_staging.raw_odds`
    WHERE spread_home IS NOT NULL
    UNION ALL
    SELECT
      game_id, game_date, season_year, home_team_abbr, away_team_abbr,
      'totals', 'Over', total_line, CAST(NULL AS INT64)
    FROM `phasegate_staging.raw_odds`
    WHERE total_line IS NOT NULL
    UNION ALL
    SELECT
      game_id, game_date, season_year, home_team_abbr, away_team_abbr,
      'totals', 'Under', total_line, CAST(NULL AS INT64)
    FROM `phasegate_staging.raw_odds`
    WHERE total_line IS NOT NULL
    UNION ALL
    SELECT
      game_id, game_date, season_year, home_team_abbr, away_team_abbr,
      'h2h', home_team_abbr, CAST(NULL AS FLOAT64), moneyline_home
    FROM `phasegate_staging.raw_odds`
    WHERE moneyline_home IS NOT NULL
    UNION ALL
    SELECT
      game_id, game_date, season_year, home_team_abbr, away_team_abbr,
      'h2h', away_team_abbr, CAST(NULL AS FLOAT64), moneyline_away
    FROM `phasegate_staging.raw_odds`
    WHERE moneyline_away IS NOT NULL
  )
SELECT
  game_id,
  game_date,
  season_year,
  home_team_abbr,
  away_team_abbr,
  market_key,
  outcome_name,
  outcome_point,
  CASE
    WHEN american_odds > 0 THEN 1 + SAFE_DIVIDE(american_odds, 100)
    WHEN american_odds < 0 THEN 1 - SAFE_DIVIDE(100, american_odds)
  END AS outcome_price
FROM sides
