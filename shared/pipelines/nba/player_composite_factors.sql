-- One row per player of the day's context; a factor is NULL where one of its inputs is missing.
-- Reads, all of the same day: upcoming_player_game_context, upcoming_team_game_context,
-- player_shot_zone_analysis, team_defense_zone_analysis.
WITH
  players AS (
    SELECT *
    FROM `nba_analytics.upcoming_player_game_context`
    WHERE game_date BETWEEN @from AND @to
  ),
  teams AS (
    SELECT game_date, team_abbr, is_production_ready
    FROM `nba_analytics.upcoming_team_game_context`
    WHERE game_date BETWEEN @from AND @to
  ),
  shots AS (
    SELECT
      analysis_date,
      player_lookup,
      is_production_ready,
      primary_scoring_zone,
      CASE primary_scoring_zone
        WHEN 'perimeter' THEN three_pt_rate_last_10
        WHEN 'mid_range' THEN mid_range_rate_last_10
        ELSE paint_rate_last_10
      END AS zone_rate
    FROM `nba_precompute.player_shot_zone_analysis`
    WHERE analysis_date BETWEEN @from AND @to
  ),
  defenses AS (
    SELECT
      analysis_date,
      team_abbr,
      is_production_ready,
      paint_defense_vs_league_avg,
      mid_range_defense_vs_league_avg,
      three_pt_defense_vs_league_avg
    FROM `nba_precompute.team_defense_zone_analysis`
    WHERE analysis_date BETWEEN @from AND @to
  ),
  inputs AS (
    SELECT
      players.*,
      IFNULL(players.is_production_ready, FALSE) AS is_context_ready,
      IFNULL(teams.is_production_ready, FALSE) AS is_team_ready,
      IFNULL(shots.is_production_ready, FALSE) AS is_shot_ready,
      IFNULL(defenses.is_production_ready, FALSE) AS is_defense_ready,
      shots.primary_scoring_zone,
      shots.zone_rate,
      CASE shots.primary_scoring_zone
        WHEN 'perimeter' THEN defenses.three_pt_defense_vs_league_avg
        WHEN 'mid_range' THEN defenses.mid_range_defense_vs_league_avg
        ELSE defenses.paint_defense_vs_league_avg
      END AS zone_defense
    FROM players
    LEFT JOIN teams
      ON teams.game_date = players.game_date AND teams.team_abbr = players.team_abbr
    LEFT JOIN shots
      ON shots.analysis_date = players.game_date AND shots.player_lookup = players.player_lookup
    LEFT JOIN defenses
      ON defenses.analysis_date = players.game_date
      AND defenses.team_abbr = players.opponent_team_abbr
  ),
  weighted AS (
    SELECT
      *,
      IF(days_rest IS NULL OR player_age IS NULL, NULL,
        100
        + CASE WHEN back_to_back THEN -15 WHEN days_rest >= 3 THEN 5 ELSE 0 END
        - IF(games_in_last_7_days >= 4, 10, 0)
        - IF(minutes_in_last_7_days > 240, 10, 0)
        - IF(avg_minutes_per_game_last_7 > 35, 8, 0)
        - CASE WHEN back_to_backs_last_14_days >= 2 THEN 12
            WHEN back_to_backs_last_14_days = 1 THEN 5 ELSE 0 END
        - CASE WHEN player_age >= 35 THEN 10 WHEN player_age >= 30 THEN 5 ELSE 0 END
      ) AS raw_fatigue,
      zone_defense * IF(zone_rate >= 50, 1, SAFE_DIVIDE(zone_rate, 50)) AS raw_mismatch,
      SAFE_DIVIDE(pace_differential, 2) AS raw_pace,
      0.3 * (avg_usage_rate_last_7_games - player_usage_rate_season) AS raw_spike
    FROM inputs
  ),
  factors AS (
    SELECT
      *,
      CASE WHEN raw_fatigue > 100 THEN 100 WHEN raw_fatigue < 0 THEN 0 ELSE raw_fatigue END AS fatigue,
      CASE
        WHEN 1.2 * raw_mismatch > 10 THEN 10
        WHEN 1.2 * raw_mismatch < -10 THEN -10
        WHEN ABS(raw_mismatch) > 5 THEN ROUND(1.2 * raw_mismatch, 1)
        ELSE ROUND(raw_mismatch, 1)
      END AS mismatch,
      CASE WHEN raw_pace > 3 THEN 3 WHEN raw_pace < -3 THEN -3 ELSE ROUND(raw_pace, 1) END AS pace,
      CASE WHEN raw_spike > 3 THEN 3 WHEN raw_spike < -3 THEN -3 ELSE ROUND(raw_spike, 1) END AS spike
    FROM weighted
  )
SELECT
  player_lookup,
  game_date,
  game_id,
  season_year,
  team_abbr,
  opponent_team_abbr,
  game_date AS analysis_date,
  fatigue AS fatigue_score,
  mismatch AS shot_zone_mismatch_score,
  pace AS pace_score,
  spike AS usage_spike_score,
  ROUND(SAFE_DIVIDE(fatigue - 100, 20) + mismatch + pace + spike, 2) AS total_composite_adjustment,
  primary_scoring_zone,
  'v1_4factors' AS calculation_version,
  25.0 * (
    IF(fatigue IS NULL, 0, 1) + IF(mismatch IS NULL, 0, 1) + IF(pace IS NULL, 0, 1) + IF(spike IS NULL, 0, 1)
  ) AS data_completeness_pct,
  SUBSTR(CONCAT(
    IF(days_rest IS NULL, ',days_rest', ''),
    IF(player_age IS NULL, ',player_age', ''),
    IF(zone_rate IS NULL, ',zone_rate', ''),
    IF(zone_defense IS NULL, ',zone_defense', ''),
    IF(pace_differential IS NULL, ',pace_differential', ''),
    IF(avg_usage_rate_last_7_games IS NULL, ',avg_usage_rate_last_7_games', '')
  ), 2) AS missing_data_fields,
  player_age,
  expected_games_count,
  actual_games_count,
  completeness_percentage,
  is_context_ready AS upstream_player_context_ready,
  is_team_ready AS upstream_team_context_ready,
  is_shot_ready AS upstream_player_shot_ready,
  is_defense_ready AS upstream_team_defense_ready,
  is_context_ready AND is_team_ready AND is_shot_ready AND is_defense_ready AS all_upstreams_ready,
  is_context_ready AND is_team_ready AND is_defense_ready AS is_production_ready,
  CURRENT_TIMESTAMP() AS processed_at
FROM factors
