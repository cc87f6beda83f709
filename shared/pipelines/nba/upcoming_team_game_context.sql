-- One row per team with a game on the day; rest, streaks and margins from its earlier games of the
-- season by the schedule. Reads nbac_schedule, odds_api_game_lines, team_offense_game_summary (only to
-- count how much of the history exists).
WITH
  schedule AS (
    SELECT
      game_id, game_date, season_year, home_team_tricode, away_team_tricode,
      home_team_score - away_team_score AS home_margin
    FROM `nba_raw.nbac_schedule`
    WHERE game_date BETWEEN DATE_SUB(@from, INTERVAL 270 DAY) AND @to
      AND season_type IN ('regular', 'play_in', 'playoffs')
      AND game_status = 3
  ),
  sides AS (
    SELECT
      game_id, game_date, season_year, home_team_tricode AS team_abbr,
      away_team_tricode AS opponent_team_abbr, TRUE AS home_game, home_margin AS margin
    FROM schedule
    UNION ALL
    SELECT
      game_id, game_date, season_year, away_team_tricode,
      home_team_tricode, FALSE, 0 - home_margin
    FROM schedule
  ),
  summaries AS (
    SELECT game_date, team_abbr
    FROM `nba_analytics.team_offense_game_summary`
    WHERE game_date BETWEEN DATE_SUB(@from, INTERVAL 270 DAY) AND DATE_SUB(@to, INTERVAL 1 DAY)
  ),
  numbered AS (
    SELECT
      sides.*,
      summaries.team_abbr IS NOT NULL AS is_summarised,
      DATE_DIFF(sides.game_date, DATE '2000-01-01', DAY) AS day_number,
      ROW_NUMBER() OVER (
        PARTITION BY sides.season_year, sides.team_abbr ORDER BY sides.game_date, sides.game_id
      ) AS game_number
    FROM sides
    LEFT JOIN summaries
      ON summaries.game_date = sides.game_date AND summaries.team_abbr = sides.team_abbr
  ),
  histories AS (
    SELECT
      *,
      DATE_DIFF(game_date, LAG(game_date) OVER season_order, DAY) AS days_since_last_game,
      LAG(margin) OVER season_order AS last_game_margin,
      COUNT(IF(is_summarised, 1, NULL)) OVER season_before AS summaries_before,
      IFNULL(MAX(IF(margin > 0, NULL, game_number)) OVER season_before, 0) AS last_game_not_won,
      IFNULL(MAX(IF(margin < 0, NULL, game_number)) OVER season_before, 0) AS last_game_not_lost,
      COUNT(*) OVER days_7 AS games_7,
      COUNT(*) OVER days_14 AS games_14
    FROM numbered
    WINDOW
      season_order AS (PARTITION BY season_year, team_abbr ORDER BY game_date, game_id),
      season_before AS (
        PARTITION BY season_year, team_abbr ORDER BY game_date, game_id
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
      ),
      days_7 AS (
        PARTITION BY season_year, team_abbr ORDER BY day_number
        RANGE BETWEEN 7 PRECEDING AND 1 PRECEDING
      ),
      days_14 AS (
        PARTITION BY season_year, team_abbr ORDER BY day_number
        RANGE BETWEEN 14 PRECEDING AND 1 PRECEDING
      )
  ),
  game_lines AS (
    SELECT
      game_id,
      AVG(IF(market_key = 'spreads' AND outcome_name = home_team_abbr, outcome_point, NULL)) AS home_spread,
      AVG(IF(market_key = 'totals' AND outcome_name = 'Over', outcome_point, NULL)) AS game_total
    FROM `nba_raw.odds_api_game_lines`
    WHERE game_date BETWEEN @from AND @to
    GROUP BY game_id
  ),
  scored AS (
    SELECT
      histories.*,
      game_number - 1 AS games_before,
      game_lines.home_spread,
      game_lines.game_total,
      ROUND(SAFE_DIVIDE(100 * summaries_before, game_number - 1), 1) AS completeness,
      SUBSTR(CONCAT(
        IF(game_number = 1, ',no_earlier_game', ''),
        IF(summaries_before < game_number - 1, ',incomplete_history', ''),
        IF(home_spread IS NULL OR game_total IS NULL, ',game_line_unavailable', '')
      ), 2) AS quality_issues,
      100.0
        - IF(home_spread IS NULL OR game_total IS NULL, 10, 0)
        - IFNULL(ROUND(SAFE_DIVIDE(100 * (game_number - 1 - summaries_before), game_number - 1), 1), 0)
        AS quality_score
    FROM histories
    LEFT JOIN game_lines ON game_lines.game_id = histories.game_id
    WHERE histories.game_date BETWEEN @from AND @to
  )
SELECT
  team_abbr,
  game_id,
  game_date,
  season_year,
  opponent_team_abbr,
  home_game,
  IFNULL(days_since_last_game = 1, FALSE) AS is_back_to_back,
  days_since_last_game,
  game_number AS game_number_in_season,
  days_since_last_game - 1 AS team_days_rest,
  games_7 AS games_in_last_7_days,
  games_14 AS games_in_last_14_days,
  IF(home_game, home_spread, 0 - home_spread) AS game_spread,
  game_total,
  games_before - last_game_not_won AS team_win_streak_entering,
  games_before - last_game_not_lost AS team_loss_streak_entering,
  last_game_margin,
  CASE WHEN last_game_margin > 0 THEN 'W' WHEN last_game_margin < 0 THEN 'L' END AS last_game_result,
  games_before AS expected_games_count,
  summaries_before AS actual_games_count,
  games_before - summaries_before AS missing_games_count,
  completeness AS completeness_percentage,
  CASE
    WHEN quality_score >= 95 THEN 'gold'
    WHEN quality_score >= 75 THEN 'silver'
    WHEN quality_score >= 50 THEN 'bronze'
    WHEN quality_score >= 25 THEN 'poor'
    ELSE 'unusable'
  END AS quality_tier,
  quality_score,
  quality_issues,
  IFNULL(completeness >= 90, FALSE) AS is_production_ready,
  CONCAT(
    'nbac_schedule',
    IF(summaries_before > 0, ',team_offense_game_summary', ''),
    IF(home_spread IS NULL AND game_total IS NULL, '', ',odds_api')
  ) AS data_sources,
  CURRENT_TIMESTAMP() AS processed_at
FROM scored
