import { digestText, type Watched } from '../core/monitor/digest-text.ts';
import { type AlertSeverity, louder, type Monitor } from '../core/monitor/monitor.ts';
import type { Monitoring } from '../ports/monitoring.ts';
import type { Look } from './observe.ts';

/** Everything that is open, and when each monitor last ended; told whatever it says. */
export async function digestOf(
  { monitors, definitionNow, crons, now }: Monitoring,
  { name: own }: Monitor,
): Promise<Look> {
  const { pipeline } = definitionNow();
  const watched: Watched[] = [];
  for (const monitor of pipeline.monitors) {
    if (monitor.name === own) continue;
    const { state } = await monitors.load(monitor.name);
    const byNow = Date.parse(now()) - monitor.deadlineMinutes * 60_000;
    const lastDue = crons.lastDue(monitor, new Date(byNow).toISOString());
    watched.push({ monitor, state, lastDue });
  }
  const open = watched.flatMap(({ state }) => state.open);
  const loudest = open.reduce<AlertSeverity>((a, { severity }) => louder(a, severity), 'info');
  const { text, late } = digestText(pipeline.name, watched);
  return {
    verdict: open.length + late > 0 ? 'WARN' : watched.length === 0 ? 'IDLE' : 'PASS',
    message: `${open.length} open, ${watched.length} monitors, ${late} late`,
    findings: [],
    isOver: () => true,
    evidence: null,
    told: { text, severity: late === 0 ? loudest : louder(loudest, 'error') },
  };
}
