import type { Command } from 'commander';
import { Option } from 'commander';
import { cronerCrons } from '../adapters/croner-crons.ts';
import { readDefinitionFiles } from '../adapters/pipeline-files.ts';
import { checkedPause, type SchedulePause } from '../core/monitor/schedule-pause.ts';
import type { Trigger } from '../core/monitor/trigger-findings.ts';
import { CLOUD } from '../core/view/in-world.ts';
import type { Scheduler } from '../ports/scheduler.ts';
import { cloudOf } from './cloud.ts';
import type { ExitCode } from './exit-code.ts';
import { inWorld, json } from './flags.ts';
import type { Output } from './output.ts';
import { requestedBy } from './requested-by.ts';
import { type WorldOptions, withWorld } from './with-world.ts';

type SchedulesOptions = WorldOptions &
  Readonly<{ json?: boolean; reason?: string; until?: string; by?: string }>;
type Work = (scheduler: Scheduler, output: Output) => Promise<void>;

/** `schedules list|pause|resume|run`: what calls monitors, and whether it does. */
export function addSchedules(
  program: Command,
  output: Output,
  end: (code: ExitCode) => void,
): void {
  const schedules = program.command('schedules').description('what calls monitors, and when');
  const does = async (options: SchedulesOptions, work: Work) =>
    end(await withScheduler(options, output, work));
  inWorld(schedules.command('list').addOption(json()))
    .description('every schedule: when, whether it is paused, when it last called')
    .action((options: SchedulesOptions) => does(options, list(options)));
  inWorld(schedules.command('pause'))
    .argument('<name>')
    .addOption(new Option('--reason <text>', 'kept, and shown').makeOptionMandatory())
    .addOption(
      new Option(
        '--until <instant>',
        'then it counts as forgotten: 2026-01-05T00:00:00Z, at most 30 days away',
      ).makeOptionMandatory(),
    )
    .option('--by <who>', 'who pauses it; in the cloud that is who calls')
    .description('call no more, for a while and for a reason')
    .action((name: string, options: SchedulesOptions) => does(options, pause(name, options)));
  inWorld(schedules.command('resume'))
    .argument('<name>')
    .description('call again')
    .action((name: string, options: SchedulesOptions) =>
      does(options, async (scheduler) => {
        await scheduler.resume(name);
        output.line(`${name} is resumed`);
      }),
    );
  inWorld(schedules.command('run'))
    .argument('<name>')
    .description('call now, once more than it would')
    .action((name: string, options: SchedulesOptions) =>
      does(options, async (scheduler) => {
        await scheduler.run(name);
        const when =
          options.world === CLOUD ? 'is told as alerts' : 'is told while the world is up';
        output.line(`${name} was called; what it finds ${when}`);
      }),
    );
}

async function withScheduler(
  options: SchedulesOptions,
  output: Output,
  work: Work,
): Promise<ExitCode> {
  const cloud = cloudOf(options.world);
  if (cloud !== null) {
    await work(cloud.scheduler, output);
    return 0;
  }
  const definition = readDefinitionFiles(options);
  const place = { world: options.world, definition, make: false, launches: false };
  return withWorld<ExitCode>(place, output, async ({ scheduler }) => {
    await work(scheduler, output);
    return 0;
  });
}

function list({ json: asJson }: SchedulesOptions): Work {
  return async (scheduler, output) => {
    const triggers = await scheduler.list();
    const at = new Date().toISOString();
    const next = (trigger: Trigger) => cronerCrons.nextDue(trigger, at);
    if (asJson === true) {
      output.json({ schedules: triggers.map((each) => ({ ...each, next: next(each) })) });
      return;
    }
    if (triggers.length === 0) output.line('no schedules; the pipeline file may declare monitors');
    for (const each of triggers) {
      output.line(`${each.name}  ${each.cron}  ${each.timeZone}`);
      output.line(`  ${standing(each, next(each))}`);
    }
  };
}

function standing(
  { isPaused, pause, lastAttemptAt, lastFailure }: Trigger,
  next: string | null,
): string {
  const last = lastAttemptAt === null ? 'never called yet' : `last called at ${lastAttemptAt}`;
  const failed = lastFailure === null ? '' : `, which failed: ${lastFailure}`;
  if (!isPaused) return `next at ${next ?? 'no time'}; ${last}${failed}`;
  return `${pause === null ? 'paused, nobody said why' : pauseText(pause)}; ${last}${failed}`;
}

function pauseText({ by, until, reason }: SchedulePause): string {
  return `paused${by === '' ? '' : ` by ${by}`} until ${until}: ${reason}`;
}

function pause(name: string, { reason = '', until = '', by }: SchedulesOptions): Work {
  return async (scheduler, output) => {
    const wish = { reason, until, by: requestedBy(by) };
    const checked = checkedPause(wish, new Date().toISOString());
    await scheduler.pause(name, checked);
    output.line(`${name} is paused until ${checked.until}: ${checked.reason}`);
  };
}
