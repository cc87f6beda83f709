import { isKind, PhasegateError } from '../core/errors.ts';
import { fingerprint } from '../core/fingerprint.ts';
import type { MonitorDueMessage } from '../core/messages.ts';
import type { MonitorRun, Observation } from '../core/monitor/finding.ts';
import type { Monitor } from '../core/monitor/monitor.ts';
import { hasRun, type MonitorState, observed, withoutTold } from '../core/monitor/monitor-state.ts';
import { MONITOR_RESULTS } from '../core/system-tables.ts';
import type { Monitoring } from '../ports/monitoring.ts';
import { resultRow } from './monitor-result.ts';
import { type Look, observe } from './observe.ts';

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
  const look = await lookAt(monitoring, monitor, state, due, asked);
  const after = observed(monitor, state, look.run, look.observation);
  try {
    await monitors.commit(name, version, after);
  } catch (error) {
    if (!isKind(error, 'conflict')) throw error;
    const message = `monitor ${name} was looking already, for ${due}`;
    throw new PhasegateError('unavailable', message, error);
  }
  await tell(monitoring, name, version + 1, after);
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

/** A crash in between tells it twice: whoever tells people knows the key. */
async function tell(
  { bus, monitors }: Monitoring,
  name: string,
  version: number,
  state: MonitorState,
): Promise<void> {
  if (state.untold.length === 0) return;
  for (const alert of state.untold) await bus.publish('phasegate-alerts', alert);
  try {
    await monitors.commit(name, version, withoutTold(state, state.untold));
  } catch (error) {
    if (!isKind(error, 'conflict')) throw error;
  }
}
