-- One row per team of the season and day with games, from the team's last 15 games before that day and
-- the league's 30 days before it. Which games those are comes from the schedule, so that a missing row
-- shows as a gap. Reads nbac_schedule and team_defense_game_summary.
WITH
  schedule AS (
    SELECT game_id, game_date, season_year, home_team_tricode, away_team_tricode
    FROM `nba_raw.nbac_schedule`
    WHERE game_date BETWEEN DATE_SUB(@from, INTERVAL 270 DAY) AND @to
      AND season_type IN ('regular', 'play_in', 'playoffs')
      AND game_status = 3
  ),
  days AS (
    SELECT DISTINCT game_date AS analysis_date, season_year
    FROM schedule
    WHERE game_date >= @from
  ),
  team_games AS (
    SELECT game_id, game_date, season_year, home_team_tricode AS team_abbr
    FROM schedule
    WHERE game_date < @to
    UNION ALL
    SELECT game_id, game_date, season_year, away_team_tricode
    FROM schedule
    WHERE game_date < @to
  ),
  defenses AS (
    SELECT
      *,
      CAST(ROUND(100 * defensive_rating) AS INT64) AS hundredths_of_rating,
      CAST(ROUND(10 * opponent_pace) AS INT64) AS tenths_of_pace,
      IF(opp_paint_attempts IS NULL OR opp_mid_range_attempts IS NULL, NULL, 1) AS zone_game
    FROM `nba_analytics.team_defense_game_summary`
    WHERE game_date BETWEEN DATE_SUB(@from, INTERVAL 270 DAY) AND DATE_SUB(@to, INTERVAL 1 DAY)
  ),
  forms AS (
    SELECT
      team_games.team_abbr,
      team_games.season_year,
      team_games.game_date,
      IFNULL(LEAD(team_games.game_date) OVER season_order, DATE '9999-12-31') AS last_day,
      COUNT(*) OVER last_15 AS games,
      COUNT(defenses.game_id) OVER last_15 AS found_games,
      COUNT(defenses.zone_game) OVER last_15 AS zone_games,
      SUM(defenses.opp_paint_attempts) OVER last_15 AS paint_attempts,
      SUM(defenses.opp_paint_makes) OVER last_15 AS paint_makes,
      SUM(defenses.points_in_paint_allowed) OVER last_15 AS paint_points,
      SUM(defenses.opp_mid_range_attempts) OVER last_15 AS mid_range_attempts,
      SUM(defenses.opp_mid_range_makes) OVER last_15 AS mid_range_makes,
      SUM(defenses.opp_three_pt_attempts) OVER last_15 AS three_pt_attempts,
      SUM(defenses.opp_three_pt_makes) OVER last_15 AS three_pt_makes,
      SUM(defenses.points_allowed) OVER last_15 AS points_allowed,
      SUM(defenses.hundredths_of_rating) OVER last_15 AS hundredths_of_rating,
      SUM(defenses.tenths_of_pace) OVER last_15 AS tenths_of_pace
    FROM team_games
    LEFT JOIN defenses
      ON defenses.game_date = team_games.game_date
      AND defenses.defending_team_abbr = team_games.team_abbr
    WINDOW
      season_order AS (
        PARTITION BY team_games.season_year, team_games.team_abbr
        ORDER BY team_games.game_date, team_games.game_id
      ),
      last_15 AS (
        PARTITION BY team_games.season_year, team_games.team_abbr
        ORDER BY team_games.game_date, team_games.game_id
        ROWS BETWEEN 14 PRECEDING AND CURRENT ROW
      )
  ),
  team_months AS (
    SELECT
      days.analysis_date,
      days.season_year,
      defenses.defending_team_abbr,
      SAFE_DIVIDE(SUM(opp_paint_makes), SUM(opp_paint_attempts)) AS paint_pct,
      SAFE_DIVIDE(SUM(opp_mid_range_makes), SUM(opp_mid_range_attempts)) AS mid_range_pct,
      SAFE_DIVIDE(SUM(opp_three_pt_makes), SUM(opp_three_pt_attempts)) AS three_pt_pct
    FROM days
    INNER JOIN defenses
      ON defenses.season_year = days.season_year
      AND defenses.game_date < days.analysis_date
      AND defenses.game_date >= DATE_SUB(days.analysis_date, INTERVAL 30 DAY)
    GROUP BY days.analysis_date, days.season_year, defenses.defending_team_abbr
  ),
  leagues AS (
    SELECT
      analysis_date,
      season_year,
      IF(COUNT(paint_pct) >= 10, AVG(paint_pct), NULL) AS paint_pct,
      IF(COUNT(mid_range_pct) >= 10, AVG(mid_range_pct), NULL) AS mid_range_pct,
      IF(COUNT(three_pt_pct) >= 10, AVG(three_pt_pct), NULL) AS three_pt_pct
    FROM team_months
    GROUP BY analysis_date, season_year
  ),
  analyses AS (
    SELECT
      days.analysis_date,
      forms.*,
      SAFE_DIVIDE(forms.paint_makes, forms.paint_attempts) AS paint_pct,
      SAFE_DIVIDE(forms.mid_range_makes, forms.mid_range_attempts) AS mid_range_pct,
      SAFE_DIVIDE(forms.three_pt_makes, forms.three_pt_attempts) AS three_pt_pct,
      ROUND(SAFE_DIVIDE(100 * forms.found_games, forms.games), 1) AS completeness,
      leagues.paint_pct AS league_paint_pct,
      leagues.mid_range_pct AS league_mid_range_pct,
      leagues.three_pt_pct AS league_three_pt_pct
    FROM days
    INNER JOIN forms
      ON forms.season_year = days.season_year
      AND forms.game_date < days.analysis_date
      AND forms.last_day >= days.analysis_date
    LEFT JOIN leagues
      ON leagues.analysis_date = days.analysis_date AND leagues.season_year = days.season_year
  ),
  compared AS (
    SELECT
      *,
      ROUND(100 * (paint_pct - league_paint_pct), 2) AS paint_difference,
      ROUND(100 * (mid_range_pct - league_mid_range_pct), 2) AS mid_range_difference,
      ROUND(100 * (three_pt_pct - league_three_pt_pct), 2) AS three_pt_difference,
      SUBSTR(CONCAT(
        IF(found_games < games, ',incomplete_history', ''),
        IF(games < 15, CONCAT(',thin_sample:', CAST(games AS STRING), '/15'), ''),
        IF(zone_games = 0, ',shot_zones_unavailable', ''),
        IF(zone_games > 0 AND zone_games < found_games, ',shot_zones_incomplete', '')
      ), 2) AS quality_issues,
      completeness - IF(games < 15, 15, 0) - IF(zone_games < found_games, 5, 0) AS raw_score
    FROM analyses
  ),
  scored AS (
    SELECT *, IF(raw_score < 0, 0.0, raw_score) AS quality_score
    FROM compared
  )
SELECT
  team_abbr,
  analysis_date,
  season_year,
  ROUND(paint_pct, 3) AS paint_pct_allowed_last_15,
  ROUND(SAFE_DIVIDE(paint_attempts, zone_games), 1) AS paint_attempts_allowed_per_game,
  ROUND(SAFE_DIVIDE(paint_points, zone_games), 1) AS paint_points_allowed_per_game,
  paint_difference AS paint_defense_vs_league_avg,
  ROUND(mid_range_pct, 3) AS mid_range_pct_allowed_last_15,
  ROUND(SAFE_DIVIDE(mid_range_attempts, zone_games), 1) AS mid_range_attempts_allowed_per_game,
  mid_range_difference AS mid_range_defense_vs_league_avg,
  ROUND(three_pt_pct, 3) AS three_pt_pct_allowed_last_15,
  ROUND(SAFE_DIVIDE(three_pt_attempts, found_games), 1) AS three_pt_attempts_allowed_per_game,
  three_pt_difference AS three_pt_defense_vs_league_avg,
  ROUND(SAFE_DIVIDE(hundredths_of_rating, 100 * found_games), 2) AS defensive_rating_last_15,
  ROUND(SAFE_DIVIDE(points_allowed, found_games), 1) AS opponent_points_per_game,
  ROUND(SAFE_DIVIDE(tenths_of_pace, 10 * found_games), 1) AS opponent_pace,
  found_games AS games_in_sample,
  zone_games AS zone_games_in_sample,
  CASE
    WHEN paint_difference + mid_range_difference + three_pt_difference IS NULL THEN NULL
    WHEN paint_difference <= mid_range_difference AND paint_difference <= three_pt_difference THEN 'paint'
    WHEN mid_range_difference <= three_pt_difference THEN 'mid_range'
    ELSE 'perimeter'
  END AS strongest_zone,
  CASE
    WHEN paint_difference + mid_range_difference + three_pt_difference IS NULL THEN NULL
    WHEN paint_difference >= mid_range_difference AND paint_difference >= three_pt_difference THEN 'paint'
    WHEN mid_range_difference >= three_pt_difference THEN 'mid_range'
    ELSE 'perimeter'
  END AS weakest_zone,
  games AS expected_games_count,
  found_games AS actual_games_count,
  games - found_games AS missing_games_count,
  completeness AS completeness_percentage,
  CASE
    WHEN quality_score >= 95 THEN 'gold'
    WHEN quality_score >= 75 THEN 'silver'
    WHEN quality_score >= 50 THEN 'bronze'
    WHEN quality_score >= 25 THEN 'poor'
    ELSE 'unusable'
  END AS data_quality_tier,
  quality_score,
  quality_issues AS data_quality_issues,
  completeness >= 90 AS is_production_ready,
  CURRENT_TIMESTAMP() AS processed_at
FROM scored
