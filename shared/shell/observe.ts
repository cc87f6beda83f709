import { addDays } from '../core/days.ts';
import { expectedTriggers } from '../core/monitor/expected-triggers.ts';
import type { Finding, Observation } from '../core/monitor/finding.ts';
import type { Monitor, Subject } from '../core/monitor/monitor.ts';
import type { MonitorState } from '../core/monitor/monitor-state.ts';
import { runFindings } from '../core/monitor/run-findings.ts';
import { triggerFindings } from '../core/monitor/trigger-findings.ts';
import { dayAt } from '../core/time-zone.ts';
import { counted } from '../core/view/counted.ts';
import type { Monitoring } from '../ports/monitoring.ts';
import { digestOf } from './digest.ts';
import { lastingTrouble } from './lasting-trouble.ts';
import { observeData } from './observe-data.ts';

/** What a monitor saw, and the evidence of what it judged. */
export type Look = Observation & Readonly<{ evidence: string | null }>;

/** One look: the id by which it is found again, letters, digits and `-`; and when it was due. */
export type Asked = Readonly<{ id: string; due: string }>;

/**
 * Looks at what a monitor is for. What it could not look at is UNKNOWN, and a finding of its own.
 *
 * @param state what it knew before: the days of what is open are looked at again
 * @throws PhasegateError `unavailable` for trouble that may pass
 */
export async function observe(
  monitoring: Monitoring,
  monitor: Monitor,
  state: MonitorState,
  asked: Asked,
): Promise<Look> {
  try {
    return await lookFor(monitoring, monitor, state, asked);
  } catch (error) {
    const trouble = lastingTrouble(error);
    const finding: Finding = {
      cause: 'unable',
      severity: monitor.severity,
      title: 'it could not look',
      days: [],
      details: [trouble],
      next: `npx phasegate health ${monitor.name}`,
    };
    const message = `it could not look: ${trouble}`;
    return {
      verdict: 'UNKNOWN',
      message,
      findings: [finding],
      isOver: () => false,
      evidence: null,
    };
  }
}

async function lookFor(
  monitoring: Monitoring,
  monitor: Monitor,
  state: MonitorState,
  asked: Asked,
): Promise<Look> {
  const { judges } = monitor;
  switch (judges.what) {
    case 'data':
      return observeData(monitoring, monitor, judges, state, asked);
    case 'runs':
      return observeRuns(monitoring, monitor, judges, state);
    case 'schedules':
      return observeTriggers(monitoring, monitor);
    case 'digest':
      return digestOf(monitoring, monitor);
  }
}

async function observeRuns(
  { runs, pipelineOf, now, definitionNow }: Monitoring,
  { severity }: Monitor,
  { lookBackDays, leftAloneMinutes }: Extract<Subject, { what: 'runs' }>,
  { open }: MonitorState,
): Promise<Look> {
  const { timeZone } = definitionNow().pipeline;
  const first = addDays(dayAt(now(), timeZone), -lookBackDays);
  const looked = [];
  for (const run of await runs.list()) {
    const state = await runs.state(run);
    const isOpen = open.some(({ cause }) => cause === `run/${run}`);
    if (state === null || (!isOpen && dayAt(state.since, timeZone) < first)) continue;
    looked.push({ state, pipeline: await pipelineOf(state.definition) });
  }
  const findings = runFindings(looked, { severity, leftAloneMinutes }, now());
  return whole(findings, looked.length, `${counted(looked.length, 'run')} since ${first}`);
}

async function observeTriggers(
  { scheduler, crons, now, definitionNow, alsoExpected }: Monitoring,
  { severity }: Monitor,
): Promise<Look> {
  const expected = [...expectedTriggers(definitionNow().pipeline), ...alsoExpected];
  const found = await scheduler.list();
  const at = now();
  const findings = triggerFindings(expected, found, crons.lastDue, severity, at);
  const message = `${counted(expected.length, 'schedule')} expected, ${found.length} there`;
  return whole(findings, expected.length, message);
}

/** @param looked how much there was to look at: of nothing nothing is shown */
function whole(findings: readonly Finding[], looked: number, message: string): Look {
  const verdict = findings.length > 0 ? 'FAIL' : looked === 0 ? 'IDLE' : 'PASS';
  return { verdict, message, findings, isOver: () => true, evidence: null };
}
