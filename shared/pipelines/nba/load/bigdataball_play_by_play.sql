-- One row per charted shot: the file holds shots only, so every event is a 'shot'.
SELECT
  game_id,
  nba_game_id,
  game_date,
  season_year,
  shot_seq AS event_sequence,
  period,
  game_clock_seconds,
  'shot' AS event_type,
  action_type AS event_subtype,
  player_full_name AS player_1_name,
  player_lookup AS player_1_lookup,
  team_abbr AS player_1_team_abbr,
  shot_made,
  shot_type,
  CAST(shot_distance AS FLOAT64) AS shot_distance,
  CASE WHEN NOT shot_made THEN 0 WHEN shot_type = '3PT' THEN 3 ELSE 2 END AS points_scored,
  CAST(loc_x AS FLOAT64) AS original_x,
  CAST(loc_y AS FLOAT64) AS original_y
FROM `phasegate_staging.raw_shots`
