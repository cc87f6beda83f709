import { readFileSync } from 'node:fs';
import { Command, CommanderError, Option } from 'commander';
import { DEFAULT_PIPELINE } from '../adapters/command-in.ts';
import { PhasegateError } from '../core/errors.ts';
import { POLICIES } from '../core/policy.ts';
import { fold } from '../core/view/wrap.ts';
import type { DemoOptions } from './demo/demo.ts';
import type { DoctorOptions } from './doctor/doctor.ts';
import { showExamples } from './examples.ts';
import { type ExitCode, exitCodeOfError } from './exit-code.ts';
import type { ExplainOptions } from './explain.ts';
import { inWorld, json, requesting, signed, world } from './flags.ts';
import type { GateOptions } from './gate.ts';
import type { HealthOptions } from './health.ts';
import type { LineageOptions } from './lineage.ts';
import type { LoadOptions } from './load.ts';
import type { LockOptions } from './lock.ts';
import type { Output } from './output.ts';
import type { PlanOptions } from './plan.ts';
import { refuseOutOfReach } from './reach.ts';
import type { ReportOptions } from './report.ts';
import { addSchedules } from './schedules.ts';
import type { StartOptions } from './start.ts';
import type { StatusOptions } from './status.ts';
import { addSteppingIn } from './stepping-in.ts';
import type { UpOptions } from './up.ts';
import type { WatchOptions } from './watch.ts';

const { version } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string };

const EXIT_CODES =
  'Exit codes: 0 passed, warned or done; 1 refused, failed, blocked or not at its end; 2 usage; 3 could not be evaluated; 130 interrupted.';

/**
 * Runs the command line.
 *
 * @param args what stands behind `phasegate`
 * @returns the exit code; 2 for what cannot be parsed
 * @throws what is a bug of ours
 */
export async function runCommandLine(args: readonly string[], output: Output): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  const program = programOf(output, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof PhasegateError)) throw error;
    for (const line of fold(error.message)) output.note(line);
    return exitCodeOfError(error);
  }
}

/**
 * Every command, unparsed.
 *
 * @param end told how a command that ran ended
 */
export function programOf(output: Output, end: (code: ExitCode) => void): Command {
  const program = new Command('phasegate')
    .description('Backfills that move from phase to phase only on evidence found in the data.')
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => output.line(text.replace(/\n$/, '')),
      writeErr: (text) => output.note(fold(text.replace(/\n$/, '')).join('\n')),
    })
    .showHelpAfterError('(see --help)')
    .addHelpText('after', `\n${fold(EXIT_CODES).join('\n')}`);

  program.hook('preAction', (_, action) => {
    refuseOutOfReach(nameOf(action), action.opts());
  });

  inWorld(program.command('up'))
    .option('--port <port>', 'of the page and the bus; default: one that is free')
    .description('run the local world, and its page, until Ctrl-C')
    .action(async (options: UpOptions) => {
      const { up } = await import('./up.ts');
      end(await up(options, output));
    });

  inWorld(program.command('load').addOption(json()))
    .argument('<dir>', 'directory with raw_*.parquet or raw_*.csv')
    .option('--only <file>', 'one file, by its name without ending')
    .description('load raw files, whole or the one of --only: they replace the days that they hold')
    .action(async (dir: string, options: LoadOptions) => {
      const { load } = await import('./load.ts');
      end(await load(dir, options, output));
    });

  requesting(inWorld(program.command('plan').addOption(json())))
    .description('what a start would write, why, and what stands in its way; start nothing')
    .action(async (options: PlanOptions) => {
      const { plan } = await import('./plan.ts');
      end(await plan(options, output));
    });

  signed(requesting(inWorld(program.command('start').addOption(json()))))
    .option('--plan <hash>', 'start only what this plan said')
    .option('--follow', 'stay until the run is at rest')
    .description('start a run, or join the live one of the same request')
    .action(async (options: StartOptions) => {
      const { start } = await import('./start.ts');
      end(await start(options, output));
    });

  program
    .command('status')
    .argument('[run]')
    .addOption(world())
    .addOption(json())
    .description('all runs, or the tables of one')
    .action(async (run: string | undefined, options: StatusOptions) => {
      const { status } = await import('./status.ts');
      end(await status(run, options, output));
    });

  program
    .command('watch')
    .argument('[run]', 'default: the live run that changed last')
    .addOption(world())
    .option('--json', 'print one JSON object for each thing that happens')
    .description('show a run until it is at rest; change nothing')
    .action(async (run: string | undefined, options: WatchOptions) => {
      const { watch } = await import('./watch.ts');
      end(await watch(run, options, output));
    });

  inWorld(program.command('gate').addOption(json()))
    .argument('[name]', 'a gate that the pipeline declares; default: tables by --phase and --table')
    .option('--from <day>', 'first day; with --to, unless --evidence is given')
    .option('--to <day>', 'last day')
    .option('--phase <phase>', 'tables of this phase only')
    .option('--table <dataset.table>', 'this table only, or a source that has checks')
    .addOption(
      new Option(
        '--format <format>',
        'default: text; md for a pull request or a mail, junit for CI',
      ).choices(['text', 'json', 'md', 'junit']),
    )
    .addOption(
      new Option(
        '--policy <policy>',
        'default: backfill; daily for thresholds of a look at the last days',
      ).choices(POLICIES),
    )
    .option('--evidence <id>', 'a stored gate by its id or file: judge again what it kept')
    .option('--verbose', 'show checks that hold too, and the queries that find failing rows')
    .description('judge the data now; launch nothing')
    .action(async (name: string | undefined, options: GateOptions) => {
      const { gate } = await import('./gate.ts');
      end(await gate(name, options, output));
    });

  inWorld(program.command('explain').addOption(json()))
    .argument('[run]', 'a run: its range, its tables, the definition it was started with')
    .option('--from <day>', 'first day; default: that of the run')
    .option('--to <day>', 'last day; default: that of the run')
    .option('--table <dataset.table>', 'this table only, or a source that has checks')
    .description('say why tables do not pass, down to the source, and what to do; launch nothing')
    .action(async (run: string | undefined, options: ExplainOptions) => {
      const { explain } = await import('./explain.ts');
      end(await explain(run, options, output));
    });

  addSteppingIn(program, output, end);

  inWorld(program.command('health').addOption(json()))
    .argument('[monitor]', 'by its name, such as daily or weekly; default: say which there are')
    .option('--date <day>', 'as if it were due on this day; default: now')
    .description('have a monitor look now; tell nobody else, launch nothing')
    .action(async (name: string | undefined, options: HealthOptions) => {
      const { health } = await import('./health.ts');
      end(await health(name, options, output));
    });

  addSchedules(program, output, end);

  inWorld(program.command('doctor').addOption(json()))
    .description('look at everything that a run will need, and say what mends it; change nothing')
    .action(async (options: DoctorOptions) => {
      const { doctor } = await import('./doctor/doctor.ts');
      end(await doctor(options, output));
    });

  program
    .command('report')
    .addOption(world())
    .addOption(json())
    .argument('<run>')
    .addOption(
      new Option(
        '--format <format>',
        'md for a mail, html for one file with pictures, junit for CI',
      )
        .choices(['text', 'md', 'html', 'json', 'junit'])
        .default('text'),
    )
    .option('--output <file>', 'write it to a file, whole or not at all; default: stdout')
    .description('what a run did, and what its gates found')
    .action(async (run: string, options: ReportOptions) => {
      const { report } = await import('./report.ts');
      end(await report(run, options, output));
    });

  program
    .command('lineage')
    .addOption(world())
    .addOption(json())
    .argument('<run>')
    .option('--send', 'send all of it, again if need be, to OPENLINEAGE_URL')
    .description('a run as events of OpenLineage; with --json each on its line, whole')
    .action(async (run: string, options: LineageOptions) => {
      const { lineage } = await import('./lineage.ts');
      end(await lineage(run, options, output));
    });

  program
    .command('lock')
    .option('--pipeline <name>', 'a pipeline by name, or its YAML file', DEFAULT_PIPELINE)
    .option('--check', 'write nothing; 1 when the lock file is missing, stale or loosened')
    .addOption(json())
    .description('accept what a pipeline promises: write the lock file beside it')
    .action(async (options: LockOptions) => {
      const { lock } = await import('./lock.ts');
      end(lock(options, output));
    });

  program
    .command('job')
    .argument('<table>', 'dataset.table')
    .description('run one job under the job contract (PHASEGATE_* environment)')
    .action(async (table: string) => {
      const { job } = await import('./job.ts');
      end(await job(table, output));
    });

  program
    .command('demo')
    .addOption(
      new Option('--world <world>', 'an empty directory, or that of the last demo').default(
        'local:.phasegate/demo',
      ),
    )
    .option('--pipeline <name>', 'a pipeline by name, or its YAML file', DEFAULT_PIPELINE)
    .option('--teams <count>', 'teams of the generated league, an even number from 10 to 30', '30')
    .option('--games <count>', 'games of each team in a season, 20 to 82', '82')
    .addOption(json())
    .description('a generated league and the night of the crisis: caught, explained, repaired')
    .action(async (options: DemoOptions) => {
      const { demo } = await import('./demo/demo.ts');
      end(await demo(options, output));
    });

  showExamples(program);
  return program;
}

/** With its parent's: `dead list`. */
function nameOf(command: Command): string {
  const parent = command.parent?.parent == null ? '' : `${command.parent.name()} `;
  return parent + command.name();
}
