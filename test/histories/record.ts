import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { RunState } from '../../shared/core/run.ts';
import { readStateText } from '../../shared/edge/state-text.ts';
import { writeTinyLeague } from '../fixtures/tiny-league.ts';
import { definitionFile, type History, historyFile } from './history.ts';
import { recordedIn, recordInto } from './recorder.ts';
import { STORIES, type Story } from './stories.ts';
import { releaseIn } from './tree.ts';

/**
 * Records the stories named (default: all) as this release tells them, or the one in another tree:
 * `node test/histories/record.ts [--tree DIR] [STORY…]`
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { tree: { type: 'string' } },
});
const ROOT = resolve(import.meta.dirname, '../..');
const PATIENCE_MS = 60_000;
const RANGE = { from: '2022-01-01', to: '2022-01-05' };
const WHO = { requestedBy: 'ana', reason: 'recorded' };
const RAW = ['raw_schedule', 'raw_box'];

const tree = resolve(values.tree ?? ROOT);
const release = await releaseIn(tree);
const text = readFileSync(join(ROOT, 'test/fixtures/tiny.yaml'), 'utf8');
const definition = release.readPipeline({ file: 'tiny.yaml', text }, null, () => '');
process.env.HISTORY_TREE = tree;

mkdirSync(join(import.meta.dirname, 'definitions'), { recursive: true });
writeFileSync(definitionFile(definition.hash), `${JSON.stringify(JSON.parse(definition.text))}\n`);
for (const name of positionals.length > 0 ? positionals : Object.keys(STORIES)) {
  const story = STORIES[name];
  if (story === undefined) throw new Error(`no story ${name}: ${Object.keys(STORIES).join(', ')}`);
  const history = await recorded(name, story);
  writeFileSync(historyFile(history), `${JSON.stringify(history, null, 2)}\n`);
  console.log(`${historyFile(history)}: ${history.commits.length} commits`);
}

async function recorded(name: string, { ends = '', tell }: Story): Promise<History> {
  const directory = mkdtempSync(join(tmpdir(), 'phasegate-history-'));
  const stateFile = join(directory, 'state.db');
  process.env.HISTORY_ENDS = ends;
  process.env.HISTORY_GATE = join(directory, 'gate');
  const world = await release.openLocalWorld({
    directory,
    definition,
    anyDefinition: false,
    launches: true,
    jobCommand: [process.execPath, join(import.meta.dirname, 'job.ts')],
    onPage: () => undefined,
  });
  let loads = 0;
  const state = async () => {
    const [run] = await world.runs.list();
    return run === undefined ? null : ((await world.runs.load(run))?.state ?? null);
  };
  const until = async (is: (state: RunState) => boolean) => {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(10)) {
      const now = await state();
      if (now !== null && is(now)) return now;
    }
    throw new Error(`${name} goes on: ${JSON.stringify(await state())}`);
  };
  try {
    recordInto(stateFile);
    await tell({
      until,
      load: async (missing) => {
        writeTinyLeague(directory, (day) => !missing.includes(day));
        for (const source of definition.pipeline.sources) {
          if (source.load === null || !RAW.includes(source.load.file)) continue;
          const path = join(directory, `${source.load.file}.csv`);
          const header = readFileSync(path, 'utf8').split('\n', 1)[0]?.split(',') ?? [];
          const file = { path, format: 'csv', header } as const;
          await release.loadSource(world.warehouse, source, source.load, file, `load-${++loads}`);
        }
      },
      start: async () => {
        await world.bus.publish('phasegate-start', { pipeline: 'tiny', ...RANGE, ...WHO });
      },
      ask: async (wish) => {
        const run = (await state())?.run;
        const named = Object.entries(wish).map(([key, value]) => [
          key,
          value === true ? run : value,
        ]);
        await world.bus.publish('phasegate-start', { ...Object.fromEntries(named), ...WHO });
      },
      openGate: () => writeFileSync(join(directory, 'gate'), ''),
    });
  } finally {
    await world.close();
  }
  const commits = recordedIn(stateFile, (each) => each.replaceAll(directory, 'WORLD'));
  rmSync(directory, { recursive: true });
  const last = commits.at(-1)?.state ?? '{}';
  const { schema } = JSON.parse(last) as { schema: number };
  if (readStateText(last, new Date(0).toISOString()).definition !== definition.hash) {
    throw new Error(`${name} ran with another definition`);
  }
  return { release: release.version, schema, story: name, definition: definition.hash, commits };
}
