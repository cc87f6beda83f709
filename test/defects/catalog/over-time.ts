import { withChecks } from '../added-check.ts';
import { dates, lastSeason } from '../days.ts';
import { type Damage, type Defect, defectOf, type Scene } from '../defect.ts';
import { fails, isUnknown, passes, warns } from '../expectation.ts';
import { CACHE, CONTEXT, FEATURES, PLAYERS } from '../relations.ts';

/** What no day shows alone: against last season, against the days around, against chance. */
export const overTime: readonly Defect[] = [
  aSeasonBelowTheOneBefore,
  fewerPlayersThanLastSeason,
  aBaselineThatIsBroken,
  anotherDistribution,
  aSlowDecayInsideTheThreshold,
  aSuddenStepInsideTheThreshold,
  twoOddNightsInARow,
].map((damage) => defectOf(damage));

async function aSeasonBelowTheOneBefore(scene: Scene): Promise<Damage> {
  const { definition, schedule, daysOf, run } = scene;
  const days = lastSeason(schedule, daysOf(CACHE));
  await run(
    `UPDATE ${CACHE} SET minutes_avg_last_10 = 0.8 * minutes_avg_last_10
     WHERE cache_date IN (${dates(days)})`,
  );
  return {
    pipeline: withChecks(definition.text, CACHE, {
      id: 'minutes-of-last-season',
      kind: 'regression',
      severity: 'warn',
      metric: { mean: 'minutes_avg_last_10' },
      baseline: 'last-season',
      sinceSeason: 2022,
    }),
    caught: [
      passes(CACHE, 'minutes-in-range'),
      warns(CACHE, 'minutes-of-last-season', days, 'within'),
    ],
  };
}

async function fewerPlayersThanLastSeason({ schedule, daysOf, run }: Scene): Promise<Damage> {
  const days = lastSeason(schedule, daysOf(PLAYERS));
  await run(
    `DELETE FROM ${PLAYERS} WHERE game_date IN (${dates(days)}) AND HASH(player_lookup) % 7 = 0`,
  );
  return {
    caught: [passes(PLAYERS, 'both-teams'), warns(PLAYERS, 'rows-per-game-kept', days, 'within')],
  };
}

const NO_BASELINE = /no baseline: .* does not pass itself/;

/** A season that does not pass its own gate is nothing to compare with. */
async function aBaselineThatIsBroken({ schedule, daysOf, run }: Scene): Promise<Damage> {
  const last = lastSeason(schedule, daysOf(PLAYERS));
  const days = daysOf(PLAYERS).filter((day) => !last.includes(day));
  await run(`UPDATE ${PLAYERS} SET usage_rate = NULL WHERE game_date IN (${dates(days)})`);
  return {
    caught: [
      fails(PLAYERS, 'usage-rate-filled', days),
      isUnknown(PLAYERS, 'usage-rate-kept', NO_BASELINE),
      isUnknown(PLAYERS, 'rows-per-game-kept', NO_BASELINE),
    ],
  };
}

async function anotherDistribution({ schedule, daysOf, run }: Scene): Promise<Damage> {
  const days = lastSeason(schedule, daysOf(FEATURES));
  await run(
    `UPDATE ${FEATURES} SET points_avg_last_10 = 1.5 * points_avg_last_10
     WHERE game_date IN (${dates(days)})`,
  );
  return { caught: [passes(FEATURES, 'form-in-range'), warns(FEATURES, 'form-drift', days)] };
}

async function aSlowDecayInsideTheThreshold({ daysOf, run }: Scene): Promise<Damage> {
  const days = daysOf(PLAYERS);
  await emptyUsage(run, `0.05 * rows * day / ${days.length}`, days[0]);
  return {
    caught: [passes(PLAYERS, 'usage-rate-filled'), warns(PLAYERS, 'usage-rate-decay', days)],
  };
}

async function aSuddenStepInsideTheThreshold({ daysOf, run }: Scene): Promise<Damage> {
  const days = daysOf(PLAYERS).slice(100);
  await emptyUsage(run, '0.05 * rows', days[0]);
  return {
    caught: [passes(PLAYERS, 'usage-rate-filled'), warns(PLAYERS, 'usage-rate-step', days)],
  };
}

/** Empties usage_rate of so many rows of each day from a day on; never more than the threshold leaves. */
async function emptyUsage(run: Scene['run'], count: string, from = ''): Promise<void> {
  await run(
    `UPDATE ${PLAYERS} SET usage_rate = NULL WHERE rowid IN (SELECT row_id FROM (
       SELECT rowid AS row_id, COUNT(*) OVER (PARTITION BY game_date) AS rows,
         DENSE_RANK() OVER (ORDER BY game_date) AS day,
         ROW_NUMBER() OVER (PARTITION BY game_date ORDER BY usage_rate IS NOT NULL, player_lookup) AS place
       FROM ${PLAYERS} WHERE minutes_played > 0 AND game_date >= '${from}')
     WHERE place <= FLOOR(${count}))`,
  );
}

async function twoOddNightsInARow({ definition, daysOf, run }: Scene): Promise<Damage> {
  const days = daysOf(CONTEXT).slice(83, 85);
  await run(
    `UPDATE ${CONTEXT} SET game_total = NULL
     WHERE game_date IN (${dates(days)}) AND HASH(player_lookup) % 5 < 2`,
  );
  return {
    pipeline: withChecks(definition.text, CONTEXT, {
      id: 'lines-by-day',
      kind: 'outliers',
      severity: 'warn',
      metric: { share: { holds: 'game_total IS NOT NULL' } },
      minimumDeviation: 10,
    }),
    caught: [passes(CONTEXT, 'lines-filled'), warns(CONTEXT, 'lines-by-day', days)],
  };
}
