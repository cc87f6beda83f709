import { type Command, CommanderError } from 'commander';
import { programOf } from '../../shared/cli/command-line.ts';

const SILENT = { line: () => {}, json: () => {}, note: () => {}, draw: null, keep: () => {} };

/** Every command that does something, by its whole name. */
export function leaves(
  command: Command = programOf(SILENT, () => {}),
  names: readonly string[] = [],
) {
  return command.commands.flatMap((each): readonly (readonly [string, Command])[] => {
    const all = [...names, each.name()];
    return each.commands.length > 0 ? leaves(each, all) : [[all.join(' '), each]];
  });
}

/** Why the command line does not understand what stands behind `phasegate`; null where it does. Runs nothing. */
export async function refusalOf(line: string): Promise<string | null> {
  const said: string[] = [];
  const program = programOf({ ...SILENT, note: (text) => void said.push(text) }, () => {});
  for (const [, leaf] of leaves(program)) leaf.action(() => {});
  const words = [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, a, b, c]) => a ?? b ?? c ?? '',
  );
  try {
    await program.parseAsync(words, { from: 'user' });
    return null;
  } catch (error) {
    if (error instanceof CommanderError) return said.join('\n') || error.message;
    throw error;
  }
}
