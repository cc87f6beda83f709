import type { Command } from 'commander';
import type { DeadOptions } from './dead.ts';
import type { ExitCode } from './exit-code.ts';
import { json, signed, world } from './flags.ts';
import type { Output } from './output.ts';
import type { OverrideOptions } from './override.ts';
import type { SignoffOptions } from './signoff.ts';
import type { TellOptions } from './tell-run.ts';

const SIGNER = 'who signs; in the cloud that is who calls';

/** The commands by which a person steps in: into a run that is there, or into messages that died. */
export function addSteppingIn(
  program: Command,
  output: Output,
  end: (code: ExitCode) => void,
): void {
  const ofRun = (name: string) =>
    program.command(name).argument('<run>').addOption(world()).addOption(json());
  const follow = ['--follow', 'stay until the run is at rest'] as const;

  signed(ofRun('repair'))
    .option(...follow)
    .description('write the bad days of a blocked or failed run, and all that they made stale')
    .action(async (run: string, options: TellOptions) => {
      const { repair } = await import('./repair.ts');
      end(await repair(run, options, output));
    });

  signed(ofRun('retry'))
    .option(...follow)
    .description('run the failed tables of a run again; what a gate refused is for repair')
    .action(async (run: string, options: TellOptions) => {
      const { retry } = await import('./retry.ts');
      end(await retry(run, options, output));
    });

  signed(ofRun('cancel'))
    .option(...follow)
    .description('stop a run and the jobs it runs')
    .action(async (run: string, options: TellOptions) => {
      const { cancel } = await import('./cancel.ts');
      end(await cancel(run, options, output));
    });

  signed(ofRun('pause'))
    .description('launch nothing more in a run; what runs comes to its end')
    .action(async (run: string, options: TellOptions) => {
      const { pause } = await import('./pause.ts');
      end(await pause(run, options, output));
    });

  signed(ofRun('resume'))
    .option(...follow)
    .description('go on with a paused run')
    .action(async (run: string, options: TellOptions) => {
      const { resume } = await import('./pause.ts');
      end(await resume(run, options, output));
    });

  ofRun('override')
    .argument('<table>', 'dataset.table')
    .option('--by <who>', SIGNER)
    .requiredOption('--reason <text>', 'why')
    .requiredOption('--until <day>', 'the last day on which this counts')
    .option(...follow)
    .description('sign for a table that its gate refused, or whose job failed: the run goes on')
    .action(async (run: string, table: string, options: OverrideOptions) => {
      const { override } = await import('./override.ts');
      end(await override(run, table, options, output));
    });

  ofRun('signoff')
    .option('--by <who>', SIGNER)
    .option('--reason <text>', 'why')
    .description('show the checklist of a run and sign it: who vouches for which evidence')
    .action(async (run: string, options: SignoffOptions) => {
      const { signoff } = await import('./signoff.ts');
      end(await signoff(run, options, output));
    });

  const dead = program.command('dead').description('messages that nobody could handle');

  dead
    .command('list')
    .addOption(world())
    .addOption(json())
    .description('why each died, and how its body begins')
    .action(async (options: DeadOptions) => {
      const { listDead } = await import('./dead.ts');
      end(listDead(options, output));
    });

  dead
    .command('replay')
    .argument('[id...]', 'message ids')
    .addOption(world())
    .addOption(json())
    .option('--all', 'every dead letter')
    .description('send them again, under their own message ids')
    .action(async (ids: readonly string[], options: DeadOptions & { all?: boolean }) => {
      const { replayDead } = await import('./dead.ts');
      end(replayDead(ids, options, output));
    });
}
