import type { Day } from '../../../shared/core/days.ts';
import { parseDay } from '../../../shared/core/days.ts';
import { dates, dayWithGames } from '../days.ts';
import { type Damage, type Defect, defectOf, type Scene } from '../defect.ts';
import { fails, failsAsAWhole, isUnknown, passes } from '../expectation.ts';
import { FEATURES, OFFENSE, PLAYERS, SCHEDULE } from '../relations.ts';

/** Days and games that should not count, and a schedule that is wrong about them. */
export const calendar: readonly Defect[] = [
  ...[
    preseasonCountedIn,
    rowsInTheSummer,
    rowsInTheFuture,
    rowsWithoutADay,
    theScheduleEmptied,
    halfOfTheScheduleLost,
    aFinalGameLost,
    aPostponedGameMarkedFinal,
    aFinalDaySetBack,
    aGameTwiceInTheSchedule,
    aGameOnTwoDaysOfTheSchedule,
    scoresSwappedInTheSchedule,
  ].map((damage) => defectOf(damage)),
  defectOf(allStarGameCounted, ['seasons']),
];

async function preseasonCountedIn(scene: Scene): Promise<Damage> {
  return countIn(scene, 'preseason');
}

async function allStarGameCounted(scene: Scene): Promise<Damage> {
  return countIn(scene, 'all_star');
}

/** Rows of games of a season type that does not count, on days without one that does. */
async function countIn({ range, daysOf, rows, run }: Scene, type: string): Promise<Damage> {
  const games = await rows(
    `SELECT game_id, game_date FROM ${SCHEDULE} WHERE season_type = '${type}'
     AND game_date BETWEEN '${range.from}' AND '${range.to}' ORDER BY game_date`,
  );
  const [from] = daysOf(PLAYERS);
  for (const { game_id, game_date } of games) {
    await run(
      `INSERT INTO ${PLAYERS} SELECT * REPLACE (DATE '${game_date}' AS game_date, '${game_id}' AS game_id)
       FROM ${PLAYERS} WHERE game_date = '${from}'`,
    );
  }
  const days = [...new Set(games.map(({ game_date }) => game_date as Day))];
  return { caught: [fails(PLAYERS, 'placed', days)] };
}

async function rowsInTheSummer({ daysOf, run }: Scene): Promise<Damage> {
  const day = parseDay('2022-08-01');
  await run(
    `INSERT INTO ${FEATURES} SELECT * REPLACE (DATE '${day}' AS game_date)
     FROM ${FEATURES} WHERE game_date = '${daysOf(FEATURES)[0]}'`,
  );
  return { caught: [fails(FEATURES, 'placed', [day])] };
}

async function rowsInTheFuture({ range, daysOf, run }: Scene): Promise<Damage> {
  const day = parseDay('2023-09-30');
  await run(
    `INSERT INTO ${PLAYERS} SELECT * REPLACE (DATE '${day}' AS game_date)
     FROM ${PLAYERS} WHERE game_date = '${daysOf(PLAYERS)[0]}'`,
  );
  return {
    range: { from: range.from, to: parseDay('2023-10-01') },
    caught: [fails(PLAYERS, 'placed', [day])],
  };
}

async function rowsWithoutADay({ daysOf, run }: Scene): Promise<Damage> {
  const day = daysOf(PLAYERS)[17];
  await run(`ALTER TABLE ${PLAYERS} ALTER COLUMN game_date DROP NOT NULL`);
  await run(
    `UPDATE ${PLAYERS} SET game_date = NULL WHERE game_date = '${day}' AND player_lookup =
     (SELECT MIN(player_lookup) FROM ${PLAYERS} WHERE game_date = '${day}')`,
  );
  return { caught: [failsAsAWhole(PLAYERS, 'placed')] };
}

const NOTHING_EXPECTED = /no expected day in the range/;

/** Nothing is expected: that is not the same as everything is there. */
async function theScheduleEmptied({ daysOf, run }: Scene): Promise<Damage> {
  await run(`DELETE FROM ${SCHEDULE}`);
  return {
    damaged: [SCHEDULE],
    caught: [
      isUnknown(OFFENSE, 'days', NOTHING_EXPECTED),
      isUnknown(PLAYERS, 'usage-rate-filled', NOTHING_EXPECTED),
      fails(PLAYERS, 'placed', daysOf(PLAYERS)),
    ],
  };
}

async function halfOfTheScheduleLost({ daysOf, run }: Scene): Promise<Damage> {
  const lost = daysOf(OFFENSE).filter((_, at) => at % 2 === 1);
  await run(`DELETE FROM ${SCHEDULE} WHERE game_date IN (${dates(lost)})`);
  return {
    damaged: [SCHEDULE],
    caught: [fails(OFFENSE, 'placed', lost), fails(PLAYERS, 'placed', lost)],
  };
}

async function aFinalGameLost({ schedule, daysOf, run }: Scene): Promise<Damage> {
  const day = dayWithGames(schedule, daysOf(OFFENSE), 3);
  await run(`DELETE FROM ${SCHEDULE} WHERE game_id = '${schedule.games.get(day)?.[2]?.id}'`);
  return { damaged: [SCHEDULE], caught: [fails(OFFENSE, 'rows-per-game', [day])] };
}

async function aPostponedGameMarkedFinal({ schedule, daysOf, run }: Scene): Promise<Damage> {
  const day = dayWithGames(schedule, daysOf(OFFENSE), 2);
  const games = schedule.games.get(day) ?? [];
  const busy = new Set(games.flatMap(({ home, away }) => [home, away]));
  const teams = schedule.teams.get(games[0]?.season ?? 0) ?? new Set<string>();
  const [home, away] = [...teams].filter((team) => !busy.has(team));
  await run(
    `INSERT INTO ${SCHEDULE} SELECT * REPLACE (
       '${day.replaceAll('-', '')}_${away}_${home}' AS game_id, '${home}' AS home_team_tricode,
       '${away}' AS away_team_tricode, '${home}' AS winning_team_tricode,
       101 AS home_team_score, 100 AS away_team_score)
     FROM ${SCHEDULE} WHERE game_id = '${games[0]?.id}'`,
  );
  return {
    damaged: [SCHEDULE],
    caught: [fails(OFFENSE, 'games', [day]), fails(PLAYERS, 'games', [day])],
  };
}

/** A status that went back from final to scheduled: the rows have no game any more. */
async function aFinalDaySetBack({ daysOf, run }: Scene): Promise<Damage> {
  const day = daysOf(OFFENSE)[29] as Day;
  await run(`UPDATE ${SCHEDULE} SET game_status = 1 WHERE game_date = '${day}'`);
  return {
    damaged: [SCHEDULE],
    caught: [fails(SCHEDULE, 'placed', [day]), fails(PLAYERS, 'placed', [day])],
  };
}

/** One row for each scrape: games are told apart all the same. */
async function aGameTwiceInTheSchedule({ schedule, daysOf, run }: Scene): Promise<Damage> {
  const day = daysOf(OFFENSE)[3] as Day;
  const game = schedule.games.get(day)?.[0];
  await run(`INSERT INTO ${SCHEDULE} SELECT * FROM ${SCHEDULE} WHERE game_id = '${game?.id}'`);
  return {
    caught: [fails(SCHEDULE, 'unique-key', [day]), passes(OFFENSE, 'games')],
    damaged: [SCHEDULE],
  };
}

/** What is expected cannot be told from it, so nothing is judged. */
async function aGameOnTwoDaysOfTheSchedule({ schedule, daysOf, run }: Scene): Promise<Damage> {
  const [day, other] = daysOf(OFFENSE).slice(3, 5) as [Day, Day];
  const game = schedule.games.get(day)?.[0];
  await run(
    `INSERT INTO ${SCHEDULE} SELECT * REPLACE (DATE '${other}' AS game_date)
     FROM ${SCHEDULE} WHERE game_id = '${game?.id}'`,
  );
  return { caught: [{ refused: new RegExp(`${game?.id} twice`) }] };
}

async function scoresSwappedInTheSchedule({ daysOf, run }: Scene): Promise<Damage> {
  const day = daysOf(OFFENSE)[59] as Day;
  await run(
    `UPDATE ${SCHEDULE} SET home_team_score = away_team_score, away_team_score = home_team_score
     WHERE game_date = '${day}'`,
  );
  return {
    damaged: [SCHEDULE],
    caught: [
      fails(SCHEDULE, 'winner-fits-score', [day]),
      fails(OFFENSE, 'home-score-of-schedule', [day]),
    ],
  };
}
