import type { Day } from '../../../shared/core/days.ts';
import { dates } from '../days.ts';
import { type Damage, type Defect, defectOf, type Scene } from '../defect.ts';
import { fails, passes } from '../expectation.ts';
import { CONTEXT, FEATURES, GAMEBOOK, OFFENSE, PLAYERS, SHOT_ZONES } from '../relations.ts';

/** Rows that are there more than once. */
export const doubled: readonly Defect[] = [
  aDayWrittenTwice,
  aTableAppendedTwice,
  aGameUnderAWrongDate,
  rowsMovedToTheNextDay,
  aPlayerTwiceWithDifferentCase,
  aRawFileLoadedTwice,
].map((damage) => defectOf(damage));

async function aDayWrittenTwice({ daysOf, run }: Scene): Promise<Damage> {
  const day = daysOf(PLAYERS)[44] as Day;
  await run(`INSERT INTO ${PLAYERS} SELECT * FROM ${PLAYERS} WHERE game_date = '${day}'`);
  return { caught: [fails(PLAYERS, 'unique-key', [day]), passes(PLAYERS, 'games')] };
}

async function aTableAppendedTwice({ daysOf, run }: Scene): Promise<Damage> {
  await run(`INSERT INTO ${OFFENSE} SELECT * FROM ${OFFENSE}`);
  const days = daysOf(OFFENSE);
  return { caught: [fails(OFFENSE, 'unique-key', days), fails(OFFENSE, 'rows-per-game', days)] };
}

/** The key holds the date, so on each day the rows are unique. */
async function aGameUnderAWrongDate({ schedule, daysOf, run }: Scene): Promise<Damage> {
  const [right, wrong] = daysOf(PLAYERS).slice(25, 27) as [Day, Day];
  const game = schedule.games.get(right)?.[0];
  await run(
    `INSERT INTO ${PLAYERS} SELECT * REPLACE (DATE '${wrong}' AS game_date, player_lookup || 'x' AS player_lookup)
     FROM ${PLAYERS} WHERE game_id = '${game?.id}'`,
  );
  return {
    caught: [
      passes(PLAYERS, 'unique-key'),
      fails(PLAYERS, 'day-of-game-id', [wrong]),
      fails(PLAYERS, 'one-day-a-game', [right, wrong]),
    ],
  };
}

async function rowsMovedToTheNextDay({ daysOf, run }: Scene): Promise<Damage> {
  const [from, to] = daysOf(CONTEXT).slice(65, 67) as [Day, Day];
  await run(`UPDATE ${CONTEXT} SET game_date = '${to}' WHERE game_date = '${from}'`);
  return {
    caught: [
      fails(CONTEXT, 'days', [from]),
      fails(CONTEXT, 'games', [from]),
      fails(CONTEXT, 'day-of-game-id', [to]),
    ],
    seenElsewhere: ['players-of-the-day', 'paint-rate-kept'].map((check) => ({
      table: SHOT_ZONES,
      check,
      why: 'holds itself against the context of the day, and one season of itself against the other',
    })),
  };
}

async function aPlayerTwiceWithDifferentCase({ daysOf, run }: Scene): Promise<Damage> {
  const days = daysOf(FEATURES).slice(11, 13);
  await run(
    `INSERT INTO ${FEATURES} SELECT * REPLACE (UPPER(player_lookup) AS player_lookup)
     FROM ${FEATURES} WHERE game_date IN (${dates(days)}) AND HASH(player_lookup) % 5 = 0`,
  );
  return {
    caught: [passes(FEATURES, 'unique-key'), fails(FEATURES, 'players-in-context', days)],
  };
}

async function aRawFileLoadedTwice({ daysOf, run }: Scene): Promise<Damage> {
  const days = daysOf(GAMEBOOK).slice(15, 18);
  await run(
    `INSERT INTO ${GAMEBOOK} SELECT * FROM ${GAMEBOOK} WHERE game_date IN (${dates(days)})`,
  );
  return {
    caught: [
      fails(GAMEBOOK, 'unique-key', days),
      fails(GAMEBOOK, 'points-of-team', days),
      fails(PLAYERS, 'fresh', days),
    ],
  };
}
