import type { DaySpan } from '../../../shared/core/day-set.ts';
import type { Day } from '../../../shared/core/days.ts';
import { withChecks } from '../added-check.ts';
import { dates } from '../days.ts';
import { type Damage, type Defect, defectOf, type Scene } from '../defect.ts';
import { come, fails, failsAsAWhole, isUnknown, passes } from '../expectation.ts';
import { CACHE, FEATURES, METRICS, RUN_HISTORY, TEAM_ZONES } from '../relations.ts';

/** What jobs said, held against what is there. */
export const jobs: readonly Defect[] = [
  successWithoutRows,
  fewerRowsThanReported,
  aDayLeftRunning,
  aDayWhoseLastWordIsFailed,
  aStormOfRetries,
  aModelWorseThanTheBaseline,
  aModelThatPublishedNothing,
  daysThatDidNotSucceed,
  aDayOverdue,
].map((damage) => defectOf(damage));

type Word = Readonly<{ status: string; at: string; rows?: number; message?: string }>;

/** What a further launch says of these days. */
async function say(
  run: Scene['run'],
  table: string,
  days: readonly Day[],
  launch: string,
  word: Word,
) {
  const { status, at, rows = null, message } = word;
  await run(
    `INSERT INTO ${RUN_HISTORY} (run, launch, table_name, data_date, status, records_processed,
       read_at, recorded_at, message)
     SELECT 'other', '${launch}', '${table}', day, '${status}', ${rows},
       ${status === 'success' ? at : 'NULL'}, ${at}, ${message === undefined ? 'NULL' : `'${message}'`}
     FROM (SELECT UNNEST([${dates(days)}]) AS day)`,
  );
}

const LATER = "TIMESTAMPTZ '2099-01-01 00:00:00Z'";

/** "Processed 300 records", and the day is empty. */
async function successWithoutRows({ definition, daysOf, run }: Scene): Promise<Damage> {
  const days = daysOf(CACHE).slice(26, 29);
  await run(`DELETE FROM ${CACHE} WHERE cache_date IN (${dates(days)})`);
  await say(run, CACHE, days, 'later.1', { status: 'success', at: LATER, rows: 300 });
  return {
    pipeline: withChecks(definition.text, CACHE, { id: 'written', kind: 'written' }),
    caught: [fails(CACHE, 'written', days), come(CACHE, 'EMPTY_SUSPECT', days)],
  };
}

async function fewerRowsThanReported({ definition, daysOf, run }: Scene): Promise<Damage> {
  const days = daysOf(CACHE).slice(36, 38);
  await say(run, CACHE, days, 'later.1', { status: 'success', at: LATER, rows: 5000 });
  return {
    pipeline: withChecks(definition.text, CACHE, { id: 'written', kind: 'written' }),
    caught: [fails(CACHE, 'written', days)],
  };
}

const LIFECYCLE = {
  id: 'jobs-end',
  kind: 'lifecycle',
  runningHoursAtMost: 6,
  launchesPerDayAtMost: 5,
};

async function aDayLeftRunning({ definition, daysOf, run }: Scene): Promise<Damage> {
  const day = daysOf(TEAM_ZONES)[12] as Day;
  await run(
    `UPDATE ${RUN_HISTORY} SET recorded_at = recorded_at - INTERVAL 30 DAY
     WHERE table_name = '${TEAM_ZONES}'`,
  );
  const at = 'CURRENT_TIMESTAMP - INTERVAL 9 HOUR';
  await say(run, TEAM_ZONES, [day], 'other.1', { status: 'running', at });
  return {
    pipeline: withChecks(definition.text, TEAM_ZONES, LIFECYCLE),
    caught: [fails(TEAM_ZONES, 'jobs-end', [day])],
  };
}

async function aDayWhoseLastWordIsFailed({ definition, daysOf, run }: Scene): Promise<Damage> {
  const days = daysOf(TEAM_ZONES).slice(22, 24);
  const message = 'timeout after 540 s';
  await say(run, TEAM_ZONES, days, 'other.1', { status: 'failed', at: LATER, message });
  return {
    pipeline: withChecks(definition.text, TEAM_ZONES, LIFECYCLE),
    caught: [fails(TEAM_ZONES, 'jobs-end', days), passes(TEAM_ZONES, 'days')],
  };
}

/** 7,139 launches in 20 hours, for games that had not been played. */
async function aStormOfRetries({ definition, daysOf, run }: Scene): Promise<Damage> {
  const day = daysOf(TEAM_ZONES)[33] as Day;
  for (let attempt = 1; attempt <= 8; attempt++) {
    const at = `CURRENT_TIMESTAMP - INTERVAL ${10 - attempt} MINUTE`;
    const status = attempt === 8 ? 'success' : 'failed';
    await say(run, TEAM_ZONES, [day], `other.${attempt}`, { status, at, rows: 30 });
  }
  return {
    pipeline: withChecks(definition.text, TEAM_ZONES, LIFECYCLE),
    caught: [fails(TEAM_ZONES, 'jobs-end', [day])],
  };
}

const ERROR_BELOW = { id: 'error-below-baseline', kind: 'metric', metric: 'mae', below: 4.27 };

/** What the last launch into FEATURES publishes of itself. */
function published(value: number, { from, to }: DaySpan): string {
  return `INSERT INTO ${METRICS} (run, launch, table_name, metric, value, data_from, data_to, recorded_at, recorded_on)
     SELECT DISTINCT ON (table_name) run, launch, table_name, 'mae', ${value}, DATE '${from}',
       DATE '${to}', recorded_at, recorded_at::DATE
     FROM ${RUN_HISTORY} WHERE table_name = '${FEATURES}' AND status = 'success'
     ORDER BY table_name, recorded_at DESC`;
}

async function aModelWorseThanTheBaseline({ definition, range, run }: Scene): Promise<Damage> {
  await run(published(4.9, range));
  const pipeline = withChecks(definition.text, FEATURES, ERROR_BELOW);
  return {
    pipeline,
    undamaged: { pipeline, statements: [published(4.1, range)] },
    caught: [failsAsAWhole(FEATURES, 'error-below-baseline')],
  };
}

/** No number is not a small number. */
async function aModelThatPublishedNothing({ definition, range }: Scene): Promise<Damage> {
  const pipeline = withChecks(definition.text, FEATURES, ERROR_BELOW);
  return {
    pipeline,
    undamaged: { pipeline, statements: [published(4.1, range)] },
    caught: [
      isUnknown(FEATURES, 'error-below-baseline', /no launch into this range published mae/),
      passes(FEATURES, 'form-filled'),
    ],
  };
}

async function daysThatDidNotSucceed({ definition, daysOf, run }: Scene): Promise<Damage> {
  const days = daysOf(TEAM_ZONES).filter((_, at) => at % 12 === 0);
  await run(
    `UPDATE ${TEAM_ZONES} SET defensive_rating_last_15 = 200 WHERE analysis_date IN (${dates(days)})`,
  );
  return {
    pipeline: withChecks(definition.text, TEAM_ZONES, {
      id: 'days-succeeded',
      kind: 'days-succeeded',
      atLeastPercent: 95,
    }),
    caught: [fails(TEAM_ZONES, 'rating-in-range', days), fails(TEAM_ZONES, 'days-succeeded', days)],
  };
}

/** A day in the middle: the newest one does not speak for it. */
async function aDayOverdue({ definition, daysOf, run }: Scene): Promise<Damage> {
  const day = daysOf(FEATURES)[61] as Day;
  await run(`DELETE FROM ${FEATURES} WHERE game_date = '${day}'`);
  return {
    pipeline: withChecks(definition.text, FEATURES, {
      id: 'on-time',
      kind: 'freshness',
      dueDays: 1,
      dueTime: '12:00',
    }),
    caught: [fails(FEATURES, 'on-time', [day])],
  };
}
