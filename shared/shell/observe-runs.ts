import { addDays } from '../core/days.ts';
import { handOverFindings, type Unfinished } from '../core/monitor/hand-over-findings.ts';
import type { Monitor, Subject } from '../core/monitor/monitor.ts';
import type { MonitorState } from '../core/monitor/monitor-state.ts';
import { runFindings } from '../core/monitor/run-findings.ts';
import { dayAt } from '../core/time-zone.ts';
import { counted } from '../core/view/counted.ts';
import type { Monitoring } from '../ports/monitoring.ts';
import type { Look } from './observe.ts';
import { wholeLook } from './whole-look.ts';

/** Looks at the runs of the last days, and of each that is not finished at what it owes. */
export async function observeRuns(
  monitoring: Monitoring,
  { severity }: Monitor,
  { lookBackDays, leftAloneMinutes, handOverMinutes }: Extract<Subject, { what: 'runs' }>,
  { open }: MonitorState,
): Promise<Look> {
  const { runs, pipelineOf, now, definitionNow } = monitoring;
  const { timeZone } = definitionNow().pipeline;
  const [oldest = now()] = open.map(({ since }) => since).sort();
  const first = addDays(dayAt(oldest, timeZone), -lookBackDays);
  const looked = [];
  for (const run of await runs.list()) {
    const state = await runs.state(run);
    if (state === null || dayAt(state.since, timeZone) < first) continue;
    looked.push({ state, pipeline: await pipelineOf(state.definition) });
  }
  const unfinished = await readUnfinished(monitoring);
  const findings = [
    ...runFindings(looked, { severity, leftAloneMinutes }, now()),
    ...handOverFindings(unfinished, { severity, handOverMinutes }, now()),
  ];
  const message = `${counted(looked.length, 'run')} since ${first}`;
  return wholeLook(findings, looked.length + unfinished.length, message);
}

async function readUnfinished({ runs }: Monitoring): Promise<readonly Unfinished[]> {
  const found: Unfinished[] = [];
  for (const run of await runs.unfinished()) {
    const stored = await runs.load(run);
    if (stored === null) continue;
    const { state, inbox, outbox } = stored;
    found.push({
      run,
      state,
      facts: (await runs.facts(run)).map(({ event }) => event),
      inbox: inbox.map(({ event }) => event),
      outbox: outbox.map(({ effect }) => effect),
    });
  }
  return found;
}
