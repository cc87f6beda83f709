import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalWorld } from '../../adapters/local/local-world.ts';
import { today } from '../../adapters/local/today.ts';
import { nextFor } from '../../adapters/next-commands.ts';
import { readDefinitionFiles } from '../../adapters/pipeline-files.ts';
import { parseDay } from '../../core/days.ts';
import { PhasegateError } from '../../core/errors.ts';
import type { RunId } from '../../core/ids.ts';
import type { Definition } from '../../core/pipeline.ts';
import type { RunReport } from '../../core/report.ts';
import { checkedRequest } from '../../core/request.ts';
import { reportJson } from '../../core/view/report-json.ts';
import { reportLines } from '../../core/view/report-lines.ts';
import { toldReport } from '../../core/view/report-told.ts';
import { wrap } from '../../core/view/wrap.ts';
import { readReport } from '../../shell/read-report.ts';
import { askForRepair, askForStart } from '../ask.ts';
import type { ExitCode } from '../exit-code.ts';
import { follow } from '../follow.ts';
import { loadDirectory } from '../load-directory.ts';
import type { Output } from '../output.ts';
import { watchingWorld } from '../watch/watching-local.ts';
import { type WorldOptions, withWorld } from '../with-world.ts';
import { worldDirectory } from '../world-directory.ts';
import { type Crisis, crisis } from './crisis.ts';
import { believeExitCodes } from './old-night.ts';
import { lookedLine, type Readers, watchViews } from './readers.ts';
import { reasons } from './reasons.ts';

export type DemoOptions = WorldOptions &
  Readonly<{ json?: boolean; teams?: string; games?: string }>;

const MARKER = 'demo.json';

/**
 * A generated league, and the night of the crisis: jobs that exit 0 over raw data that lacks 169
 * games, the gate that holds the next phase back, the late delivery, and the repair. 0 only when
 * the gate blocked first and everything passed in the end.
 */
export async function demo(options: DemoOptions, output: Output): Promise<ExitCode> {
  const directory = worldDirectory(options.world);
  const size = {
    teams: sizeOption('--teams', options.teams ?? '30', 10, 30),
    gamesPerTeam: sizeOption('--games', options.games ?? '82', 20, 82),
  };
  clear(directory);
  const story = crisis(join(directory, 'raw'), join(directory, 'late'), size);
  say(
    output,
    '1',
    `raw data arrives: ${story.games} games of two seasons; ${story.missing.gameIds.size} of them never reach the team box scores`,
  );
  const definition = readDefinitionFiles(options);
  const place = { world: options.world, definition, make: true, launches: true, keepsPages: true };
  return withWorld(place, output, async (world, interrupted) => {
    const readers = watchViews(world.warehouse, definition.pipeline, story);
    try {
      return await play(story, { world, definition, readers, interrupted, options, output });
    } finally {
      await readers.stop();
    }
  });
}

type Stage = Readonly<{
  world: LocalWorld;
  definition: Definition;
  readers: Readers;
  interrupted: AbortSignal;
  options: DemoOptions;
  output: Output;
}>;

async function play(story: Crisis, stage: Stage): Promise<ExitCode> {
  const { world, definition, readers, interrupted, options, output } = stage;
  await loadDirectory(
    story.rawDirectory,
    definition.pipeline,
    undefined,
    world.warehouse,
    quiet(output),
  );

  say(output, '2', 'the old way: run the analytics jobs and believe their exit codes');
  await believeExitCodes(world, definition, story, output);
  output.note('   the handoff says: "all backfills complete"');

  say(output, '3', 'Phasegate starts the same range and looks at the data before it goes on');
  const { pipeline } = definition;
  const wish = { pipeline: pipeline.name, from: story.from, to: story.to, phases: [] };
  const request = checkedRequest(pipeline, { ...wish, mode: 'missing' }, today(pipeline.timeZone));
  const run = await askForStart(world, definition, request, 'demo', interrupted);
  if (run === null) return 130;
  const first = await follow(watchingWorld(world, run), output, interrupted);
  if (first.end !== 'at-rest') return 130;
  if (first.state.status !== 'blocked') {
    return failed(output, `the gate should have blocked this run, but it is ${first.state.status}`);
  }

  readers.enter('blocked');
  say(output, '4', 'why it was held back');
  for (const line of await reasons(world, pipeline, story)) output.note(line);
  const whileBlocked = await readers.look();
  for (const line of wrap(lookedLine(whileBlocked), '   ')) output.note(line);
  if (whileBlocked.rows > 0) return failed(output, 'readers should have found no row yet');

  say(
    output,
    '5',
    `the missing games arrive; repair writes the bad days and all that they made stale`,
  );
  await loadDirectory(
    story.lateDirectory,
    definition.pipeline,
    'raw_team_boxscores',
    world.warehouse,
    quiet(output),
  );
  readers.enter('repaired');
  await askForRepair(world, run, 'the missing games arrived', interrupted);
  const last = await follow(watchingWorld(world, run), output, interrupted, { since: first.state });
  if (last.end !== 'at-rest') return 130;

  const inTheEnd = await readers.look();
  for (const line of wrap(lookedLine(inTheEnd), '   ')) output.note(line);

  say(output, '6', 'the report');
  const report = await reportOf(world, run);
  const next = nextFor(report.state, definition.pipeline, options.world);
  const told = toldReport(report, definition.pipeline, next);
  if (options.json === true) {
    output.json({
      blocked: first.state.message,
      readers: { whileBlocked, inTheEnd },
      ...reportJson(told),
    });
  } else {
    output.note(`   look around with: npx phasegate up --world ${options.world}`);
    for (const line of reportLines(told)) output.line(line);
  }
  if (inTheEnd.unverifiedRows > 0 || inTheEnd.rows !== inTheEnd.rowsOfTables) {
    return failed(output, 'readers should have found every row, and none of an unverified day');
  }
  const { status } = last.state;
  return status === 'passed' ? 0 : failed(output, `the repaired run is ${status}`);
}

async function reportOf({ runs, warehouse }: LocalWorld, run: RunId): Promise<RunReport> {
  const report = await readReport(runs, warehouse, run);
  if (report === null) throw new PhasegateError('bug', `run ${run} vanished`);
  return report;
}

/** Smaller leagues cannot hold the promises of the real pipeline: league averages, weeks, windows. */
function sizeOption(option: string, text: string, least: number, most: number): number {
  const size = Number(text);
  if (
    Number.isInteger(size) &&
    size >= least &&
    size <= most &&
    (option !== '--teams' || size % 2 === 0)
  ) {
    return size;
  }
  const even = option === '--teams' ? 'an even number from' : 'from';
  throw new PhasegateError(
    'invalid-input',
    `${option} ${text}; accepted: ${even} ${least} to ${most}`,
  );
}

function say(output: Output, number: string, text: string): void {
  output.note('');
  for (const line of wrap(text, `${number}. `)) output.note(line);
}

function failed(output: Output, text: string): ExitCode {
  output.note(text);
  return 1;
}

function quiet(output: Output): Output {
  return { ...output, note: () => undefined };
}

/** Empties the demo's own directory, and refuses any other. */
function clear(directory: string): void {
  if (existsSync(directory) && readdirSync(directory).length > 0) {
    if (!existsSync(join(directory, MARKER))) {
      throw new PhasegateError(
        'invalid-input',
        `${directory} is not empty and not a demo's; choose another with --world local:DIR`,
      );
    }
    rmSync(directory, { recursive: true });
  }
  mkdirSync(directory, { recursive: true });
  writeFileSync(
    join(directory, MARKER),
    JSON.stringify({ made: parseDay(new Date().toISOString().slice(0, 10)) }),
  );
}
