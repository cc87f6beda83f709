import { countDays, type DaySpan } from '../core/day-set.ts';
import { addDays, type Day } from '../core/days.ts';
import type { Monitor } from '../core/monitor/monitor.ts';
import type { PhaseDay, Summary } from '../core/monitor/summary-lines.ts';
import { tablesOf } from '../core/pipeline.ts';
import { dayAt } from '../core/time-zone.ts';
import type { Monitoring } from '../ports/monitoring.ts';
import { assess } from './assess.ts';
import type { Asked } from './observe.ts';
import { readSpent } from './observe-cost.ts';

const STATEMENT_WAIT_MS = 20_000;
/** More runs than these nobody looks through for a few lines. */
const LATEST_RUNS = 50;

/** The day before the one on which it is due. What cannot be read is said to be so: a digest comes whatever happens. */
export async function summarize(
  monitoring: Monitoring,
  { name }: Monitor,
  { id, due }: Asked,
): Promise<Summary> {
  const { warehouse, definitionNow } = monitoring;
  const { pipeline } = definitionNow();
  const today = dayAt(due, pipeline.timeZone);
  const day = addDays(today, -1);
  const place = { id, monitor: name };
  const spent = () => readSpent(warehouse, pipeline, place, dayAt(due, 'UTC'));
  return {
    day,
    phases: await orWhyNot(() => phasesOn(monitoring, name, id, { from: day, to: day })),
    runs: await runsSince(monitoring, day),
    spent: await orWhyNot(async () => (await spent()).filter((each) => each.day >= day)),
  };
}

async function phasesOn(
  { warehouse, definitionNow, now }: Monitoring,
  monitor: string,
  id: string,
  range: DaySpan,
): Promise<readonly PhaseDay[]> {
  const { pipeline } = definitionNow();
  const request = {
    id: `${id}-summary`,
    relations: tablesOf(pipeline),
    ...range,
    labels: { monitor },
    waitMilliseconds: STATEMENT_WAIT_MS,
  };
  const { tables } = await assess(warehouse, pipeline, request, now());
  return pipeline.phases.map(({ name: phase, tables: own }) => {
    const judged = tables.filter(({ judgement }) =>
      own.some(({ name }) => name === judgement.table),
    );
    const good = judged.filter(({ outcomes: { VERIFIED = [], EMPTY_OK = [] } }) => {
      return countDays(VERIFIED) + countDays(EMPTY_OK) > 0;
    });
    const expected = judged.filter(({ facts }) => facts.expected.length > 0).length;
    return { phase, expected, verified: good.length };
  });
}

async function runsSince({ runs, definitionNow }: Monitoring, day: Day): Promise<Summary['runs']> {
  const { timeZone } = definitionNow().pipeline;
  const { runs: latest } = await runs.newest(LATEST_RUNS);
  return latest
    .filter(({ endedAt, since }) => dayAt(endedAt ?? since, timeZone) >= day)
    .map(({ run, status }) => ({ run, status }));
}

async function orWhyNot<Result>(read: () => Promise<Result>): Promise<Result | string> {
  try {
    return await read();
  } catch (error) {
    return error instanceof Error ? error.message.slice(0, 200) : String(error);
  }
}
