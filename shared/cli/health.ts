import { randomUUID } from 'node:crypto';
import { cronerCrons } from '../adapters/croner-crons.ts';
import { pinnedPipelines } from '../adapters/pinned-pipelines.ts';
import { readDefinitionFiles } from '../adapters/pipeline-files.ts';
import { parseDay } from '../core/days.ts';
import { alertText } from '../core/monitor/alert-text.ts';
import type { Monitor } from '../core/monitor/monitor.ts';
import { NEVER_OBSERVED } from '../core/monitor/monitor-state.ts';
import { instantAt } from '../core/time-zone.ts';
import { spanTexts } from '../core/view/day-spans.ts';
import { fold } from '../core/view/wrap.ts';
import type { Monitoring } from '../ports/monitoring.ts';
import { type Look, observe } from '../shell/observe.ts';
import { monitorNamed } from '../shell/run-monitor.ts';
import { type ExitCode, exitCodeOfVerdict } from './exit-code.ts';
import type { Output } from './output.ts';
import { type WorldOptions, withWorld } from './with-world.ts';

export type HealthOptions = WorldOptions & Readonly<{ date?: string; json?: boolean }>;

/**
 * Has a monitor look now, tells what it saw here and nobody else. Without a name it says which monitors there are. 1 on FAIL,
 * 3 on UNKNOWN.
 */
export async function health(
  name: string | undefined,
  options: HealthOptions,
  output: Output,
): Promise<ExitCode> {
  const definition = readDefinitionFiles(options);
  const { pipeline } = definition;
  if (name === undefined) {
    if (options.json === true) output.json({ monitors: pipeline.monitors });
    else for (const line of listLines(pipeline.monitors)) output.line(line);
    return 0;
  }
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
    };
    const due =
      options.date === undefined
        ? monitoring.now()
        : new Date(instantAt(parseDay(options.date), '12:00', pipeline.timeZone)).toISOString();
    const look = await observe(monitoring, monitor, NEVER_OBSERVED, {
      id: `health-${randomUUID()}`,
      due,
    });
    if (options.json === true) output.json(healthJson(monitor, look));
    else for (const line of healthLines(monitor, look, due)) output.line(line);
    return look.verdict === 'IDLE' ? 0 : exitCodeOfVerdict(look.verdict);
  });
}

function listLines(monitors: readonly Monitor[]): readonly string[] {
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

function healthLines(monitor: Monitor, look: Look, due: string): readonly string[] {
  const { verdict, message, findings, evidence, told } = look;
  return [
    `${monitor.name}  ${verdict}  ${message}`,
    ...findings.flatMap((finding) => [
      '',
      ...fold(alertText(monitor, { ...finding, since: due }, 'new')),
    ]),
    ...(told === undefined ? [] : ['', ...fold(told.text)]),
    ...(evidence === null ? [] : ['', `evidence ${evidence}`]),
  ];
}
