import { quietMsOf } from '../core/alerts/alert-rules.ts';
import { isKind, PhasegateError } from '../core/errors.ts';
import { fingerprint } from '../core/fingerprint.ts';
import type { MonitorDueMessage } from '../core/messages.ts';
import type { MonitorRun, Observation } from '../core/monitor/finding.ts';
import type { Monitor } from '../core/monitor/monitor.ts';
import {
  hasRun,
  type MonitorState,
  NEVER_OBSERVED,
  observed,
  repairsToOpen,
  toldBy,
  withoutTold,
} from '../core/monitor/monitor-state.ts';
import { MONITOR_RESULTS } from '../core/system-tables.ts';
import type { StoredMonitor } from '../ports/monitor-store.ts';
import type { Monitoring } from '../ports/monitoring.ts';
import { openRepair } from './auto-repair.ts';
import { resultRow } from './monitor-result.ts';
import { type Look, observe } from './observe.ts';
import { testAlert } from './observe-channels.ts';

/** So far ahead another machine's clock may be. */
const SKEW_MS = 60_000;

/**
 * Has a monitor look, keeps what it saw, and tells people what is new, lasts, or is over. Asked again for the same time,
 * or by the same message where it names none, it looks no more, and tells only what was not told. What it finds is no
 * failure of it.
 *
 * @throws PhasegateError `invalid-input` for a monitor that the pipeline does not have, or a time to come; `unavailable`
 *   when it has to be asked again: a statement still runs, or another delivery was first
 */
export async function runMonitor(
  monitoring: Monitoring,
  messageId: string,
  { monitor: name, due: given }: MonitorDueMessage,
): Promise<void> {
  const { monitors, crons, now } = monitoring;
  const monitor = monitorNamed(monitoring, name);
  const due = given ?? crons.lastDue(monitor, now()) ?? now();
  if (Date.parse(due) > Date.parse(now()) + SKEW_MS) {
    const message = `monitor ${name} is not due before ${due}; accepted: a time that is past`;
    throw new PhasegateError('invalid-input', message);
  }
  const { version, state } = await monitors.load(name);
  const asked = given ?? messageId;
  if (hasRun(state, asked, given)) return tell(monitoring, name, version, state);
  const quietMs = quietMsOf(monitoring.definitionNow().pipeline.alerts);
  const before = await sendTest(monitoring, monitor, { version, state }, asked);
  const look = await lookAt(monitoring, monitor, before.state, due, asked);
  const others = look.run.findings === 0 ? [] : await statesOfOthers(monitoring, name);
  const elsewhere = toldBy(others);
  const after = observed(monitor, before.state, look.run, look.observation, elsewhere, quietMs);
  await commit(monitoring, name, before.version, after);
  await tell(monitoring, name, before.version + 1, after);
}

/** A monitor of channels sends each test once a look, and waits for what becomes of it. */
async function sendTest(
  monitoring: Monitoring,
  monitor: Monitor,
  stored: StoredMonitor,
  asked: string,
): Promise<StoredMonitor> {
  if (monitor.judges.what !== 'channels') return stored;
  const key = `test/${monitor.name}/${asked}`;
  const alert = testAlert(monitor, key);
  if (stored.state.sent?.key === key) {
    await monitoring.bus.publish('phasegate-alerts', alert);
    return stored;
  }
  const state = { ...stored.state, sent: { key, at: monitoring.now() } };
  await commit(monitoring, monitor.name, stored.version, state);
  await monitoring.bus.publish('phasegate-alerts', alert);
  return { version: stored.version + 1, state };
}

async function commit(
  { monitors }: Monitoring,
  name: string,
  version: number,
  state: MonitorState,
): Promise<void> {
  try {
    await monitors.commit(name, version, state);
  } catch (error) {
    if (!isKind(error, 'conflict')) throw error;
    throw new PhasegateError('unavailable', `monitor ${name} is looking already`, error);
  }
}

async function statesOfOthers(
  { monitors, definitionNow }: Monitoring,
  own: string,
): Promise<readonly MonitorState[]> {
  const names = definitionNow().pipeline.monitors.map(({ name }) => name);
  const others = names.filter((name) => name !== own);
  return Promise.all(others.map((name) => stateOr(monitors, name)));
}

/** What another monitor knew and nobody can read must not silence this one: then it never told anything. */
async function stateOr(monitors: Monitoring['monitors'], name: string): Promise<MonitorState> {
  try {
    return (await monitors.load(name)).state;
  } catch (error) {
    if (!isKind(error, 'bug')) throw error;
    return NEVER_OBSERVED;
  }
}

/** @throws PhasegateError `invalid-input` saying which there are */
export function monitorNamed(
  { definitionNow }: Pick<Monitoring, 'definitionNow'>,
  name: string,
): Monitor {
  const { monitors, name: pipeline } = definitionNow().pipeline;
  const found = monitors.find((each) => each.name === name);
  if (found !== undefined) return found;
  const accepted =
    monitors.map((each) => each.name).join(', ') || 'none; its file may declare some';
  const message = `monitor ${JSON.stringify(name)} is not in pipeline ${pipeline}; accepted: ${accepted}`;
  throw new PhasegateError('invalid-input', message);
}

async function lookAt(
  monitoring: Monitoring,
  monitor: Monitor,
  state: MonitorState,
  due: string,
  asked: string,
): Promise<Readonly<{ run: MonitorRun; observation: Observation }>> {
  const startedAt = monitoring.now();
  const id = `monitor-${monitor.name}-${due.replaceAll(/\D/g, '')}-${fingerprint(asked)}`;
  const look: Look = await observe(monitoring, monitor, state, { id, due });
  const { verdict, message, findings } = look;
  const run: MonitorRun = {
    asked,
    due,
    startedAt,
    endedAt: monitoring.now(),
    verdict,
    message,
    findings: findings.length,
    evidence: look.evidence,
  };
  const row = resultRow(monitor, run, findings, monitoring.definitionNow().hash);
  await monitoring.warehouse.append(MONITOR_RESULTS.name, [row], { jobId: id });
  return { run, observation: look };
}

/** A crash in between does it twice: whoever tells people knows the key, and a run that is there is not asked for again. */
async function tell(
  { bus, runs, monitors }: Monitoring,
  name: string,
  version: number,
  state: MonitorState,
): Promise<void> {
  const repairs = repairsToOpen(state);
  if (state.untold.length + repairs.length === 0) return;
  for (const repair of repairs) await openRepair({ bus, runs }, name, repair);
  for (const alert of state.untold) await bus.publish('phasegate-alerts', alert);
  try {
    await monitors.commit(name, version, withoutTold(state, state.untold));
  } catch (error) {
    if (!isKind(error, 'conflict')) throw error;
  }
}
