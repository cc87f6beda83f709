import { type Command, Option } from 'commander';
import { DEFAULT_PIPELINE } from '../adapters/command-in.ts';
import { DEFAULT_WORLD } from '../core/view/in-world.ts';

export const world = () =>
  new Option('--world <world>', 'where it runs: local:DIR, or gcp').default(DEFAULT_WORLD);
export const json = () => new Option('--json', 'print one JSON document');
export const inWorld = (command: Command) =>
  command
    .addOption(world())
    .option('--pipeline <name>', 'a pipeline by name, or its YAML file', DEFAULT_PIPELINE)
    .option('--overlay <file>', 'calendar and waivers of this data set');
export const requesting = (command: Command) =>
  command
    .requiredOption('--from <day>', 'first day, 2021-10-19')
    .requiredOption('--to <day>', 'last day')
    .option('--phases <list>', 'comma list; default: all')
    .addOption(
      new Option('--mode <mode>', 'which days to write')
        .choices(['missing', 'failed', 'all'])
        .default('missing'),
    );
export const signed = (command: Command) =>
  command.option('--by <who>', 'who asks').option('--reason <text>', 'why');
