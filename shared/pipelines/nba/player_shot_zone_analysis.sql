-- One row per player who has played this season and day with games: where he shoots, over his last 10
-- and 20 games with complete shot zones before that day. Reads nbac_schedule (days),
-- player_game_summary (strictly before) and nba_reference.players (position).
WITH
  days AS (
    SELECT DISTINCT game_date AS analysis_date, season_year
    FROM `nba_raw.nbac_schedule`
    WHERE game_date BETWEEN @from AND @to
      AND season_type IN ('regular', 'play_in', 'playoffs')
      AND game_status = 3
  ),
  summaries AS (
    SELECT
      season_year, player_lookup, game_date, game_id, has_complete_shot_zones,
      paint_attempts, paint_makes, mid_range_attempts, mid_range_makes,
      three_attempts_pbp, three_makes_pbp
    FROM `nba_analytics.player_game_summary`
    WHERE game_date BETWEEN DATE_SUB(@from, INTERVAL 270 DAY) AND DATE_SUB(@to, INTERVAL 1 DAY)
  ),
  games AS (
    SELECT
      season_year,
      player_lookup,
      game_date,
      IFNULL(LEAD(game_date) OVER season_order, DATE '9999-12-31') AS last_day,
      COUNT(*) OVER last_10 AS games_10,
      COUNT(IF(has_complete_shot_zones, 1, NULL)) OVER last_10 AS zone_games_10
    FROM summaries
    WINDOW
      season_order AS (PARTITION BY season_year, player_lookup ORDER BY game_date, game_id),
      last_10 AS (
        PARTITION BY season_year, player_lookup ORDER BY game_date, game_id
        ROWS BETWEEN 9 PRECEDING AND CURRENT ROW
      )
  ),
  zone_games AS (
    SELECT
      season_year,
      player_lookup,
      game_date,
      IFNULL(LEAD(game_date) OVER season_order, DATE '9999-12-31') AS last_day,
      COUNT(*) OVER last_10 AS sample_10,
      COUNT(*) OVER last_20 AS sample_20,
      SUM(paint_attempts) OVER last_10 AS paint_attempts_10,
      SUM(paint_makes) OVER last_10 AS paint_makes_10,
      SUM(mid_range_attempts) OVER last_10 AS mid_range_attempts_10,
      SUM(mid_range_makes) OVER last_10 AS mid_range_makes_10,
      SUM(three_attempts_pbp) OVER last_10 AS three_attempts_10,
      SUM(three_makes_pbp) OVER last_10 AS three_makes_10,
      SUM(paint_attempts + mid_range_attempts + three_attempts_pbp) OVER last_10 AS shots_10,
      SUM(paint_attempts) OVER last_20 AS paint_attempts_20,
      SUM(paint_makes) OVER last_20 AS paint_makes_20,
      SUM(paint_attempts + mid_range_attempts + three_attempts_pbp) OVER last_20 AS shots_20
    FROM summaries
    WHERE has_complete_shot_zones
    WINDOW
      season_order AS (PARTITION BY season_year, player_lookup ORDER BY game_date, game_id),
      last_10 AS (
        PARTITION BY season_year, player_lookup ORDER BY game_date, game_id
        ROWS BETWEEN 9 PRECEDING AND CURRENT ROW
      ),
      last_20 AS (
        PARTITION BY season_year, player_lookup ORDER BY game_date, game_id
        ROWS BETWEEN 19 PRECEDING AND CURRENT ROW
      )
  ),
  positions AS (
    SELECT season_year, player_lookup, position
    FROM `nba_reference.players`
  ),
  analyses AS (
    SELECT
      days.analysis_date,
      games.season_year,
      games.player_lookup,
      games.game_date AS latest_game_date,
      games.games_10,
      games.zone_games_10,
      zone_games.* EXCEPT (season_year, player_lookup, game_date, last_day, sample_10, sample_20),
      zone_games.game_date AS latest_sample_date,
      IFNULL(zone_games.sample_10, 0) AS sample_10,
      IFNULL(zone_games.sample_20, 0) AS sample_20,
      positions.position AS player_position,
      ROUND(SAFE_DIVIDE(100 * zone_games.paint_attempts_10, zone_games.shots_10), 2) AS paint_rate,
      ROUND(SAFE_DIVIDE(100 * zone_games.mid_range_attempts_10, zone_games.shots_10), 2)
        AS mid_range_rate,
      ROUND(SAFE_DIVIDE(100 * zone_games.three_attempts_10, zone_games.shots_10), 2) AS three_pt_rate
    FROM days
    INNER JOIN games
      ON games.season_year = days.season_year
      AND games.game_date < days.analysis_date
      AND games.last_day >= days.analysis_date
    LEFT JOIN zone_games
      ON zone_games.season_year = games.season_year
      AND zone_games.player_lookup = games.player_lookup
      AND zone_games.game_date < days.analysis_date
      AND zone_games.last_day >= days.analysis_date
    LEFT JOIN positions
      ON positions.season_year = games.season_year AND positions.player_lookup = games.player_lookup
  ),
  scored AS (
    SELECT
      *,
      SUBSTR(CONCAT(
        IF(sample_10 = 0, ',shot_zones_unavailable', ''),
        IF(sample_10 BETWEEN 1 AND 9, CONCAT(',thin_sample:', CAST(sample_10 AS STRING), '/10'), ''),
        IF(sample_10 > 0 AND zone_games_10 < games_10, ',stale_data', '')
      ), 2) AS quality_issues,
      IF(sample_10 = 0, 0.0,
        100.0
        - IF(sample_10 < 10, 15, 0)
        - IFNULL(ROUND(SAFE_DIVIDE(30 * (games_10 - zone_games_10), games_10), 1), 0)
      ) AS quality_score
    FROM analyses
  )
SELECT
  player_lookup,
  analysis_date,
  season_year,
  paint_rate AS paint_rate_last_10,
  mid_range_rate AS mid_range_rate_last_10,
  three_pt_rate AS three_pt_rate_last_10,
  shots_10 AS total_shots_last_10,
  sample_10 AS games_in_sample_10,
  CASE WHEN sample_10 = 10 THEN 'excellent' WHEN sample_10 >= 7 THEN 'good' ELSE 'limited' END
    AS sample_quality_10,
  ROUND(SAFE_DIVIDE(paint_makes_10, paint_attempts_10), 3) AS paint_pct_last_10,
  ROUND(SAFE_DIVIDE(mid_range_makes_10, mid_range_attempts_10), 3) AS mid_range_pct_last_10,
  ROUND(SAFE_DIVIDE(three_makes_10, three_attempts_10), 3) AS three_pt_pct_last_10,
  ROUND(SAFE_DIVIDE(paint_attempts_10, sample_10), 1) AS paint_attempts_per_game,
  ROUND(SAFE_DIVIDE(mid_range_attempts_10, sample_10), 1) AS mid_range_attempts_per_game,
  ROUND(SAFE_DIVIDE(three_attempts_10, sample_10), 1) AS three_pt_attempts_per_game,
  ROUND(SAFE_DIVIDE(100 * paint_attempts_20, shots_20), 2) AS paint_rate_last_20,
  ROUND(SAFE_DIVIDE(paint_makes_20, paint_attempts_20), 3) AS paint_pct_last_20,
  sample_20 AS games_in_sample_20,
  CASE WHEN sample_20 = 20 THEN 'excellent' WHEN sample_20 >= 15 THEN 'good' ELSE 'limited' END
    AS sample_quality_20,
  player_position,
  CASE
    WHEN paint_rate IS NULL THEN NULL
    WHEN paint_rate >= 40 THEN 'paint'
    WHEN three_pt_rate >= 40 THEN 'perimeter'
    WHEN mid_range_rate >= 35 THEN 'mid_range'
    ELSE 'balanced'
  END AS primary_scoring_zone,
  latest_game_date,
  latest_sample_date,
  games_10 AS expected_games_count,
  zone_games_10 AS actual_games_count,
  games_10 - zone_games_10 AS missing_games_count,
  ROUND(SAFE_DIVIDE(100 * zone_games_10, games_10), 1) AS completeness_percentage,
  CASE
    WHEN quality_score >= 95 THEN 'gold'
    WHEN quality_score >= 75 THEN 'silver'
    WHEN quality_score >= 50 THEN 'bronze'
    WHEN quality_score >= 25 THEN 'poor'
    ELSE 'unusable'
  END AS data_quality_tier,
  quality_score,
  quality_issues AS data_quality_issues,
  IFNULL(SAFE_DIVIDE(100 * zone_games_10, games_10) >= 90, FALSE) AS is_production_ready,
  CURRENT_TIMESTAMP() AS processed_at
FROM scored
