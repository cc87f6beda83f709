import type { Day } from '../../../shared/core/days.ts';
import { type Damage, type Defect, defectOf, type Scene } from '../defect.ts';
import { fails, passes } from '../expectation.ts';
import { CACHE, PLAYERS } from '../relations.ts';

/** Features that know what they could not have known. */
export const leaks: readonly Defect[] = [
  aFeatureThatSeesItsOwnDay,
  aFeatureOverTheWrongNumberOfGames,
  aFeatureThatReadsAcrossTheSeason,
].map((damage) => defectOf(damage));

async function aFeatureThatSeesItsOwnDay(scene: Scene): Promise<Damage> {
  const window = 'season_year, player_lookup';
  const days = await recompute(scene, 'points_avg_last_5', window, '4 PRECEDING AND CURRENT ROW');
  return {
    caught: [passes(CACHE, 'form-in-range'), fails(CACHE, 'form-point-in-time', days, 'within')],
  };
}

async function aFeatureOverTheWrongNumberOfGames(scene: Scene): Promise<Damage> {
  const window = 'season_year, player_lookup';
  const days = await recompute(scene, 'points_avg_last_5', window, '7 PRECEDING AND 1 PRECEDING');
  return { caught: [fails(CACHE, 'form-point-in-time', days, 'within')] };
}

async function aFeatureThatReadsAcrossTheSeason(scene: Scene): Promise<Damage> {
  const window = 'UNBOUNDED PRECEDING AND 1 PRECEDING';
  const days = await recompute(scene, 'points_avg_season', 'player_lookup', window);
  return {
    caught: [
      passes(CACHE, 'season-form-filled'),
      fails(CACHE, 'season-form-point-in-time', days, 'within'),
    ],
  };
}

/**
 * Overwrites an average of points in the cache with one over another window.
 *
 * @returns the days on which that is another value; the check reads only some of them
 */
async function recompute(
  { daysWith, run }: Scene,
  column: string,
  partition: string,
  window: string,
): Promise<readonly Day[]> {
  await run(
    `CREATE TEMP TABLE other AS SELECT player_lookup AS player, game_date AS day,
       ROUND(AVG(points) OVER (PARTITION BY ${partition} ORDER BY game_date, game_id
         ROWS BETWEEN ${window}), 1) AS average FROM ${PLAYERS}`,
  );
  const isOther = `other.player = player_lookup AND other.day = cache_date
     AND other.average IS NOT NULL AND other.average IS DISTINCT FROM ${column}`;
  const days = await daysWith(CACHE, `EXISTS (FROM other WHERE ${isOther})`);
  await run(`UPDATE ${CACHE} SET ${column} = other.average FROM other WHERE ${isOther}`);
  return days;
}
