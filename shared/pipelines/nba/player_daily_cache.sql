-- One row per player of the day's context: his form and his team's over the season's games before that
-- day, from sums of integers, so that they are exact. Reads upcoming_player_game_context and
-- player_shot_zone_analysis of the day, player_game_summary and team_offense_game_summary before it.
WITH
  players AS (
    SELECT *
    FROM `nba_analytics.upcoming_player_game_context`
    WHERE game_date BETWEEN @from AND @to
  ),
  summaries AS (
    SELECT
      season_year, player_lookup, game_date, game_id,
      points, fg_attempts, ft_attempts,
      CAST(ROUND(10 * minutes_played) AS INT64) AS tenths_of_minutes,
      CAST(ROUND(100 * usage_rate) AS INT64) AS hundredths_of_usage
    FROM `nba_analytics.player_game_summary`
    WHERE game_date BETWEEN DATE_SUB(@from, INTERVAL 270 DAY) AND DATE_SUB(@to, INTERVAL 1 DAY)
  ),
  forms AS (
    SELECT
      season_year,
      player_lookup,
      game_date,
      IFNULL(LEAD(game_date) OVER season_order, DATE '9999-12-31') AS last_day,
      COUNT(*) OVER season_so_far AS games,
      COUNT(*) OVER last_10 AS games_10,
      AVG(points) OVER last_5 AS points_5,
      AVG(points) OVER last_10 AS points_10,
      AVG(points) OVER season_so_far AS points_season,
      COUNT(points) OVER last_10 AS scored_games_10,
      SUM(points) OVER last_10 AS points_sum_10,
      SUM(points * points) OVER last_10 AS squares_sum_10,
      SAFE_DIVIDE(
        SUM(tenths_of_minutes) OVER last_10, 10 * COUNT(tenths_of_minutes) OVER last_10
      ) AS minutes_10,
      SAFE_DIVIDE(
        SUM(hundredths_of_usage) OVER last_10, 100 * COUNT(hundredths_of_usage) OVER last_10
      ) AS usage_10,
      SAFE_DIVIDE(
        SUM(hundredths_of_usage) OVER season_so_far,
        100 * COUNT(hundredths_of_usage) OVER season_so_far
      ) AS usage_season,
      SUM(fg_attempts) OVER last_10 AS fg_attempts_10,
      SUM(ft_attempts) OVER last_10 AS ft_attempts_10
    FROM summaries
    WINDOW
      season_order AS (PARTITION BY season_year, player_lookup ORDER BY game_date, game_id),
      season_so_far AS (
        PARTITION BY season_year, player_lookup ORDER BY game_date, game_id
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ),
      last_5 AS (
        PARTITION BY season_year, player_lookup ORDER BY game_date, game_id
        ROWS BETWEEN 4 PRECEDING AND CURRENT ROW
      ),
      last_10 AS (
        PARTITION BY season_year, player_lookup ORDER BY game_date, game_id
        ROWS BETWEEN 9 PRECEDING AND CURRENT ROW
      )
  ),
  team_forms AS (
    SELECT
      season_year,
      team_abbr,
      game_date,
      IFNULL(LEAD(game_date) OVER season_order, DATE '9999-12-31') AS last_day,
      SAFE_DIVIDE(SUM(CAST(ROUND(10 * pace) AS INT64)) OVER last_10, 10 * COUNT(pace) OVER last_10)
        AS pace_10,
      SAFE_DIVIDE(
        SUM(CAST(ROUND(100 * offensive_rating) AS INT64)) OVER last_10,
        100 * COUNT(offensive_rating) OVER last_10
      ) AS offensive_rating_10
    FROM `nba_analytics.team_offense_game_summary`
    WHERE game_date BETWEEN DATE_SUB(@from, INTERVAL 270 DAY) AND DATE_SUB(@to, INTERVAL 1 DAY)
    WINDOW
      season_order AS (PARTITION BY season_year, team_abbr ORDER BY game_date, game_id),
      last_10 AS (
        PARTITION BY season_year, team_abbr ORDER BY game_date, game_id
        ROWS BETWEEN 9 PRECEDING AND CURRENT ROW
      )
  ),
  shots AS (
    SELECT
      analysis_date, player_lookup, primary_scoring_zone,
      paint_rate_last_10, mid_range_rate_last_10, three_pt_rate_last_10
    FROM `nba_precompute.player_shot_zone_analysis`
    WHERE analysis_date BETWEEN @from AND @to
  )
SELECT
  players.player_lookup,
  players.game_date AS cache_date,
  players.season_year,
  players.team_abbr,
  ROUND(forms.points_5, 1) AS points_avg_last_5,
  ROUND(forms.points_10, 1) AS points_avg_last_10,
  ROUND(forms.points_season, 1) AS points_avg_season,
  ROUND(
    SQRT(
      SAFE_DIVIDE(
        forms.scored_games_10 * forms.squares_sum_10 - forms.points_sum_10 * forms.points_sum_10,
        forms.scored_games_10 * (forms.scored_games_10 - 1)
      )
    ), 2
  ) AS points_std_last_10,
  ROUND(forms.minutes_10, 1) AS minutes_avg_last_10,
  ROUND(forms.usage_10, 2) AS usage_rate_last_10,
  ROUND(
    SAFE_DIVIDE(forms.points_sum_10, 2 * (forms.fg_attempts_10 + 0.44 * forms.ft_attempts_10)), 3
  ) AS ts_pct_last_10,
  IFNULL(forms.games, 0) AS games_played_season,
  IFNULL(forms.games_10, 0) AS games_in_sample_10,
  ROUND(forms.usage_season, 2) AS player_usage_rate_season,
  ROUND(team_forms.pace_10, 1) AS team_pace_last_10,
  ROUND(team_forms.offensive_rating_10, 2) AS team_off_rating_last_10,
  players.games_in_last_7_days,
  players.games_in_last_14_days,
  players.minutes_in_last_7_days,
  players.minutes_in_last_14_days,
  players.back_to_backs_last_14_days,
  shots.primary_scoring_zone,
  shots.paint_rate_last_10,
  shots.mid_range_rate_last_10,
  shots.three_pt_rate_last_10,
  shots.paint_rate_last_10 IS NOT NULL AS shot_zone_data_available,
  players.player_age,
  players.expected_games_count,
  IFNULL(forms.games, 0) AS actual_games_count,
  players.expected_games_count - IFNULL(forms.games, 0) AS missing_games_count,
  ROUND(SAFE_DIVIDE(100 * IFNULL(forms.games, 0), players.expected_games_count), 1)
    AS completeness_percentage,
  IFNULL(forms.games, 0) < 10 AS early_season_flag,
  IFNULL(SAFE_DIVIDE(100 * forms.games, players.expected_games_count) >= 90, FALSE)
    AS is_production_ready,
  CURRENT_TIMESTAMP() AS processed_at
FROM players
LEFT JOIN forms
  ON forms.season_year = players.season_year
  AND forms.player_lookup = players.player_lookup
  AND forms.game_date < players.game_date
  AND forms.last_day >= players.game_date
LEFT JOIN team_forms
  ON team_forms.season_year = players.season_year
  AND team_forms.team_abbr = players.team_abbr
  AND team_forms.game_date < players.game_date
  AND team_forms.last_day >= players.game_date
LEFT JOIN shots
  ON shots.analysis_date = players.game_date AND shots.player_lookup = players.player_lookup
