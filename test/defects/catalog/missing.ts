import type { Day } from '../../../shared/core/days.ts';
import { withChecks } from '../added-check.ts';
import { dates, dayWithGames, fullestDay } from '../days.ts';
import { type Damage, type Defect, defectOf, type Scene } from '../defect.ts';
import { come, fails, failsAsAWhole, passes } from '../expectation.ts';
import {
  BOXSCORES,
  BOXSCORES_COMPARED,
  CACHE,
  FEATURES,
  OFFENSE,
  PLAYERS,
  TEAM_ZONES,
} from '../relations.ts';

/** Rows, games and days that are not there. */
export const missing: readonly Defect[] = [
  theFirstDaysDropped,
  daysInTheMiddleDropped,
  theLastDaysDropped,
  everyTenthDayDropped,
  oneGameOfADayDropped,
  oneSideOfAGameDropped,
  twoTeamsOfAFullNight,
  aDateWithOneRow,
  gamesMissingAllOverTheRange,
  fewerGamesThanTheRangeHas,
  aTeamHalved,
  playersMissingInTheCache,
  aTeamWithoutZones,
  aFeatureDayHalved,
  gamesMissingInTheRawBoxScores,
  aTableEmptied,
].map((damage) => defectOf(damage));

async function theFirstDaysDropped(scene: Scene): Promise<Damage> {
  return drop(scene, scene.daysOf(OFFENSE).slice(0, 3));
}

async function daysInTheMiddleDropped(scene: Scene): Promise<Damage> {
  return drop(scene, scene.daysOf(OFFENSE).slice(40, 45));
}

async function theLastDaysDropped(scene: Scene): Promise<Damage> {
  return drop(scene, scene.daysOf(OFFENSE).slice(-4));
}

async function everyTenthDayDropped(scene: Scene): Promise<Damage> {
  return drop(
    scene,
    scene.daysOf(OFFENSE).filter((_, at) => at % 10 === 5),
  );
}

async function drop({ run }: Scene, days: readonly Day[]): Promise<Damage> {
  await run(`DELETE FROM ${OFFENSE} WHERE game_date IN (${dates(days)})`);
  return { caught: [fails(OFFENSE, 'days', days), fails(OFFENSE, 'games', days)] };
}

async function oneGameOfADayDropped({ schedule, daysOf, run }: Scene): Promise<Damage> {
  const day = dayWithGames(schedule, daysOf(PLAYERS), 3);
  await run(`DELETE FROM ${PLAYERS} WHERE game_id = '${schedule.games.get(day)?.[1]?.id}'`);
  return { caught: [fails(PLAYERS, 'games', [day]), passes(PLAYERS, 'days')] };
}

async function oneSideOfAGameDropped({ schedule, daysOf, run }: Scene): Promise<Damage> {
  const day = daysOf(OFFENSE)[20] as Day;
  const game = schedule.games.get(day)?.[0];
  await run(`DELETE FROM ${OFFENSE} WHERE game_id = '${game?.id}' AND team_abbr = '${game?.home}'`);
  return {
    caught: [
      fails(OFFENSE, 'both-teams', [day]),
      fails(OFFENSE, 'rows-per-game', [day]),
      passes(OFFENSE, 'games'),
    ],
  };
}

/** 2026-01-03: two of sixteen teams were saved, and the day counted as done. */
async function twoTeamsOfAFullNight({ schedule, daysOf, run }: Scene): Promise<Damage> {
  const day = fullestDay(schedule, daysOf(OFFENSE));
  const kept = schedule.games.get(day)?.[0]?.id;
  await run(`DELETE FROM ${OFFENSE} WHERE game_date = '${day}' AND game_id <> '${kept}'`);
  return {
    caught: [
      passes(OFFENSE, 'days'),
      fails(OFFENSE, 'games', [day]),
      fails(OFFENSE, 'rows-per-game', [day]),
    ],
  };
}

/** A date with one row counted as covered: 848 of 848 dates hid nights of two teams. */
async function aDateWithOneRow({ daysOf, run }: Scene): Promise<Damage> {
  const day = daysOf(PLAYERS)[33] as Day;
  await run(
    `DELETE FROM ${PLAYERS} WHERE game_date = '${day}' AND player_lookup <>
     (SELECT MIN(player_lookup) FROM ${PLAYERS} WHERE game_date = '${day}')`,
  );
  return {
    caught: [
      passes(PLAYERS, 'days'),
      fails(PLAYERS, 'both-teams', [day]),
      fails(PLAYERS, 'players-per-game', [day]),
    ],
  };
}

/** 169 games were missing in team_offense after "all backfills complete". */
async function gamesMissingAllOverTheRange(scene: Scene): Promise<Damage> {
  const { daysWith, run } = scene;
  const lost = 'HASH(game_id) % 15 = 0';
  const days = await daysWith(OFFENSE, lost);
  await run(`DELETE FROM ${OFFENSE} WHERE ${lost}`);
  return { caught: [fails(OFFENSE, 'games', days), fails(OFFENSE, 'both-teams', days)] };
}

/** A floor over the whole range: so many games were played, and one less is stored. */
async function fewerGamesThanTheRangeHas(scene: Scene): Promise<Damage> {
  const { definition, schedule, daysOf, run } = scene;
  const days = daysOf(OFFENSE);
  const played = days.reduce((sum, day) => sum + (schedule.games.get(day)?.length ?? 0), 0);
  await run(
    `DELETE FROM ${OFFENSE} WHERE game_id = '${schedule.games.get(days[0] as Day)?.[0]?.id}'`,
  );
  return {
    pipeline: withChecks(definition.text, OFFENSE, {
      id: 'whole-range',
      kind: 'distinct-games',
      game: 'game_id',
      atLeast: played,
    }),
    caught: [passes(OFFENSE, 'days'), failsAsAWhole(OFFENSE, 'whole-range')],
  };
}

async function aTeamHalved({ schedule, daysOf, run }: Scene): Promise<Damage> {
  const day = daysOf(PLAYERS)[50] as Day;
  const game = schedule.games.get(day)?.[0];
  await run(
    `DELETE FROM ${PLAYERS} WHERE rowid IN (SELECT rowid FROM ${PLAYERS}
     WHERE game_id = '${game?.id}' AND team_abbr = '${game?.away}' ORDER BY player_lookup LIMIT 5)`,
  );
  return { caught: [fails(PLAYERS, 'players-of-gamebook', [day]), passes(PLAYERS, 'both-teams')] };
}

async function playersMissingInTheCache({ daysOf, run }: Scene): Promise<Damage> {
  const days = daysOf(CACHE).slice(10, 13);
  await run(
    `DELETE FROM ${CACHE} WHERE cache_date IN (${dates(days)}) AND HASH(player_lookup) % 4 = 0`,
  );
  return { caught: [fails(CACHE, 'players-of-context', days), passes(CACHE, 'days')] };
}

async function aTeamWithoutZones({ daysOf, rows, run }: Scene): Promise<Damage> {
  const days = daysOf(TEAM_ZONES).slice(30, 40);
  const [team] = await rows(`SELECT MIN(team_abbr) AS team FROM ${TEAM_ZONES}`);
  await run(
    `DELETE FROM ${TEAM_ZONES} WHERE analysis_date IN (${dates(days)}) AND team_abbr = '${team?.team}'`,
  );
  return { caught: [fails(TEAM_ZONES, 'teams', days)] };
}

async function aFeatureDayHalved({ daysOf, run }: Scene): Promise<Damage> {
  const day = daysOf(FEATURES)[21] as Day;
  await run(`DELETE FROM ${FEATURES} WHERE game_date = '${day}' AND HASH(player_lookup) % 2 = 0`);
  return { caught: [fails(FEATURES, 'players-of-context', [day])] };
}

/** The 26 days and 100 games without raw team box scores, which nobody's check of today could see. */
async function gamesMissingInTheRawBoxScores({ daysOf, run }: Scene): Promise<Damage> {
  const days = daysOf(BOXSCORES).slice(60, 70);
  await run(`DELETE FROM ${BOXSCORES} WHERE game_date IN (${dates(days)})`);
  return {
    caught: [fails(BOXSCORES, 'both-teams', days), fails(OFFENSE, 'fresh', days)],
    seenElsewhere: BOXSCORES_COMPARED,
  };
}

async function aTableEmptied({ daysOf, run }: Scene): Promise<Damage> {
  await run(`DELETE FROM ${OFFENSE}`);
  const days = daysOf(OFFENSE);
  return { caught: [fails(OFFENSE, 'days', days), come(OFFENSE, 'EMPTY_SUSPECT', days)] };
}
