import type { Day } from '../../../shared/core/days.ts';
import { dates } from '../days.ts';
import { type Damage, type Defect, defectOf, type Scene } from '../defect.ts';
import { fails, passes } from '../expectation.ts';
import { CACHE, CONTEXT, FEATURES, OFFENSE, PLAYERS, TEAM_CONTEXT } from '../relations.ts';

/** Ids in another form, and ids that nobody else knows. */
export const ids: readonly Defect[] = [
  homeAndAwaySwappedInIds,
  idsInLowerCase,
  numericGameIds,
  aTeamUnderAnotherName,
  teamsInLowerCase,
  orphanPlayers,
  playersNotNormalised,
  homeFlagsSwapped,
  playersAgainstTheirOwnTeam,
  homeAndAwayTeamsSwapped,
].map((damage) => defectOf(damage));

/** YYYYMMDD_HOME_AWAY instead of AWAY_HOME: the join on it lost 53 % of usage_rate. */
async function homeAndAwaySwappedInIds({ daysOf, run }: Scene): Promise<Damage> {
  const days = daysOf(OFFENSE).filter((_, at) => at % 7 === 3);
  await run(
    `UPDATE ${OFFENSE} SET game_id = game_id[1:9] || game_id[14:16] || '_' || game_id[10:12]
     WHERE game_date IN (${dates(days)})`,
  );
  return {
    caught: [
      passes(OFFENSE, 'days'),
      passes(OFFENSE, 'game-id-form'),
      fails(OFFENSE, 'games', days),
      fails(OFFENSE, 'side-fits-game-id', days),
    ],
  };
}

async function idsInLowerCase({ daysOf, run }: Scene): Promise<Damage> {
  const days = daysOf(PLAYERS).slice(12, 15);
  await run(`UPDATE ${PLAYERS} SET game_id = LOWER(game_id) WHERE game_date IN (${dates(days)})`);
  return { caught: [fails(PLAYERS, 'game-id-form', days), fails(PLAYERS, 'games', days)] };
}

/** NBA's own ids: joined with system ids they found 105 games without box scores. */
async function numericGameIds({ daysOf, run }: Scene): Promise<Damage> {
  const days = daysOf(OFFENSE).slice(80, 84);
  await run(`UPDATE ${OFFENSE} SET game_id = nba_game_id WHERE game_date IN (${dates(days)})`);
  return {
    caught: [
      fails(OFFENSE, 'game-id-form', days),
      fails(OFFENSE, 'games', days),
      fails(OFFENSE, 'day-of-game-id', days),
    ],
  };
}

async function aTeamUnderAnotherName({ rows, daysWith, run }: Scene): Promise<Damage> {
  const [first] = await rows(`SELECT MIN(team_abbr) AS team FROM ${PLAYERS}`);
  const days = await daysWith(PLAYERS, `team_abbr = '${first?.team}'`);
  await run(`UPDATE ${PLAYERS} SET team_abbr = 'ZZZ' WHERE team_abbr = '${first?.team}'`);
  return { caught: [fails(PLAYERS, 'both-teams', days), passes(PLAYERS, 'team-form')] };
}

async function teamsInLowerCase({ daysOf, run }: Scene): Promise<Damage> {
  const days = daysOf(TEAM_CONTEXT).slice(7, 9);
  await run(
    `UPDATE ${TEAM_CONTEXT} SET team_abbr = LOWER(team_abbr) WHERE game_date IN (${dates(days)})`,
  );
  return { caught: [fails(TEAM_CONTEXT, 'team-form', days)] };
}

async function orphanPlayers({ daysOf, run }: Scene): Promise<Damage> {
  const days = daysOf(FEATURES).slice(40, 42);
  await run(
    `INSERT INTO ${FEATURES} SELECT * REPLACE ('nobody' || player_lookup AS player_lookup)
     FROM ${FEATURES} WHERE game_date IN (${dates(days)}) AND HASH(player_lookup) % 8 = 0`,
  );
  return {
    caught: [
      fails(FEATURES, 'players-in-context', days),
      passes(FEATURES, 'players-of-context'),
      passes(FEATURES, 'unique-key'),
    ],
  };
}

async function playersNotNormalised({ daysOf, run }: Scene): Promise<Damage> {
  const days = daysOf(CACHE).slice(31, 33);
  await run(
    `UPDATE ${CACHE} SET player_lookup = player_lookup || '-jr'
     WHERE cache_date IN (${dates(days)}) AND HASH(player_lookup) % 3 = 0`,
  );
  return {
    caught: [
      fails(CACHE, 'player-form', days),
      fails(CACHE, 'players-of-context', days),
      fails(CACHE, 'players-in-context', days),
    ],
  };
}

async function homeFlagsSwapped({ daysOf, run }: Scene): Promise<Damage> {
  const days = daysOf(CONTEXT).slice(100, 104);
  await run(`UPDATE ${CONTEXT} SET home_game = NOT home_game WHERE game_date IN (${dates(days)})`);
  return { caught: [passes(CONTEXT, 'home-filled'), fails(CONTEXT, 'side-fits-game-id', days)] };
}

async function playersAgainstTheirOwnTeam({ daysOf, run }: Scene): Promise<Damage> {
  const day = daysOf(CONTEXT)[19] as Day;
  await run(`UPDATE ${CONTEXT} SET opponent_team_abbr = team_abbr WHERE game_date = '${day}'`);
  return {
    caught: [passes(CONTEXT, 'opponent-filled'), fails(CONTEXT, 'side-fits-game-id', [day])],
  };
}

/** Every row has the stats of the other side; all identities within a row still hold. */
async function homeAndAwayTeamsSwapped({ daysOf, run }: Scene): Promise<Damage> {
  const days = daysOf(OFFENSE).slice(110, 113);
  await run(
    `UPDATE ${OFFENSE} SET team_abbr = opponent_team_abbr, opponent_team_abbr = team_abbr,
     home_game = NOT home_game WHERE game_date IN (${dates(days)})`,
  );
  return {
    caught: [
      passes(OFFENSE, 'side-fits-game-id'),
      passes(OFFENSE, 'points-add-up'),
      fails(OFFENSE, 'home-score-of-schedule', days),
      fails(OFFENSE, 'away-score-of-schedule', days),
    ],
  };
}
