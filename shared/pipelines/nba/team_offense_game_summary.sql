-- One row per team and game, from the team's own line of the box score; shot zones from the shot
-- events of the same game (NULL where the game has none).
-- Reads nbac_team_boxscore and bigdataball_play_by_play of the same day.
WITH
  team_games AS (
    SELECT
      *,
      ROUND(fg_attempted + 0.44 * ft_attempted + turnovers - offensive_rebounds, 1) AS exact_possessions
    FROM `nba_raw.nbac_team_boxscore`
    WHERE game_date BETWEEN @from AND @to
  ),
  zones AS (
    SELECT
      game_id,
      player_1_team_abbr AS team_abbr,
      COUNT(*) AS shots,
      SUM(IF(shot_type = '2PT' AND shot_distance <= 8, 1, 0)) AS paint_attempts,
      SUM(IF(shot_type = '2PT' AND shot_distance <= 8 AND shot_made, 1, 0)) AS paint_makes,
      SUM(IF(shot_type = '2PT' AND shot_distance > 8, 1, 0)) AS mid_range_attempts,
      SUM(IF(shot_type = '2PT' AND shot_distance > 8 AND shot_made, 1, 0)) AS mid_range_makes
    FROM `nba_raw.bigdataball_play_by_play`
    WHERE game_date BETWEEN @from AND @to
      AND event_type = 'shot'
    GROUP BY game_id, player_1_team_abbr
  ),
  summaries AS (
    SELECT
      team_games.*,
      zones.shots,
      zones.paint_attempts,
      zones.paint_makes,
      zones.mid_range_attempts,
      zones.mid_range_makes,
      SUBSTR(CONCAT(
        IF(points IS NULL, ',missing_required:points', ''),
        IF(minutes_total IS NULL, ',missing_required:minutes', ''),
        IF(exact_possessions IS NULL, ',missing_required:possessions', ''),
        IF(zones.shots IS NULL, ',shot_zones_unavailable', ''),
        IF(zones.shots != fg_attempted, ',shot_zones_incomplete', '')
      ), 2) AS quality_issues,
      CASE
        WHEN points IS NULL OR minutes_total IS NULL OR exact_possessions IS NULL THEN 0.0
        WHEN zones.shots IS NULL THEN 85.0
        WHEN zones.shots != fg_attempted THEN 95.0
        ELSE 100.0
      END AS quality_score
    FROM team_games
    LEFT JOIN zones
      ON zones.game_id = team_games.game_id AND zones.team_abbr = team_games.team_abbr
  )
SELECT
  game_id,
  nba_game_id,
  game_date,
  team_abbr,
  opponent_team_abbr,
  season_year,
  points AS points_scored,
  fg_attempted AS fg_attempts,
  fg_made AS fg_makes,
  three_pt_attempted AS three_pt_attempts,
  three_pt_made AS three_pt_makes,
  ft_attempted AS ft_attempts,
  ft_made AS ft_makes,
  total_rebounds AS rebounds,
  assists,
  turnovers,
  personal_fouls,
  paint_attempts AS team_paint_attempts,
  paint_makes AS team_paint_makes,
  mid_range_attempts AS team_mid_range_attempts,
  mid_range_makes AS team_mid_range_makes,
  2 * paint_makes AS points_in_paint_scored,
  ROUND(SAFE_DIVIDE(100 * points, exact_possessions), 2) AS offensive_rating,
  ROUND(SAFE_DIVIDE(240 * exact_possessions, minutes_total), 1) AS pace,
  CAST(FLOOR(exact_possessions) AS INT64) AS possessions,
  ROUND(SAFE_DIVIDE(points, 2 * (fg_attempted + 0.44 * ft_attempted)), 3) AS ts_pct,
  is_home AS home_game,
  plus_minus > 0 AS win_flag,
  plus_minus AS margin_of_victory,
  minutes_total AS team_minutes,
  IF(minutes_total <= 240, 0, DIV(minutes_total - 240, 25)) AS overtime_periods,
  shots IS NOT NULL AS shot_zones_available,
  IF(shots IS NULL, NULL, 'bigdataball') AS shot_zones_source,
  'nbac_team_boxscore' AS primary_source_used,
  CASE WHEN quality_score >= 95 THEN 'gold' WHEN quality_score >= 75 THEN 'silver' ELSE 'unusable' END
    AS quality_tier,
  quality_score,
  quality_issues,
  quality_score >= 50 AS is_production_ready,
  IF(shots IS NULL, 'nbac_team_boxscore', 'nbac_team_boxscore,bigdataball') AS data_sources,
  CURRENT_TIMESTAMP() AS processed_at
FROM summaries
