-- One row per defending team and game: what the opponent's line of the same box score did against it;
-- shot zones from the opponent's shot events (NULL where the game has none).
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
  matchups AS (
    SELECT
      own.game_id,
      own.game_date,
      own.season_year,
      own.team_abbr AS defending_team_abbr,
      own.opponent_team_abbr,
      own.is_home,
      own.plus_minus,
      own.minutes_total,
      own.personal_fouls AS own_fouls,
      own.steals AS own_steals,
      own.blocks AS own_blocks,
      own.defensive_rebounds AS own_defensive_rebounds,
      opponent.points,
      opponent.fg_attempted,
      opponent.fg_made,
      opponent.three_pt_attempted,
      opponent.three_pt_made,
      opponent.ft_attempted,
      opponent.ft_made,
      opponent.total_rebounds,
      opponent.assists,
      opponent.turnovers,
      opponent.exact_possessions,
      zones.shots,
      zones.paint_attempts,
      zones.paint_makes,
      zones.mid_range_attempts,
      zones.mid_range_makes
    FROM team_games AS own
    LEFT JOIN team_games AS opponent
      ON opponent.game_id = own.game_id AND opponent.team_abbr = own.opponent_team_abbr
    LEFT JOIN zones
      ON zones.game_id = own.game_id AND zones.team_abbr = own.opponent_team_abbr
  ),
  summaries AS (
    SELECT
      *,
      SUBSTR(CONCAT(
        IF(points IS NULL, ',missing_required:points_allowed', ''),
        IF(exact_possessions IS NULL, ',missing_required:opponent_possessions', ''),
        IF(shots IS NULL, ',shot_zones_unavailable', ''),
        IF(shots != fg_attempted, ',shot_zones_incomplete', '')
      ), 2) AS quality_issues,
      CASE
        WHEN points IS NULL OR exact_possessions IS NULL THEN 0.0
        WHEN shots IS NULL THEN 85.0
        WHEN shots != fg_attempted THEN 95.0
        ELSE 100.0
      END AS quality_score
    FROM matchups
  )
SELECT
  game_id,
  game_date,
  defending_team_abbr,
  opponent_team_abbr,
  season_year,
  points AS points_allowed,
  fg_attempted AS opp_fg_attempts,
  fg_made AS opp_fg_makes,
  three_pt_attempted AS opp_three_pt_attempts,
  three_pt_made AS opp_three_pt_makes,
  ft_attempted AS opp_ft_attempts,
  ft_made AS opp_ft_makes,
  total_rebounds AS opp_rebounds,
  assists AS opp_assists,
  turnovers AS turnovers_forced,
  own_fouls AS fouls_committed,
  paint_attempts AS opp_paint_attempts,
  paint_makes AS opp_paint_makes,
  mid_range_attempts AS opp_mid_range_attempts,
  mid_range_makes AS opp_mid_range_makes,
  2 * paint_makes AS points_in_paint_allowed,
  2 * mid_range_makes AS mid_range_points_allowed,
  3 * three_pt_made AS three_pt_points_allowed,
  own_steals AS steals,
  own_blocks AS blocks,
  own_defensive_rebounds AS defensive_rebounds,
  ROUND(SAFE_DIVIDE(100 * points, exact_possessions), 2) AS defensive_rating,
  ROUND(SAFE_DIVIDE(240 * exact_possessions, minutes_total), 1) AS opponent_pace,
  ROUND(SAFE_DIVIDE(points, 2 * (fg_attempted + 0.44 * ft_attempted)), 3) AS opponent_ts_pct,
  is_home AS home_game,
  IF(plus_minus = 0, NULL, plus_minus > 0) AS win_flag,
  plus_minus AS margin_of_victory,
  IF(minutes_total <= 240, 0, DIV(minutes_total - 240, 25)) AS overtime_periods,
  'nbac_team_boxscore' AS primary_source_used,
  CASE WHEN quality_score >= 95 THEN 'gold' WHEN quality_score >= 75 THEN 'silver' ELSE 'unusable' END
    AS quality_tier,
  quality_score,
  quality_issues,
  quality_score >= 50 AS is_production_ready,
  IF(shots IS NULL, 'nbac_team_boxscore', 'nbac_team_boxscore,bigdataball') AS data_sources,
  CURRENT_TIMESTAMP() AS processed_at
FROM summaries
