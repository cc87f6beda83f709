-- One row per player of the gamebook and game. usage_rate needs the team's row of the same game, so
-- team_offense_game_summary comes first; shot zones are NULL where the game has no shot events.
-- Reads nbac_gamebook_player_stats, bigdataball_play_by_play, team_offense_game_summary of the day.
WITH
  players AS (
    SELECT *, field_goals_attempted + 0.44 * free_throws_attempted + turnovers AS plays
    FROM `nba_raw.nbac_gamebook_player_stats`
    WHERE game_date BETWEEN @from AND @to
  ),
  teams AS (
    SELECT
      game_date,
      team_abbr,
      team_minutes,
      win_flag,
      fg_attempts + 0.44 * ft_attempts + turnovers AS plays
    FROM `nba_analytics.team_offense_game_summary`
    WHERE game_date BETWEEN @from AND @to
  ),
  zones AS (
    SELECT
      game_id,
      player_1_lookup AS player_lookup,
      SUM(IF(shot_type = '2PT' AND shot_distance <= 8, 1, 0)) AS paint_attempts,
      SUM(IF(shot_type = '2PT' AND shot_distance <= 8 AND shot_made, 1, 0)) AS paint_makes,
      SUM(IF(shot_type = '2PT' AND shot_distance > 8, 1, 0)) AS mid_range_attempts,
      SUM(IF(shot_type = '2PT' AND shot_distance > 8 AND shot_made, 1, 0)) AS mid_range_makes,
      SUM(IF(shot_type = '3PT', 1, 0)) AS three_attempts,
      SUM(IF(shot_type = '3PT' AND shot_made, 1, 0)) AS three_makes
    FROM `nba_raw.bigdataball_play_by_play`
    WHERE game_date BETWEEN @from AND @to
      AND event_type = 'shot'
    GROUP BY game_id, player_1_lookup
  ),
  charted AS (
    SELECT
      players.*,
      IF(players.team_abbr = players.home_team_abbr, players.away_team_abbr, players.home_team_abbr)
        AS opponent_team_abbr,
      teams.team_abbr IS NOT NULL AS has_team_row,
      teams.win_flag,
      SAFE_DIVIDE(
        100 * players.plays * teams.team_minutes, 5 * players.minutes_decimal * teams.plays
      ) AS raw_usage_rate,
      COUNT(zones.game_id) OVER (PARTITION BY players.game_id) > 0 AS is_charted,
      zones.paint_attempts,
      zones.paint_makes,
      zones.mid_range_attempts,
      zones.mid_range_makes,
      zones.three_attempts,
      zones.three_makes
    FROM players
    LEFT JOIN teams
      ON teams.game_date = players.game_date AND teams.team_abbr = players.team_abbr
    LEFT JOIN zones
      ON zones.game_id = players.game_id AND zones.player_lookup = players.player_lookup
  ),
  zoned AS (
    SELECT
      * EXCEPT (
        paint_attempts, paint_makes, mid_range_attempts, mid_range_makes, three_attempts, three_makes
      ),
      IF(is_charted, IFNULL(paint_attempts, 0), NULL) AS paint_attempts,
      IF(is_charted, IFNULL(paint_makes, 0), NULL) AS paint_makes,
      IF(is_charted, IFNULL(mid_range_attempts, 0), NULL) AS mid_range_attempts,
      IF(is_charted, IFNULL(mid_range_makes, 0), NULL) AS mid_range_makes,
      IF(is_charted, IFNULL(three_attempts, 0), NULL) AS three_attempts_pbp,
      IF(is_charted, IFNULL(three_makes, 0), NULL) AS three_makes_pbp
    FROM charted
  ),
  judged AS (
    SELECT
      *,
      IFNULL(
        paint_attempts + mid_range_attempts + three_attempts_pbp = field_goals_attempted, FALSE
      ) AS has_complete_shot_zones,
      minutes_decimal IS NULL OR points IS NULL OR plays IS NULL AS is_empty,
      minutes_decimal > 0 AND raw_usage_rate IS NULL AS lacks_usage
    FROM zoned
  ),
  scored AS (
    SELECT
      *,
      SUBSTR(CONCAT(
        IF(minutes_decimal IS NULL, ',missing_required:minutes_played', ''),
        IF(points IS NULL, ',missing_required:points', ''),
        IF(plays IS NULL, ',missing_required:attempts', ''),
        IF(has_team_row, '', ',missing_required:team_offense_game_summary'),
        IF(has_team_row AND lacks_usage, ',missing_required:usage_rate', ''),
        IF(raw_usage_rate > 100, ',usage_rate_above_100', ''),
        IF(plus_minus IS NULL, ',missing_plus_minus', ''),
        IF(is_charted, '', ',shot_zones_unavailable'),
        IF(is_charted AND NOT has_complete_shot_zones, ',shot_zones_incomplete', '')
      ), 2) AS quality_issues,
      IF(is_empty, 0.0,
        100.0
        - IF(has_team_row AND NOT IFNULL(lacks_usage, FALSE), 0, 50)
        - IF(raw_usage_rate > 100, 5, 0)
        - IF(plus_minus IS NULL, 5, 0)
        - IF(has_complete_shot_zones, 0, 5)
      ) AS quality_score
    FROM judged
  )
SELECT
  player_lookup,
  player_name AS player_full_name,
  game_id,
  game_date,
  team_abbr,
  opponent_team_abbr,
  season_year,
  points,
  ROUND(minutes_decimal, 1) AS minutes_played,
  assists,
  offensive_rebounds,
  defensive_rebounds,
  steals,
  blocks,
  turnovers,
  field_goals_attempted AS fg_attempts,
  field_goals_made AS fg_makes,
  three_pointers_attempted AS three_pt_attempts,
  three_pointers_made AS three_pt_makes,
  free_throws_attempted AS ft_attempts,
  free_throws_made AS ft_makes,
  plus_minus,
  personal_fouls,
  paint_attempts,
  paint_makes,
  mid_range_attempts,
  mid_range_makes,
  three_attempts_pbp,
  three_makes_pbp,
  has_complete_shot_zones,
  IF(raw_usage_rate <= 100, ROUND(raw_usage_rate, 2), NULL) AS usage_rate,
  raw_usage_rate <= 100 AS usage_rate_valid,
  IF(raw_usage_rate > 100, ROUND(raw_usage_rate, 2), NULL) AS usage_rate_raw,
  CASE
    WHEN raw_usage_rate > 100 THEN 'above_100'
    WHEN raw_usage_rate > 50 THEN 'suspicious_above_50'
  END AS usage_rate_anomaly_reason,
  IF(
    field_goals_attempted = 0, NULL,
    ROUND(SAFE_DIVIDE(points, 2 * (field_goals_attempted + 0.44 * free_throws_attempted)), 3)
  ) AS ts_pct,
  ROUND(SAFE_DIVIDE(field_goals_made + 0.5 * three_pointers_made, field_goals_attempted), 3)
    AS efg_pct,
  win_flag,
  'nbac_gamebook' AS primary_source_used,
  CASE
    WHEN quality_score >= 95 THEN 'gold'
    WHEN quality_score >= 75 THEN 'silver'
    WHEN quality_score >= 50 THEN 'bronze'
    WHEN quality_score >= 25 THEN 'poor'
    ELSE 'unusable'
  END AS quality_tier,
  quality_score,
  quality_issues,
  quality_score >= 50 AND has_team_row AND NOT IFNULL(lacks_usage, FALSE) AS is_production_ready,
  CONCAT(
    'nbac_gamebook',
    IF(has_team_row, ',team_offense_game_summary', ''),
    IF(is_charted, ',bigdataball', '')
  ) AS data_sources,
  CURRENT_TIMESTAMP() AS processed_at
FROM scored
