import { randomUUID } from 'node:crypto';
import type { CloudApi } from '../adapters/cloud-api.ts';
import { commandsHere } from '../adapters/command-in.ts';
import { cronerCrons } from '../adapters/croner-crons.ts';
import { pinnedPipelines } from '../adapters/pinned-pipelines.ts';
import { readDefinitionFiles } from '../adapters/pipeline-files.ts';
import { parseDay } from '../core/days.ts';
import { PhasegateError } from '../core/errors.ts';
import { saidOf } from '../core/monitor/alert-text.ts';
import type { Monitor } from '../core/monitor/monitor.ts';
import { NEVER_OBSERVED } from '../core/monitor/monitor-state.ts';
import { instantAt } from '../core/time-zone.ts';
import { spanTexts } from '../core/view/day-spans.ts';
import { fold } from '../core/view/wrap.ts';
import type { ListedMonitor } from '../edge/api-answers.ts';
import type { Monitoring } from '../ports/monitoring.ts';
import { type Look, observe } from '../shell/observe.ts';
import { monitorNamed } from '../shell/run-monitor.ts';
import { cloudOf } from './cloud.ts';
import { type ExitCode, exitCodeOfVerdict } from './exit-code.ts';
import type { Output } from './output.ts';
import { type WorldOptions, withWorld } from './with-world.ts';

export type HealthOptions = WorldOptions & Readonly<{ date?: string; json?: boolean }>;

/**
 * Has a monitor look now, tells what it saw here and nobody else; of channels it tells the last test, and sends none. Without a name it says which monitors there are. 1 on FAIL,
 * 3 on UNKNOWN.
 */
export async function health(
  name: string | undefined,
  options: HealthOptions,
  output: Output,
): Promise<ExitCode> {
  const cloud = cloudOf(options.world);
  if (cloud !== null) return healthInCloud(cloud, name, options, output);
  const definition = readDefinitionFiles(options);
  const { pipeline } = definition;
  if (name === undefined) return list(pipeline.monitors, options, output);
  const definitionNow = () => definition;
  const monitor = monitorNamed({ definitionNow }, name);
  const place = { world: options.world, definition, make: false, launches: false };
  return withWorld(place, output, async (world) => {
    const monitoring: Monitoring = {
      ...world,
      pipelineOf: pinnedPipelines(world.runs),
      now: () => new Date().toISOString(),
      crons: cronerCrons,
      alsoExpected: [],
      definitionNow,
      testMs: 0,
    };
    const due =
      options.date === undefined
        ? monitoring.now()
        : new Date(instantAt(parseDay(options.date), '12:00', pipeline.timeZone)).toISOString();
    const { sent } = (await monitoring.monitors.load(name)).state;
    const known = sent === undefined ? NEVER_OBSERVED : { ...NEVER_OBSERVED, sent };
    const look = await observe(monitoring, monitor, known, {
      id: `health-${randomUUID()}`,
      due,
    });
    if (options.json === true) output.json(healthJson(monitor, look));
    else for (const line of healthLines(monitor, look, due, options)) output.line(line);
    return look.verdict === 'IDLE' ? 0 : exitCodeOfVerdict(look.verdict);
  });
}

/** In the cloud a monitor looks where it always looks: its schedule is called, and what it finds is told to everybody. */
async function healthInCloud(
  cloud: CloudApi,
  name: string | undefined,
  options: HealthOptions,
  output: Output,
): Promise<ExitCode> {
  const monitors = await cloud.monitors();
  if (name === undefined) return list(monitors, options, output);
  if (!monitors.some((each) => each.name === name)) {
    const accepted = monitors.map((each) => each.name).join(', ') || 'none';
    throw new PhasegateError('invalid-input', `no monitor ${name}; accepted: ${accepted}`);
  }
  await cloud.scheduler.run(`monitor-${name}`);
  if (options.json === true) output.json({ monitor: name, called: true });
  else output.line(`${name} was called; what it finds is told as alerts`);
  return 0;
}

function list(
  monitors: readonly ListedMonitor[],
  { json }: HealthOptions,
  output: Output,
): ExitCode {
  if (json === true) output.json({ monitors });
  else for (const line of listLines(monitors)) output.line(line);
  return 0;
}

function listLines(monitors: readonly ListedMonitor[]): readonly string[] {
  if (monitors.length === 0) return ['no monitors; the pipeline file may declare some'];
  return monitors.flatMap(({ name, cron, timeZone, description }) => [
    `${name}  ${cron}  ${timeZone}`,
    ...(description === null ? [] : fold(`  ${description}`)),
  ]);
}

function healthJson(monitor: Monitor, { told, isOver: _, ...look }: Look) {
  const findings = look.findings.map((each) => ({ ...each, days: spanTexts(each.days) }));
  return {
    monitor: monitor.name,
    ...look,
    findings,
    ...(told === undefined ? {} : { digest: told.text }),
  };
}

function healthLines(
  monitor: Monitor,
  look: Look,
  due: string,
  options: HealthOptions,
): readonly string[] {
  const { verdict, message, findings, evidence, told, shown = [] } = look;
  return [
    `${monitor.name}  ${verdict}  ${message}`,
    ...findings.flatMap((finding) => [
      '',
      ...fold(commandsHere(saidOf(monitor, { ...finding, since: due }, 'new').text, options)),
    ]),
    ...(shown.length === 0 ? [] : ['', ...shown]),
    ...(told === undefined ? [] : ['', ...fold(commandsHere(told.text, options))]),
    ...(evidence === null ? [] : ['', `evidence ${evidence}`]),
  ];
}
