import { beforeEach, describe, expect, it } from 'vitest';
import { metricsTeller } from '../../shared/adapters/metrics-teller.ts';
import { runSteps } from '../../shared/core/lineage/run-steps.ts';
import type { Standing } from '../../shared/core/metrics/of-states.ts';
import { ALERT_SEVERITIES } from '../../shared/core/monitor/monitor.ts';
import { NEVER_OBSERVED } from '../../shared/core/monitor/monitor-state.ts';
import type { RunEvent } from '../../shared/core/run-event.ts';
import { readMetricsUrl } from '../../shared/edge/collector.ts';
import { calendarOf, pipelineOf, table } from '../core/build.ts';
import { AT, requestedRun } from '../core/requested-run.ts';
import { type Collector, openCollector } from './trace-collector.ts';

const pipeline = pipelineOf(table('a.one'));
const [one] = pipeline.phases[0]?.tables ?? [];
const OUTCOMES = { 'a.one': { NEVER_RAN: [{ from: '2022-01-01', to: '2022-01-02' }] } };
const told = [
  requestedRun(pipeline),
  {
    type: 'outcomes-read',
    round: 1,
    calendar: calendarOf('2022-01-01..2022-01-02'),
    outcomes: OUTCOMES,
    bytes: 500,
    at: AT,
  },
  { type: 'launch-confirmed', table: one?.name, attempt: 1, execution: 'e', bytes: 250, at: AT },
  { type: 'job-succeeded', table: one?.name, attempt: 1, at: AT.replace('04:00', '04:02') },
  { type: 'job-succeeded', table: one?.name, attempt: 1, at: AT.replace('04:00', '04:09') },
] as unknown as readonly RunEvent[];
const steps = runSteps(pipeline, told);
const TROUBLE = {
  title: 'raw.box lacks days',
  days: [],
  details: [],
  next: null,
  since: AT,
  toldAt: AT,
  quietUntil: AT,
};
const NOTHING: Standing = { runs: null, monitors: null, digestSeconds: null, dead: null };

describe('figures', () => {
  let collector: Collector;
  let noted: string[] = [];
  beforeEach(async () => {
    noted = [];
    collector = await openCollector();
    return () => collector.close();
  });
  const teller = () =>
    metricsTeller({
      url: `${collector.url}/v1/metrics`,
      resource: { 'service.name': 'reconcile' },
      note: (message) => void noted.push(message),
      milliseconds: 5_000,
    });
  const sent = () => Object.fromEntries(collector.figures.flat());

  it('count what facts changed, once, however often a fact is heard', async () => {
    const { onFolded, send } = teller();
    onFolded(steps);
    await send();
    await send();
    expect(collector.figures).toHaveLength(1);
    expect(sent()).toMatchObject({ 'phasegate.query.io{}': 750, 'phasegate.job.time{}': 120 });
  });

  it('of now have a 0 for each word that does not occur', async () => {
    const state = steps.at(-1)?.after;
    const runs = state === undefined ? [] : [state];
    const piles = [{ topic: 'b', messages: 2, cause: null, reason: null, since: null, next: '' }];
    const dead = { topics: ['a', 'b'], piles };
    await teller().send({ runs, monitors: [NEVER_OBSERVED], digestSeconds: 60, dead });
    expect(sent()).toMatchObject({
      'phasegate.runs{phasegate.run.status=live}': 1,
      'phasegate.runs{phasegate.run.status=reading}': 0,
      'phasegate.tables{phasegate.table.state=verifying}': 1,
      'phasegate.tables{phasegate.table.state=failed}': 0,
      'phasegate.findings{phasegate.finding.severity=critical}': 0,
      'phasegate.digest.age{}': 60,
      'phasegate.dead_letters{phasegate.topic=a}': 0,
      'phasegate.dead_letters{phasegate.topic=b}': 2,
    });
  });

  it('count open troubles by how loud they are, each of these words', async () => {
    const open = ALERT_SEVERITIES.map((severity) => ({ ...TROUBLE, cause: severity, severity }));
    await teller().send({ ...NOTHING, monitors: [{ ...NEVER_OBSERVED, open }] });
    expect(sent()).toEqual({
      'phasegate.findings{phasegate.finding.severity=info}': 1,
      'phasegate.findings{phasegate.finding.severity=warning}': 1,
      'phasegate.findings{phasegate.finding.severity=error}': 1,
      'phasegate.findings{phasegate.finding.severity=critical}': 1,
    });
  });

  it('that nobody could find out are not sent, not even as 0', async () => {
    await teller().send({ ...NOTHING, digestSeconds: 5 });
    expect(sent()).toEqual({ 'phasegate.digest.age{}': 5 });
  });

  it('that the collector did not take are said to be, and come with the next ones', async () => {
    const { onFolded, send } = teller();
    collector.answer(503);
    onFolded(steps.slice(0, 3));
    await send();
    expect(noted).toEqual(['the collector answered 503']);
    collector.answer(200);
    onFolded(steps.slice(3));
    await send();
    expect(sent()).toMatchObject({ 'phasegate.query.io{}': 750, 'phasegate.job.time{}': 120 });
  });

  it('that the collector refused for good are said to be, and not sent again', async () => {
    const { onFolded, send } = teller();
    collector.answer(400);
    onFolded(steps.slice(0, 3));
    await send();
    expect(noted).toEqual(['the collector answered 400']);
    collector.answer(200);
    onFolded(steps.slice(3));
    await send();
    expect(sent()).toMatchObject({ 'phasegate.query.io{}': 0, 'phasegate.job.time{}': 120 });
  });

  it('have few labels, whatever runs and tables are called', async () => {
    const { onFolded, send } = teller();
    onFolded(steps);
    await send({ ...NOTHING, runs: steps.map(({ after }) => after), monitors: [] });
    expect(collector.told()).not.toMatch(/tiny-2022|a\.one/);
    expect(collector.figures.flat().length).toBeLessThan(40);
  });
});

it.each([
  [{}, null],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'https://c.example/' }, 'https://c.example/v1/metrics'],
  [{ OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: 'https://c.example/m' }, 'https://c.example/m'],
])('by %j figures go to %s', (environment, url) => {
  expect(readMetricsUrl(environment)).toBe(url);
});

it('an address of a collector that holds a secret is refused, and not repeated', () => {
  const read = () =>
    readMetricsUrl({ OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: 'https://a:hunter2@c.example' });
  expect(read).toThrow('OTEL_EXPORTER_OTLP_METRICS_ENDPOINT holds more than an address');
  expect(read).not.toThrow('hunter2');
});
