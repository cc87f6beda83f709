import type { SeenElsewhere } from './defect.ts';

/** The tables and sources of the NBA pipeline that defects damage. */
export const OFFENSE = 'nba_analytics.team_offense_game_summary';
export const DEFENSE = 'nba_analytics.team_defense_game_summary';
export const PLAYERS = 'nba_analytics.player_game_summary';
export const CONTEXT = 'nba_analytics.upcoming_player_game_context';
export const TEAM_CONTEXT = 'nba_analytics.upcoming_team_game_context';
export const TEAM_ZONES = 'nba_precompute.team_defense_zone_analysis';
export const SHOT_ZONES = 'nba_precompute.player_shot_zone_analysis';
export const FACTORS = 'nba_precompute.player_composite_factors';
export const CACHE = 'nba_precompute.player_daily_cache';
export const FEATURES = 'nba_predictions.ml_feature_store_v2';

export const SCHEDULE = 'nba_raw.nbac_schedule';
export const GAMEBOOK = 'nba_raw.nbac_gamebook_player_stats';
export const BOXSCORES = 'nba_raw.nbac_team_boxscore';
const PLAY_BY_PLAY = 'nba_raw.bigdataball_play_by_play';
export const PEOPLE = 'nba_reference.players';

export const RUN_HISTORY = 'phasegate.run_history';
export const METRICS = 'phasegate.metrics';

/** Other sources are held against the team box scores, so they see it when those are wrong. */
export const BOXSCORES_COMPARED: readonly SeenElsewhere[] = [
  { table: GAMEBOOK, check: 'points-of-team' },
  { table: GAMEBOOK, check: 'minutes-of-team' },
  { table: PLAY_BY_PLAY, check: 'shots-of-boxscore' },
].map((each) => ({ ...each, why: 'compares itself with the team box scores' }));
