import { lastSeason } from '../days.ts';
import { type Damage, type Defect, defectOf, type Scene } from '../defect.ts';
import { fails, passes } from '../expectation.ts';
import { CACHE, PLAYERS } from '../relations.ts';

/** Features that know what they could not have known. */
export const leaks: readonly Defect[] = [
  aFeatureThatSeesItsOwnDay,
  aFeatureOverTheWrongNumberOfGames,
  aFeatureThatReadsAcrossTheSeason,
].map((damage) => defectOf(damage));

async function aFeatureThatSeesItsOwnDay({ daysOf, run }: Scene): Promise<Damage> {
  const window = 'season_year, player_lookup';
  await recompute(run, 'points_avg_last_5', window, '4 PRECEDING AND CURRENT ROW');
  return {
    caught: [
      passes(CACHE, 'form-in-range'),
      fails(CACHE, 'form-point-in-time', daysOf(CACHE), 'within'),
    ],
  };
}

async function aFeatureOverTheWrongNumberOfGames({ daysOf, run }: Scene): Promise<Damage> {
  const window = 'season_year, player_lookup';
  await recompute(run, 'points_avg_last_5', window, '7 PRECEDING AND 1 PRECEDING');
  return { caught: [fails(CACHE, 'form-point-in-time', daysOf(CACHE), 'within')] };
}

async function aFeatureThatReadsAcrossTheSeason(scene: Scene): Promise<Damage> {
  const { schedule, daysOf, run } = scene;
  await recompute(run, 'points_avg_season', 'player_lookup', 'UNBOUNDED PRECEDING AND 1 PRECEDING');
  const days = lastSeason(schedule, daysOf(CACHE));
  return {
    caught: [
      passes(CACHE, 'season-form-filled'),
      fails(CACHE, 'season-form-point-in-time', days, 'within'),
    ],
  };
}

/** Overwrites an average of points in the cache with one over another window. */
async function recompute(
  run: Scene['run'],
  column: string,
  partition: string,
  window: string,
): Promise<void> {
  await run(
    `UPDATE ${CACHE} SET ${column} = other.average FROM (
       SELECT player_lookup AS player, game_date AS day, ROUND(AVG(points) OVER (
         PARTITION BY ${partition} ORDER BY game_date, game_id ROWS BETWEEN ${window}), 1) AS average
       FROM ${PLAYERS}) AS other
     WHERE other.player = player_lookup AND other.day = cache_date AND other.average IS NOT NULL`,
  );
}
