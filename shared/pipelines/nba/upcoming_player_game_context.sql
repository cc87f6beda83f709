-- One row per player with a game on the day: who plays comes from the day's gamebook (backfill policy),
-- every number from days strictly before, within the season; sums of integers, so that they are exact.
-- Reads nbac_schedule, odds_api_game_lines, nbac_gamebook_player_stats, nba_reference.players,
-- player_game_summary, team_offense_game_summary.
WITH
  schedule AS (
    SELECT game_id, home_team_tricode, away_team_tricode
    FROM `nba_raw.nbac_schedule`
    WHERE game_date BETWEEN @from AND @to
  ),
  appearances AS (
    SELECT
      game_date,
      season_year,
      game_id,
      player_lookup,
      team_abbr,
      DATE_DIFF(game_date, DATE '2000-01-01', DAY) AS day_number,
      DATE_DIFF(
        game_date,
        LAG(game_date) OVER (PARTITION BY season_year, player_lookup ORDER BY game_date, game_id),
        DAY
      ) AS days_rest
    FROM `nba_raw.nbac_gamebook_player_stats`
    WHERE game_date BETWEEN DATE_SUB(@from, INTERVAL 270 DAY) AND @to
  ),
  summaries AS (
    SELECT
      game_date,
      player_lookup,
      points,
      CAST(ROUND(10 * minutes_played) AS INT64) AS tenths_of_minutes,
      CAST(ROUND(100 * usage_rate) AS INT64) AS hundredths_of_usage
    FROM `nba_analytics.player_game_summary`
    WHERE game_date BETWEEN DATE_SUB(@from, INTERVAL 270 DAY) AND DATE_SUB(@to, INTERVAL 1 DAY)
  ),
  histories AS (
    SELECT
      appearances.*,
      COUNT(*) OVER season_before AS games_before,
      COUNT(summaries.player_lookup) OVER season_before AS summaries_before,
      AVG(summaries.points) OVER last_5 AS points_5,
      AVG(summaries.points) OVER last_10 AS points_10,
      SAFE_DIVIDE(
        SUM(summaries.hundredths_of_usage) OVER last_7,
        100 * COUNT(summaries.hundredths_of_usage) OVER last_7
      ) AS usage_7,
      SAFE_DIVIDE(
        SUM(summaries.hundredths_of_usage) OVER season_before,
        100 * COUNT(summaries.hundredths_of_usage) OVER season_before
      ) AS usage_season,
      COUNT(*) OVER days_7 AS games_7,
      COUNT(*) OVER days_14 AS games_14,
      SAFE_DIVIDE(SUM(summaries.tenths_of_minutes) OVER days_7, 10) AS minutes_7,
      SAFE_DIVIDE(SUM(summaries.tenths_of_minutes) OVER days_14, 10) AS minutes_14,
      COUNT(summaries.tenths_of_minutes) OVER days_7 AS timed_games_7,
      COUNT(IF(appearances.days_rest = 1, 1, NULL)) OVER days_14 AS back_to_backs_14
    FROM appearances
    LEFT JOIN summaries
      ON summaries.game_date = appearances.game_date
      AND summaries.player_lookup = appearances.player_lookup
    WINDOW
      season_before AS (
        PARTITION BY appearances.season_year, appearances.player_lookup
        ORDER BY appearances.game_date, appearances.game_id
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
      ),
      last_5 AS (
        PARTITION BY appearances.season_year, appearances.player_lookup
        ORDER BY appearances.game_date, appearances.game_id
        ROWS BETWEEN 5 PRECEDING AND 1 PRECEDING
      ),
      last_7 AS (
        PARTITION BY appearances.season_year, appearances.player_lookup
        ORDER BY appearances.game_date, appearances.game_id
        ROWS BETWEEN 7 PRECEDING AND 1 PRECEDING
      ),
      last_10 AS (
        PARTITION BY appearances.season_year, appearances.player_lookup
        ORDER BY appearances.game_date, appearances.game_id
        ROWS BETWEEN 10 PRECEDING AND 1 PRECEDING
      ),
      days_7 AS (
        PARTITION BY appearances.season_year, appearances.player_lookup
        ORDER BY appearances.day_number
        RANGE BETWEEN 7 PRECEDING AND 1 PRECEDING
      ),
      days_14 AS (
        PARTITION BY appearances.season_year, appearances.player_lookup
        ORDER BY appearances.day_number
        RANGE BETWEEN 14 PRECEDING AND 1 PRECEDING
      )
  ),
  paces AS (
    SELECT
      season_year,
      team_abbr,
      game_date,
      IFNULL(LEAD(game_date) OVER season_order, DATE '9999-12-31') AS last_day,
      SAFE_DIVIDE(SUM(CAST(ROUND(10 * pace) AS INT64)) OVER last_10, 10 * COUNT(pace) OVER last_10)
        AS pace_10
    FROM `nba_analytics.team_offense_game_summary`
    WHERE game_date BETWEEN DATE_SUB(@from, INTERVAL 270 DAY) AND DATE_SUB(@to, INTERVAL 1 DAY)
    WINDOW
      season_order AS (PARTITION BY season_year, team_abbr ORDER BY game_date, game_id),
      last_10 AS (
        PARTITION BY season_year, team_abbr ORDER BY game_date, game_id
        ROWS BETWEEN 9 PRECEDING AND CURRENT ROW
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
  births AS (
    SELECT season_year, player_lookup, birth_date
    FROM `nba_reference.players`
  ),
  contexts AS (
    SELECT
      histories.*,
      IF(histories.team_abbr = schedule.home_team_tricode,
        schedule.away_team_tricode, schedule.home_team_tricode) AS opponent_team_abbr,
      histories.team_abbr = schedule.home_team_tricode AS home_game,
      game_lines.home_spread,
      game_lines.game_total,
      births.birth_date
    FROM histories
    INNER JOIN schedule ON schedule.game_id = histories.game_id
    LEFT JOIN game_lines ON game_lines.game_id = histories.game_id
    LEFT JOIN births
      ON births.season_year = histories.season_year AND births.player_lookup = histories.player_lookup
    WHERE histories.game_date BETWEEN @from AND @to
  ),
  scored AS (
    SELECT
      contexts.*,
      own.pace_10 AS own_pace_10,
      opponent.pace_10 AS opponent_pace_10,
      ROUND(SAFE_DIVIDE(100 * summaries_before, games_before), 1) AS completeness,
      SUBSTR(CONCAT(
        IF(games_before = 0, ',no_earlier_game', ''),
        IF(games_before BETWEEN 1 AND 4, CONCAT(',thin_sample:', CAST(games_before AS STRING), '/5'), ''),
        IF(summaries_before < games_before, ',incomplete_history', ''),
        IF(home_spread IS NULL OR game_total IS NULL, ',game_line_unavailable', '')
      ), 2) AS quality_issues,
      100.0
        - IF(games_before < 5, 15, 0)
        - IF(home_spread IS NULL OR game_total IS NULL, 10, 0)
        - IFNULL(ROUND(SAFE_DIVIDE(100 * (games_before - summaries_before), games_before), 1), 0)
        AS quality_score
    FROM contexts
    LEFT JOIN paces AS own
      ON own.season_year = contexts.season_year
      AND own.team_abbr = contexts.team_abbr
      AND own.game_date < contexts.game_date
      AND own.last_day >= contexts.game_date
    LEFT JOIN paces AS opponent
      ON opponent.season_year = contexts.season_year
      AND opponent.team_abbr = contexts.opponent_team_abbr
      AND opponent.game_date < contexts.game_date
      AND opponent.last_day >= contexts.game_date
  )
SELECT
  player_lookup,
  game_id,
  game_date,
  season_year,
  team_abbr,
  opponent_team_abbr,
  home_game,
  IF(home_game, home_spread, 0 - home_spread) AS game_spread,
  game_total,
  days_rest,
  IFNULL(days_rest = 1, FALSE) AS back_to_back,
  games_7 AS games_in_last_7_days,
  games_14 AS games_in_last_14_days,
  IF(games_7 = 0, 0.0, ROUND(minutes_7, 1)) AS minutes_in_last_7_days,
  IF(games_14 = 0, 0.0, ROUND(minutes_14, 1)) AS minutes_in_last_14_days,
  ROUND(SAFE_DIVIDE(minutes_7, timed_games_7), 1) AS avg_minutes_per_game_last_7,
  back_to_backs_14 AS back_to_backs_last_14_days,
  ROUND(usage_7, 2) AS avg_usage_rate_last_7_games,
  ROUND(usage_season, 2) AS player_usage_rate_season,
  ROUND(opponent_pace_10, 2) AS opponent_pace_last_10,
  ROUND(own_pace_10 - opponent_pace_10, 2) AS pace_differential,
  EXTRACT(YEAR FROM game_date) - EXTRACT(YEAR FROM birth_date)
    - IF(
      100 * EXTRACT(MONTH FROM game_date) + EXTRACT(DAY FROM game_date)
        < 100 * EXTRACT(MONTH FROM birth_date) + EXTRACT(DAY FROM birth_date),
      1, 0
    ) AS player_age,
  ROUND(points_5, 1) AS points_avg_last_5,
  ROUND(points_10, 1) AS points_avg_last_10,
  games_before AS expected_games_count,
  summaries_before AS actual_games_count,
  games_before - summaries_before AS missing_games_count,
  completeness AS completeness_percentage,
  'player_game_summary' AS primary_source_used,
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
    'nbac_schedule,nbac_gamebook',
    IF(summaries_before > 0, ',player_game_summary', ''),
    IF(home_spread IS NULL AND game_total IS NULL, '', ',odds_api')
  ) AS data_sources,
  CURRENT_TIMESTAMP() AS processed_at
FROM scored
