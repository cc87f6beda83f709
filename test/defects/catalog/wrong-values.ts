import type { Day } from '../../../shared/core/days.ts';
import { withChecks } from '../added-check.ts';
import { dates } from '../days.ts';
import { type Damage, type Defect, defectOf, type Scene } from '../defect.ts';
import { fails, passes, warns } from '../expectation.ts';
import { CONTEXT, FACTORS, FEATURES, OFFENSE, PLAYERS, SHOT_ZONES } from '../relations.ts';

/** Values in the wrong unit, out of range, or always the same. */
export const wrongValues: readonly Defect[] = [
  pointsTimesAHundred,
  minutesInSeconds,
  negativeMinutes,
  usageAboveAHundred,
  usageAsAFraction,
  paceOfTwoTeams,
  negativeRest,
  shotRatesAsFractions,
  agesInMonths,
  winsFalseEverywhere,
  fatigueZeroForSixDays,
  everyPlayerAtHome,
  aFeatureThatIsAlwaysTheSame,
].map((damage) => defectOf(damage));

async function pointsTimesAHundred({ daysOf, run }: Scene): Promise<Damage> {
  const days = daysOf(PLAYERS).slice(5, 10);
  await run(`UPDATE ${PLAYERS} SET points = 100 * points WHERE game_date IN (${dates(days)})`);
  return {
    caught: [
      fails(PLAYERS, 'points-in-range', days),
      fails(PLAYERS, 'points-add-up', days),
      fails(PLAYERS, 'points-of-team', days),
    ],
  };
}

async function minutesInSeconds({ daysOf, run }: Scene): Promise<Damage> {
  const days = daysOf(PLAYERS).slice(30, 35);
  await run(
    `UPDATE ${PLAYERS} SET minutes_played = 60 * minutes_played WHERE game_date IN (${dates(days)})`,
  );
  return {
    caught: [fails(PLAYERS, 'minutes-in-range', days), fails(PLAYERS, 'minutes-of-team', days)],
  };
}

async function negativeMinutes({ daysOf, run }: Scene): Promise<Damage> {
  const day = daysOf(PLAYERS)[31] as Day;
  await run(
    `UPDATE ${PLAYERS} SET minutes_played = -1 WHERE game_date = '${day}' AND player_lookup =
     (SELECT MIN(player_lookup) FROM ${PLAYERS} WHERE game_date = '${day}')`,
  );
  return { caught: [fails(PLAYERS, 'minutes-in-range', [day])] };
}

/** 1228 % for 19 players: computed against team totals that were not there yet. */
async function usageAboveAHundred({ daysOf, run }: Scene): Promise<Damage> {
  const day = daysOf(PLAYERS)[90] as Day;
  await run(
    `UPDATE ${PLAYERS} SET usage_rate = 1228.0 WHERE rowid IN (SELECT rowid FROM ${PLAYERS}
     WHERE game_date = '${day}' ORDER BY player_lookup LIMIT 19)`,
  );
  return { caught: [fails(PLAYERS, 'usage-rate-in-range', [day])] };
}

/** 0.2 instead of 20 %: inside the range of 0 to 100. */
async function usageAsAFraction({ daysOf, run }: Scene): Promise<Damage> {
  await run(`UPDATE ${PLAYERS} SET usage_rate = usage_rate / 100`);
  return {
    caught: [
      passes(PLAYERS, 'usage-rate-in-range'),
      fails(PLAYERS, 'usage-rate-distribution', daysOf(PLAYERS)),
      fails(PLAYERS, 'usage-of-team', daysOf(PLAYERS)),
    ],
  };
}

async function paceOfTwoTeams({ daysOf, run }: Scene): Promise<Damage> {
  const days = daysOf(OFFENSE).slice(70, 72);
  await run(`UPDATE ${OFFENSE} SET pace = 2 * pace WHERE game_date IN (${dates(days)})`);
  return { caught: [fails(OFFENSE, 'pace-in-range', days)] };
}

async function negativeRest({ daysWith, run }: Scene): Promise<Damage> {
  const [day = '' as Day] = (await daysWith(CONTEXT, 'days_rest > 0')).slice(40);
  await run(`UPDATE ${CONTEXT} SET days_rest = -days_rest WHERE game_date = '${day}'`);
  return { caught: [fails(CONTEXT, 'rest-in-range', [day])] };
}

async function shotRatesAsFractions({ daysWith, run }: Scene): Promise<Damage> {
  const shots = 'total_shots_last_10 > 0 AND paint_rate_last_10 IS NOT NULL';
  const days = (await daysWith(SHOT_ZONES, shots, 'COUNT(*) > 20')).slice(5, 15);
  const rates = ['paint', 'mid_range', 'three_pt'].map((zone) => `${zone}_rate_last_10`);
  await run(
    `UPDATE ${SHOT_ZONES} SET ${rates.map((rate) => `${rate} = ${rate} / 100`).join(', ')}
     WHERE analysis_date IN (${dates(days)})`,
  );
  return { caught: [warns(SHOT_ZONES, 'rates-add-up', days)] };
}

async function agesInMonths({ daysOf, run }: Scene): Promise<Damage> {
  const days = daysOf(CONTEXT).slice(20, 22);
  await run(
    `UPDATE ${CONTEXT} SET player_age = 12 * player_age WHERE game_date IN (${dates(days)})`,
  );
  return { caught: [fails(CONTEXT, 'age-in-range', days)] };
}

/** win_flag was FALSE in every row of every season: neither NULL nor out of range. */
async function winsFalseEverywhere({ daysOf, run }: Scene): Promise<Damage> {
  await run(`UPDATE ${PLAYERS} SET win_flag = FALSE`);
  return { caught: [fails(PLAYERS, 'win-flag-varies', daysOf(PLAYERS))] };
}

async function fatigueZeroForSixDays({ daysOf, run }: Scene): Promise<Damage> {
  const days = daysOf(FACTORS).slice(50, 56);
  await run(`UPDATE ${FACTORS} SET fatigue_score = 0 WHERE game_date IN (${dates(days)})`);
  return {
    caught: [passes(FACTORS, 'fatigue-in-range'), fails(FACTORS, 'fatigue-score-varies', days)],
  };
}

async function everyPlayerAtHome({ definition, daysOf, run }: Scene): Promise<Damage> {
  const days = daysOf(FEATURES).slice(3, 9);
  await run(`UPDATE ${FEATURES} SET is_home = 1 WHERE game_date IN (${dates(days)})`);
  return {
    pipeline: withChecks(definition.text, FEATURES, {
      id: 'home-is-half',
      kind: 'group-condition',
      by: ['game_id'],
      holds: 'MIN(is_home) = 0 AND MAX(is_home) = 1',
      unit: 'games',
    }),
    caught: [passes(FEATURES, 'flags-in-range'), fails(FEATURES, 'home-is-half', days)],
  };
}

async function aFeatureThatIsAlwaysTheSame({ daysWith, run }: Scene): Promise<Damage> {
  await run(`UPDATE ${FEATURES} SET points_avg_season = 10.5`);
  return {
    caught: [
      passes(FEATURES, 'season-form-filled'),
      fails(FEATURES, 'points-avg-season-varies', await daysWith(FEATURES, 'TRUE')),
    ],
  };
}
