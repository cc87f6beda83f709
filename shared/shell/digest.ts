import { PhasegateError } from '../core/errors.ts';
import { digestText, toldOpen, type Watched } from '../core/monitor/digest-text.ts';
import { type AlertSeverity, louder, type Monitor } from '../core/monitor/monitor.ts';
import { isTooSeldomReady } from '../core/monitor/readiness.ts';
import type { Monitoring } from '../ports/monitoring.ts';
import type { Asked, Look } from './observe.ts';
import { readReadiness } from './read-readiness.ts';
import { summarize } from './summarize.ts';

/** Everything that is open, what became of the day before, and when each monitor last ended; told whatever it says. */
export async function digestOf(
  monitoring: Monitoring,
  digest: Monitor,
  asked: Asked,
): Promise<Look> {
  const { monitors, definitionNow, crons, now } = monitoring;
  const { pipeline } = definitionNow();
  const watched: Watched[] = [];
  for (const monitor of pipeline.monitors) {
    if (monitor.name === digest.name) continue;
    const { state } = await monitors.load(monitor.name);
    const byNow = Date.parse(now()) - monitor.deadlineMinutes * 60_000;
    const lastDue = crons.lastDue(monitor, new Date(byNow).toISOString());
    watched.push({ monitor, state, lastDue });
  }
  const open = watched.flatMap(({ state }) => toldOpen(state));
  const loudest = open.reduce<AlertSeverity>((a, { severity }) => louder(a, severity), 'info');
  const { ready, unread } = await readyOrNot(monitoring, asked);
  const summary = await summarize(monitoring, digest, asked);
  const { text, late } = digestText(pipeline.name, watched, summary, ready);
  const seldom = ready.filter(isTooSeldomReady).length;
  return {
    verdict:
      open.length + late + seldom + unread.length > 0
        ? 'WARN'
        : watched.length === 0
          ? 'IDLE'
          : 'PASS',
    message: `${open.length} open, ${watched.length} monitors, ${late} late`,
    findings: [],
    isOver: () => true,
    evidence: null,
    told: {
      text: [text, ...unread].join('\n'),
      severity:
        late > 0 ? louder(loudest, 'error') : seldom > 0 ? louder(loudest, 'warning') : loudest,
    },
  };
}

/** The digest comes whatever the warehouse says: what could not be read is said. */
async function readyOrNot({ warehouse, definitionNow }: Monitoring, { id, due }: Asked) {
  try {
    const ready = await readReadiness(warehouse, definitionNow().pipeline, id, due);
    return { ready, unread: [] };
  } catch (error) {
    if (!(error instanceof PhasegateError)) throw error;
    return { ready: [], unread: [`how often phases were ready is not known: ${error.message}`] };
  }
}
