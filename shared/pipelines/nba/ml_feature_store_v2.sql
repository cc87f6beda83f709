-- One row per player of the day's context with the 21 named features; NULL where one cannot be computed.
-- Reads, all of the same day: upcoming_player_game_context, player_daily_cache,
-- player_composite_factors, player_shot_zone_analysis, team_defense_zone_analysis.
WITH
  players AS (
    SELECT *
    FROM `nba_analytics.upcoming_player_game_context`
    WHERE game_date BETWEEN @from AND @to
  ),
  caches AS (
    SELECT *
    FROM `nba_precompute.player_daily_cache`
    WHERE cache_date BETWEEN @from AND @to
  ),
  factors AS (
    SELECT *
    FROM `nba_precompute.player_composite_factors`
    WHERE game_date BETWEEN @from AND @to
  ),
  shots AS (
    SELECT *
    FROM `nba_precompute.player_shot_zone_analysis`
    WHERE analysis_date BETWEEN @from AND @to
  ),
  defenses AS (
    SELECT *
    FROM `nba_precompute.team_defense_zone_analysis`
    WHERE analysis_date BETWEEN @from AND @to
  ),
  features AS (
    SELECT
      players.player_lookup,
      players.game_id,
      players.game_date,
      players.season_year,
      players.team_abbr,
      players.opponent_team_abbr,
      players.expected_games_count,
      caches.actual_games_count,
      caches.completeness_percentage,
      factors.missing_data_fields,
      IFNULL(caches.is_production_ready, FALSE) AS is_cache_ready,
      caches.points_avg_last_5,
      caches.points_avg_last_10,
      caches.points_avg_season,
      caches.points_std_last_10,
      caches.minutes_avg_last_10,
      CAST(factors.fatigue_score AS FLOAT64) AS fatigue_score,
      factors.shot_zone_mismatch_score,
      factors.pace_score,
      factors.usage_spike_score,
      defenses.defensive_rating_last_15 AS opponent_def_rating_last_15,
      defenses.opponent_pace AS opponent_pace_last_15,
      CASE WHEN players.home_game THEN 1.0 WHEN NOT players.home_game THEN 0.0 END AS is_home,
      CAST(players.days_rest AS FLOAT64) AS days_rest,
      CASE WHEN players.back_to_back THEN 1.0 WHEN NOT players.back_to_back THEN 0.0 END AS back_to_back,
      shots.paint_rate_last_10,
      shots.mid_range_rate_last_10,
      shots.three_pt_rate_last_10,
      CAST(NULL AS FLOAT64) AS assisted_rate_last_10,
      caches.team_pace_last_10,
      caches.team_off_rating_last_10,
      caches.usage_rate_last_10
    FROM players
    LEFT JOIN caches
      ON caches.cache_date = players.game_date AND caches.player_lookup = players.player_lookup
    LEFT JOIN factors
      ON factors.game_date = players.game_date AND factors.player_lookup = players.player_lookup
    LEFT JOIN shots
      ON shots.analysis_date = players.game_date AND shots.player_lookup = players.player_lookup
    LEFT JOIN defenses
      ON defenses.analysis_date = players.game_date
      AND defenses.team_abbr = players.opponent_team_abbr
  ),
  counted AS (
    SELECT
      *,
      IF(points_avg_last_5 IS NULL, 0, 1)
        + IF(points_avg_last_10 IS NULL, 0, 1)
        + IF(points_avg_season IS NULL, 0, 1)
        + IF(points_std_last_10 IS NULL, 0, 1)
        + IF(minutes_avg_last_10 IS NULL, 0, 1)
        + IF(fatigue_score IS NULL, 0, 1)
        + IF(shot_zone_mismatch_score IS NULL, 0, 1)
        + IF(pace_score IS NULL, 0, 1)
        + IF(usage_spike_score IS NULL, 0, 1)
        + IF(opponent_def_rating_last_15 IS NULL, 0, 1)
        + IF(opponent_pace_last_15 IS NULL, 0, 1)
        + IF(is_home IS NULL, 0, 1)
        + IF(days_rest IS NULL, 0, 1)
        + IF(back_to_back IS NULL, 0, 1)
        + IF(paint_rate_last_10 IS NULL, 0, 1)
        + IF(mid_range_rate_last_10 IS NULL, 0, 1)
        + IF(three_pt_rate_last_10 IS NULL, 0, 1)
        + IF(assisted_rate_last_10 IS NULL, 0, 1)
        + IF(team_pace_last_10 IS NULL, 0, 1)
        + IF(team_off_rating_last_10 IS NULL, 0, 1)
        + IF(usage_rate_last_10 IS NULL, 0, 1) AS feature_count
    FROM features
  ),
  scored AS (
    SELECT *, ROUND(SAFE_DIVIDE(100 * feature_count, 21), 1) AS feature_quality_score
    FROM counted
  )
SELECT
  * EXCEPT (is_cache_ready),
  'v1_named_21' AS feature_version,
  CASE
    WHEN feature_quality_score > 95 THEN 'gold'
    WHEN feature_quality_score >= 85 THEN 'silver'
    WHEN feature_quality_score >= 70 THEN 'bronze'
    WHEN feature_quality_score >= 50 THEN 'poor'
    ELSE 'critical'
  END AS quality_tier,
  feature_quality_score >= 70 AS is_quality_ready,
  is_cache_ready AND feature_quality_score >= 70 AS is_production_ready,
  CURRENT_TIMESTAMP() AS processed_at
FROM scored
