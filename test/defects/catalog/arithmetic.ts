import type { Day } from '../../../shared/core/days.ts';
import { dates } from '../days.ts';
import { type Damage, type Defect, defectOf, type Scene } from '../defect.ts';
import { fails, passes, warns } from '../expectation.ts';
import { CONTEXT, DEFENSE, GAMEBOOK, OFFENSE, PLAYERS, TEAM_CONTEXT } from '../relations.ts';

/** Numbers that do not belong together. */
export const arithmetic: readonly Defect[] = [
  onePointTooMany,
  moreMadeThanAttempted,
  overtimeIgnored,
  threesCountedAsMidRange,
  teamPointsNotTheSumOfItsPlayers,
  defenseCopiedFromTheOwnTeam,
  playersWithTheLineOfAnotherGame,
  winnersAndLosersSwapped,
  usageByRegulationMinutesInOvertime,
  aGameStoredAtHalfTime,
  twoStreaksAtOnce,
  weeksThatDoNotNest,
].map((damage) => defectOf(damage));

async function onePointTooMany({ daysOf, run }: Scene): Promise<Damage> {
  const day = daysOf(PLAYERS)[8] as Day;
  await run(
    `UPDATE ${PLAYERS} SET points = points + 1 WHERE game_date = '${day}' AND player_lookup =
     (SELECT MAX(player_lookup) FROM ${PLAYERS} WHERE game_date = '${day}')`,
  );
  return {
    caught: [fails(PLAYERS, 'points-add-up', [day]), fails(PLAYERS, 'points-of-team', [day])],
  };
}

async function moreMadeThanAttempted({ daysOf, run }: Scene): Promise<Damage> {
  const day = daysOf(DEFENSE)[6] as Day;
  await run(`UPDATE ${DEFENSE} SET opp_ft_attempts = opp_ft_makes - 1 WHERE game_date = '${day}'`);
  return { caught: [fails(DEFENSE, 'makes-within-attempts', [day])] };
}

/** 240 team minutes where there were 265. */
async function overtimeIgnored({ daysWith, run }: Scene): Promise<Damage> {
  const days = await daysWith(OFFENSE, 'overtime_periods > 0');
  await run(`UPDATE ${OFFENSE} SET team_minutes = 240`);
  return { caught: [fails(OFFENSE, 'minutes-fit-overtimes', days)] };
}

async function threesCountedAsMidRange({ daysWith, run }: Scene): Promise<Damage> {
  const zones = 'team_paint_attempts IS NOT NULL AND three_pt_attempts > 2';
  const days = (await daysWith(OFFENSE, zones, 'COUNT(*) > 3')).slice(10, 30);
  await run(
    `UPDATE ${OFFENSE} SET team_mid_range_attempts = team_mid_range_attempts + three_pt_attempts
     WHERE game_date IN (${dates(days)})`,
  );
  return { caught: [warns(OFFENSE, 'shot-zones-add-up', days)] };
}

/** One more basket, in shots, points and margin: the row itself is right. */
async function teamPointsNotTheSumOfItsPlayers({ schedule, daysOf, run }: Scene): Promise<Damage> {
  const day = daysOf(OFFENSE)[72] as Day;
  const game = schedule.games.get(day)?.[0];
  await run(
    `UPDATE ${OFFENSE} SET fg_makes = fg_makes + 1, fg_attempts = fg_attempts + 1,
     points_scored = points_scored + 2 WHERE game_id = '${game?.id}' AND home_game`,
  );
  return {
    caught: [
      passes(OFFENSE, 'points-add-up'),
      fails(OFFENSE, 'home-score-of-schedule', [day]),
      fails(PLAYERS, 'points-of-team', [day]),
    ],
  };
}

async function defenseCopiedFromTheOwnTeam({ daysOf, run }: Scene): Promise<Damage> {
  const days = daysOf(DEFENSE).slice(45, 50);
  await run(
    `UPDATE ${DEFENSE} SET points_allowed = own.points_scored, opp_fg_makes = own.fg_makes,
       opp_fg_attempts = own.fg_attempts, opp_three_pt_makes = own.three_pt_makes,
       opp_three_pt_attempts = own.three_pt_attempts, opp_ft_makes = own.ft_makes,
       opp_ft_attempts = own.ft_attempts, three_pt_points_allowed = 3 * own.three_pt_makes
     FROM ${OFFENSE} AS own WHERE own.game_id = ${DEFENSE}.game_id
       AND own.team_abbr = defending_team_abbr AND own.game_date IN (${dates(days)})`,
  );
  return {
    damaged: [DEFENSE],
    caught: [passes(DEFENSE, 'points-add-up'), fails(DEFENSE, 'points-of-boxscore', days)],
  };
}

/** Each player has the box score line of his game before: every line is a real one. */
async function playersWithTheLineOfAnotherGame({ run, rows }: Scene): Promise<Damage> {
  const line = ['points', 'fg_makes', 'fg_attempts', 'three_pt_makes', 'three_pt_attempts'];
  const all = [...line, 'ft_makes', 'ft_attempts'];
  await run(
    `UPDATE ${PLAYERS} SET ${all.map((column) => `${column} = before.${column}`).join(', ')}
     FROM (SELECT game_id AS game, player_lookup AS player,
       ${all.map((column) => `LAG(${column}) OVER w AS ${column}`).join(', ')}
       FROM ${PLAYERS} WINDOW w AS (PARTITION BY player_lookup ORDER BY game_date)) AS before
     WHERE before.game = game_id AND before.player = player_lookup AND before.points IS NOT NULL`,
  );
  const wrong = await rows(
    `SELECT DISTINCT p.game_date AS day FROM
       (SELECT game_date, game_id, team_abbr, SUM(points) AS points FROM ${PLAYERS} GROUP BY ALL) AS p
     JOIN ${OFFENSE} AS t ON t.game_id = p.game_id AND t.team_abbr = p.team_abbr
     WHERE t.points_scored <> p.points ORDER BY day`,
  );
  const days = wrong.map(({ day }) => day as Day);
  return {
    damaged: [PLAYERS],
    caught: [passes(PLAYERS, 'points-add-up'), fails(PLAYERS, 'points-of-team', days)],
  };
}

async function winnersAndLosersSwapped({ daysOf, run }: Scene): Promise<Damage> {
  const day = daysOf(OFFENSE)[55] as Day;
  await run(`UPDATE ${OFFENSE} SET win_flag = NOT win_flag WHERE game_date = '${day}'`);
  return {
    caught: [fails(OFFENSE, 'win-fits-margin', [day]), passes(OFFENSE, 'sides-mirror-each-other')],
  };
}

/** 48 minutes where there were 53: inside every range. */
async function usageByRegulationMinutesInOvertime(scene: Scene): Promise<Damage> {
  const { daysWith, run } = scene;
  const days = await daysWith(OFFENSE, 'overtime_periods > 0');
  await run(
    `UPDATE ${PLAYERS} SET usage_rate = usage_rate * 240 / (240 + 25 * team.overtime_periods)
     FROM ${OFFENSE} AS team WHERE team.game_id = ${PLAYERS}.game_id
       AND team.team_abbr = ${PLAYERS}.team_abbr AND team.overtime_periods > 0`,
  );
  return {
    damaged: [PLAYERS],
    caught: [passes(PLAYERS, 'usage-rate-in-range'), fails(PLAYERS, 'usage-of-team', days)],
  };
}

/** A live box score taken at half time is complete, and half of the truth. */
async function aGameStoredAtHalfTime({ schedule, daysOf, run }: Scene): Promise<Damage> {
  const day = daysOf(GAMEBOOK)[88] as Day;
  const game = schedule.games.get(day)?.[0];
  await run(
    `UPDATE ${GAMEBOOK} SET minutes_decimal = minutes_decimal / 2 WHERE game_id = '${game?.id}'`,
  );
  return {
    caught: [passes(GAMEBOOK, 'minutes-filled'), fails(GAMEBOOK, 'minutes-of-team', [day])],
  };
}

async function twoStreaksAtOnce({ daysWith, run }: Scene): Promise<Damage> {
  const streak = 'team_win_streak_entering > 0';
  const days = (await daysWith(TEAM_CONTEXT, streak)).slice(20, 23);
  await run(
    `UPDATE ${TEAM_CONTEXT} SET team_loss_streak_entering = 1
     WHERE ${streak} AND game_date IN (${dates(days)})`,
  );
  return { caught: [fails(TEAM_CONTEXT, 'streaks-exclude-each-other', days)] };
}

async function weeksThatDoNotNest({ daysWith, run }: Scene): Promise<Damage> {
  const played = 'games_in_last_7_days > 0';
  const days = (await daysWith(CONTEXT, played)).slice(50, 53);
  await run(
    `UPDATE ${CONTEXT} SET games_in_last_14_days = games_in_last_7_days - 1
     WHERE ${played} AND game_date IN (${dates(days)})`,
  );
  return { caught: [fails(CONTEXT, 'weeks-nest', days)] };
}
