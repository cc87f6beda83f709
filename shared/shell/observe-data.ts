import { countDays, formatDaySet, isEmpty, subtract, union } from '../core/day-set.ts';
import { addDays, type Day } from '../core/days.ts';
import { relationsChosen } from '../core/gate-selection.ts';
import { dataFindings, verdictOfData } from '../core/monitor/data-findings.ts';
import type { Finding } from '../core/monitor/finding.ts';
import type { DaysBack, Monitor, Subject } from '../core/monitor/monitor.ts';
import type { MonitorState } from '../core/monitor/monitor-state.ts';
import { pendingFinding, silentSeason } from '../core/monitor/schedule-findings.ts';
import type { Pipeline } from '../core/pipeline.ts';
import { pipelineUnder } from '../core/policy.ts';
import { namesOf, promising, type Relation } from '../core/relation.ts';
import { dayAt } from '../core/time-zone.ts';
import { worst } from '../core/verdict.ts';
import { counted } from '../core/view/counted.ts';
import type { Monitoring } from '../ports/monitoring.ts';
import { explainRange } from './explain-range.ts';
import { keepEvidence } from './keep-evidence.ts';
import type { Asked, Look } from './observe.ts';
import { readPendingGames } from './read-pending-games.ts';
import { STATEMENT_WAIT_MS, waited } from './waited.ts';

/**
 * Judges the days that are due, and those on which something is open: a trouble is not over because the window moved on,
 * nor because the schedule no longer expects its days. Days without a game are nobody's; that there was none is itself
 * looked at. Of a season whose schedule is gone nothing else is told: there is nothing to hold data against.
 *
 * @throws PhasegateError as `explainRange`; `unavailable` when a statement still runs: it is found again
 */
export async function observeData(
  monitoring: Monitoring,
  monitor: Monitor,
  subject: Extract<Subject, { what: 'data' }>,
  state: MonitorState,
  { id, due }: Asked,
): Promise<Look> {
  const { warehouse, now, definitionNow } = monitoring;
  const { pipeline: declared, hash } = definitionNow();
  const pipeline = pipelineUnder(declared, subject.policy);
  const range = rangeOf(pipeline, subject, state, due);
  const { from, to } = range;
  const startedAt = now();
  const labels = { monitor: monitor.name };
  const request = {
    id,
    relations: relationsLookedAt(pipeline, subject),
    ...range,
    labels,
    onlyDue: true,
    waitMilliseconds: STATEMENT_WAIT_MS,
  };
  const explained = await waited(() =>
    explainRange(warehouse, pipeline, request, startedAt, 'range'),
  );
  const { tables, schedule, statements } = explained;
  const pending = await waited(() => readPendingGames(warehouse, pipeline, request));
  const found = { ...explained, calendar: schedule.calendar };
  const silent = silentSeason(pipeline, schedule, pending.games, range, monitor.severity);
  const findings = [
    ...pendingFinding(pipeline, pending.games, monitor.severity),
    ...silent,
    ...(silent.length > 0 ? [] : dataFindings(pipeline, found, monitor.severity, range)),
  ];
  const evidence = `${id}-${startedAt.replaceAll(/\D/g, '')}`;
  const head = {
    id: evidence,
    run: null,
    pipeline: pipeline.name,
    definition: hash,
    policy: subject.policy,
    ...range,
    gate: subject.gate,
    phase: null,
    table: null,
    startedAt,
    endedAt: now(),
    requestedBy: `monitor ${monitor.name}`,
  };
  const read = [...statements, ...pending.statements];
  await keepEvidence(monitoring, head, { schedule, tables, statements: read });
  const judged = verdictOfData(found);
  const isScheduleSound = !findings.some(({ cause }) => cause.startsWith('schedule/'));
  const expected = union(...tables.map(({ facts }) => facts.expected));
  const look = {
    findings,
    evidence,
    isOver: ({ cause, days }: Finding) =>
      !cause.startsWith('data/') || (isScheduleSound && isEmpty(subtract(days, expected))),
  };
  if (judged === null) {
    const message = `no game was due from ${from} to ${to}`;
    return { ...look, verdict: findings.length === 0 ? 'IDLE' : 'UNKNOWN', message };
  }
  const early = tables.reduce((sum, { notDue }) => sum + countDays(notDue), 0);
  const notYet = early === 0 ? '' : `; ${counted(early, 'table day')} not due yet`;
  const message = `${counted(tables.length, 'table')} on ${formatDaySet([range]).join('')}${notYet}`;
  return { ...look, verdict: isScheduleSound ? judged : worst([judged, 'UNKNOWN']), message };
}

/** Sources and tables with checks; those of a gate, with its checks, where one is named. */
function relationsLookedAt(
  pipeline: Pipeline,
  { tables, gate }: Extract<Subject, { what: 'data' }>,
): readonly Relation[] {
  if (gate !== null) return relationsChosen(pipeline, { gate });
  return promising(pipeline, tables ?? namesOf(pipeline));
}

/** Counted back from the day on which it is due, in the pipeline's zone; as far back as something is open. */
export function rangeOf(
  { timeZone, calendar }: Pipeline,
  { days }: Readonly<{ days: DaysBack }>,
  { open }: MonitorState,
  due: string,
): Readonly<{ from: Day; to: Day }> {
  const today = dayAt(due, timeZone);
  const to = addDays(today, -days.last);
  const starts = calendar.seasonStarts.map(({ start }) => start).filter((start) => start <= to);
  const first = days.first === null ? (starts.sort().at(-1) ?? to) : addDays(today, -days.first);
  const oldest = open.flatMap((each) => each.days[0]?.from ?? []).sort()[0];
  return { from: oldest !== undefined && oldest < first ? oldest : first, to };
}
