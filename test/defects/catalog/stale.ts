import type { Day } from '../../../shared/core/days.ts';
import { dates, laterInSeason } from '../days.ts';
import { type Damage, type Defect, defectOf, type Scene } from '../defect.ts';
import { come, fails, passes } from '../expectation.ts';
import { CACHE, CONTEXT, GAMEBOOK, OFFENSE, PEOPLE, PLAYERS } from '../relations.ts';

/** Rows that are older than what they were made of. */
export const stale: readonly Defect[] = [
  anUpstreamRewritten,
  aLateRawRow,
  aChangedDayInsideAWindow,
  birthDatesCorrected,
  anUpstreamDayVanished,
].map((damage) => defectOf(damage));

/** player_game_summary ran 92 minutes before team_offense. */
async function anUpstreamRewritten({ daysOf, run }: Scene): Promise<Damage> {
  const days = daysOf(OFFENSE).slice(16, 19);
  await run(`UPDATE ${OFFENSE} SET assists = assists + 1 WHERE game_date IN (${dates(days)})`);
  return {
    damaged: [OFFENSE],
    caught: [passes(OFFENSE, 'fresh'), fails(PLAYERS, 'fresh', days), come(PLAYERS, 'STALE', days)],
  };
}

async function aLateRawRow({ daysOf, run }: Scene): Promise<Damage> {
  const day = daysOf(GAMEBOOK)[95] as Day;
  await run(
    `INSERT INTO ${GAMEBOOK} SELECT * REPLACE ('latecomer' AS player_lookup, 0 AS points,
       0 AS minutes_decimal, 0 AS field_goals_made, 0 AS three_pointers_made, 0 AS free_throws_made)
     FROM ${GAMEBOOK} WHERE game_date = '${day}' ORDER BY player_lookup LIMIT 1`,
  );
  return { damaged: [GAMEBOOK], caught: [fails(PLAYERS, 'fresh', [day])] };
}

/** The averages of every later day of the season read that day. */
async function aChangedDayInsideAWindow({ schedule, daysOf, run }: Scene): Promise<Damage> {
  const day = daysOf(PLAYERS)[40] as Day;
  await run(`UPDATE ${PLAYERS} SET steals = steals + 1 WHERE game_date = '${day}'`);
  const later = laterInSeason(schedule, day, daysOf(CACHE));
  return { damaged: [PLAYERS], caught: [fails(CACHE, 'fresh', later)] };
}

/** A source without days changes as a whole. */
async function birthDatesCorrected({ daysOf, run }: Scene): Promise<Damage> {
  await run(`UPDATE ${PEOPLE} SET birth_date = birth_date + 1 WHERE birth_date IS NOT NULL`);
  return { damaged: [PEOPLE], caught: [fails(CONTEXT, 'fresh', daysOf(CONTEXT))] };
}

async function anUpstreamDayVanished({ daysOf, run }: Scene): Promise<Damage> {
  const day = daysOf(OFFENSE)[48] as Day;
  await run(`DELETE FROM ${OFFENSE} WHERE game_date = '${day}'`);
  return {
    damaged: [OFFENSE],
    caught: [fails(OFFENSE, 'days', [day]), fails(PLAYERS, 'fresh', [day])],
  };
}
