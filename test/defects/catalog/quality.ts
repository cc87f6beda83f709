import type { Day } from '../../../shared/core/days.ts';
import { dates } from '../days.ts';
import { type Damage, type Defect, defectOf, type Scene } from '../defect.ts';
import { fails, passes, warns } from '../expectation.ts';
import { CONTEXT, FACTORS, OFFENSE, PLAYERS } from '../relations.ts';

/** Rows that say themselves that they are not what they should be, or that say nothing. */
export const quality: readonly Defect[] = [
  aSourceReplacedByItsFallback,
  aSourceThatIsNotNamed,
  tiersDowngraded,
  aBlockingIssueWithADetail,
  rowsThatCallThemselvesReady,
  upstreamsNotReady,
  historyWithHoles,
].map((damage) => defectOf(damage));

async function aSourceReplacedByItsFallback({ daysOf, run }: Scene): Promise<Damage> {
  const days = daysOf(OFFENSE).slice(64, 69);
  await run(
    `UPDATE ${OFFENSE} SET primary_source_used = 'reconstructed_team_from_players'
     WHERE game_date IN (${dates(days)})`,
  );
  return { caught: [warns(OFFENSE, 'primary-source', days), passes(OFFENSE, 'good-quality')] };
}

async function aSourceThatIsNotNamed({ daysOf, run }: Scene): Promise<Damage> {
  const days = daysOf(PLAYERS).slice(64, 66);
  await run(`UPDATE ${PLAYERS} SET primary_source_used = NULL WHERE game_date IN (${dates(days)})`);
  return { caught: [warns(PLAYERS, 'primary-source', days)] };
}

async function tiersDowngraded({ daysOf, run }: Scene): Promise<Damage> {
  const days = daysOf(PLAYERS).slice(24, 34);
  await run(`UPDATE ${PLAYERS} SET quality_tier = 'bronze' WHERE game_date IN (${dates(days)})`);
  return { caught: [fails(PLAYERS, 'good-quality', days), passes(PLAYERS, 'production-ready')] };
}

async function aBlockingIssueWithADetail({ daysOf, run }: Scene): Promise<Damage> {
  const days = daysOf(PLAYERS).slice(36, 38);
  await run(
    `UPDATE ${PLAYERS} SET quality_issues = 'thin_sample:3/10,missing_required:points'
     WHERE game_date IN (${dates(days)})`,
  );
  return { caught: [fails(PLAYERS, 'production-ready', days), passes(PLAYERS, 'good-quality')] };
}

/** In backfill mode is_production_ready was TRUE whatever was there. */
async function rowsThatCallThemselvesReady({ daysOf, run }: Scene): Promise<Damage> {
  const day = daysOf(CONTEXT)[70] as Day;
  await run(
    `UPDATE ${CONTEXT} SET quality_score = 12, is_production_ready = TRUE WHERE game_date = '${day}'`,
  );
  return { caught: [fails(CONTEXT, 'production-ready', [day])] };
}

async function upstreamsNotReady({ daysWith, run }: Scene): Promise<Damage> {
  const days = (await daysWith(FACTORS, 'expected_games_count > 0', 'COUNT(*) > 10')).slice(14, 17);
  await run(
    `UPDATE ${FACTORS} SET is_production_ready = FALSE WHERE game_date IN (${dates(days)})`,
  );
  return { caught: [fails(FACTORS, 'upstreams-ready', days)] };
}

/** Averages over 8 of 10 games, silently. */
async function historyWithHoles({ daysWith, run }: Scene): Promise<Damage> {
  const days = (await daysWith(CONTEXT, 'expected_games_count > 4', 'COUNT(*) > 10')).slice(30, 33);
  await run(
    `UPDATE ${CONTEXT} SET completeness_percentage = 80.0 WHERE game_date IN (${dates(days)})`,
  );
  return { caught: [fails(CONTEXT, 'history-complete', days)] };
}
