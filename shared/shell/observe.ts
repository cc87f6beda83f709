import { expectedTriggers } from '../core/monitor/expected-triggers.ts';
import type { Finding, Observation } from '../core/monitor/finding.ts';
import type { Monitor } from '../core/monitor/monitor.ts';
import type { MonitorState } from '../core/monitor/monitor-state.ts';
import { triggerFindings } from '../core/monitor/trigger-findings.ts';
import { counted } from '../core/view/counted.ts';
import type { Monitoring } from '../ports/monitoring.ts';
import { digestOf } from './digest.ts';
import { lastingTrouble } from './lasting-trouble.ts';
import { observeChannels } from './observe-channels.ts';
import { observeCost } from './observe-cost.ts';
import { observeData } from './observe-data.ts';
import { observeDead } from './observe-dead.ts';
import { observeFiles } from './observe-files.ts';
import { observeGrid } from './observe-grid.ts';
import { observeRuns } from './observe-runs.ts';
import { observeWrites } from './observe-writes.ts';
import { wholeLook } from './whole-look.ts';

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
      cause: `unable/${monitor.name}`,
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
    case 'writes':
      return observeWrites(monitoring, monitor, judges, state, asked);
    case 'files':
      return observeFiles(monitoring, monitor, judges, state, asked);
    case 'dead-letters':
      return observeDead(monitoring, monitor);
    case 'cost':
      return observeCost(monitoring, monitor, judges, asked);
    case 'schedules':
      return observeTriggers(monitoring, monitor);
    case 'channels':
      return observeChannels(monitoring, monitor, state);
    case 'grid':
      return observeGrid(monitoring, monitor, judges, state, asked);
    case 'digest':
      return digestOf(monitoring, monitor, asked);
  }
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
  return wholeLook(findings, expected.length, message);
}
