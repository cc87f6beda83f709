import type { Day } from '../../../shared/core/days.ts';
import { dates } from '../days.ts';
import { type Damage, type Defect, defectOf, type Scene } from '../defect.ts';
import { fails, passes } from '../expectation.ts';
import { CONTEXT, FEATURES, OFFENSE, PLAYERS } from '../relations.ts';

/** Columns that are NULL where they must be filled. */
export const emptyColumns: readonly Defect[] = [
  minutesEmptyForAMonth,
  pointsEmptyForOneTeam,
  usageEmptyWhereNobodyPlayed,
  pointsEmptyWhereNobodyPlayed,
  usageEmptyForTwentyMonths,
  usageHalfFilled,
  oneEmptyDayHiddenByTheAverage,
  aFeatureEmptyEverywhere,
  opponentEmptyOnADay,
  paceEmptyOnADay,
  qualityEmptyOnADay,
].map((damage) => defectOf(damage));

/** "MM:SS" was coerced to a number: NULL, and the job ended well. */
async function minutesEmptyForAMonth({ daysOf, run }: Scene): Promise<Damage> {
  const days = daysOf(PLAYERS).slice(20, 46);
  await run(`UPDATE ${PLAYERS} SET minutes_played = NULL WHERE game_date IN (${dates(days)})`);
  return { caught: [fails(PLAYERS, 'minutes-filled', days), passes(PLAYERS, 'days')] };
}

async function pointsEmptyForOneTeam({ rows, daysWith, run }: Scene): Promise<Damage> {
  const [first] = await rows(`SELECT MIN(team_abbr) AS team FROM ${PLAYERS}`);
  const ofTeam = `team_abbr = '${first?.team}'`;
  const days = await daysWith(PLAYERS, ofTeam);
  await run(`UPDATE ${PLAYERS} SET points = NULL WHERE ${ofTeam}`);
  return { caught: [fails(PLAYERS, 'points-filled', days)] };
}

/** No usage can be computed of who did not play: no alarm. */
async function usageEmptyWhereNobodyPlayed(scene: Scene): Promise<Damage> {
  const day = await benchThree(scene, 'usage_rate');
  return {
    caught: [
      passes(PLAYERS, 'usage-rate-filled'),
      passes(PLAYERS, 'minutes-filled'),
      fails(PLAYERS, 'minutes-of-team', [day]),
    ],
  };
}

/** Points of who did not play are 0, so nothing leaves the row out: an alarm. */
async function pointsEmptyWhereNobodyPlayed(scene: Scene): Promise<Damage> {
  const day = await benchThree(scene, 'points');
  return { caught: [fails(PLAYERS, 'points-filled', [day])] };
}

/** Three players of one game did not play after all, and one of their columns is NULL. */
async function benchThree({ schedule, daysOf, run }: Scene, column: string): Promise<Day> {
  const day = daysOf(PLAYERS)[60] as Day;
  const game = schedule.games.get(day)?.[0];
  await run(
    `UPDATE ${PLAYERS} SET minutes_played = 0, ${column} = NULL WHERE rowid IN (
       SELECT rowid FROM ${PLAYERS} WHERE game_id = '${game?.id}' AND team_abbr = '${game?.home}'
       ORDER BY minutes_played DESC LIMIT 3)`,
  );
  return day;
}

/** usage_rate was empty for 20 months, and every row was there. */
async function usageEmptyForTwentyMonths({ daysOf, run }: Scene): Promise<Damage> {
  const all = daysOf(PLAYERS);
  const days = all.slice(0, Math.floor(0.75 * all.length));
  await run(`UPDATE ${PLAYERS} SET usage_rate = NULL WHERE game_date IN (${dates(days)})`);
  return {
    caught: [
      fails(PLAYERS, 'usage-rate-filled', days),
      passes(PLAYERS, 'days'),
      passes(PLAYERS, 'both-teams'),
      passes(PLAYERS, 'minutes-filled'),
    ],
  };
}

/** 47 % of usage_rate: two forms of game ids met in a join. */
async function usageHalfFilled({ daysOf, run }: Scene): Promise<Damage> {
  await run(
    `UPDATE ${PLAYERS} SET usage_rate = NULL WHERE HASH(player_lookup, game_id) % 100 < 53`,
  );
  return { caught: [fails(PLAYERS, 'usage-rate-filled', daysOf(PLAYERS))] };
}

async function oneEmptyDayHiddenByTheAverage({ daysOf, run }: Scene): Promise<Damage> {
  const day = daysOf(PLAYERS)[77] as Day;
  await run(`UPDATE ${PLAYERS} SET usage_rate = NULL WHERE game_date = '${day}'`);
  return { caught: [fails(PLAYERS, 'usage-rate-filled', [day])] };
}

async function aFeatureEmptyEverywhere({ daysWith, run }: Scene): Promise<Damage> {
  const days = await daysWith(FEATURES, 'expected_games_count > 0', 'COUNT(*) > 1');
  await run(`UPDATE ${FEATURES} SET points_avg_last_5 = NULL`);
  return { caught: [fails(FEATURES, 'form-filled', days)] };
}

async function opponentEmptyOnADay({ daysOf, run }: Scene): Promise<Damage> {
  const day = daysOf(CONTEXT)[13] as Day;
  await run(`UPDATE ${CONTEXT} SET opponent_team_abbr = NULL WHERE game_date = '${day}'`);
  return { caught: [fails(CONTEXT, 'opponent-filled', [day])] };
}

async function paceEmptyOnADay({ daysOf, run }: Scene): Promise<Damage> {
  const day = daysOf(OFFENSE)[99] as Day;
  await run(`UPDATE ${OFFENSE} SET pace = NULL WHERE game_date = '${day}'`);
  return { caught: [fails(OFFENSE, 'pace-filled', [day])] };
}

/** A share over nothing is not a share: NULL is no tier. */
async function qualityEmptyOnADay({ daysOf, run }: Scene): Promise<Damage> {
  const day = daysOf(OFFENSE)[98] as Day;
  await run(`UPDATE ${OFFENSE} SET quality_tier = NULL WHERE game_date = '${day}'`);
  return {
    caught: [fails(OFFENSE, 'good-quality', [day]), fails(OFFENSE, 'production-ready', [day])],
  };
}
