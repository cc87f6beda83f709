import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'vitest';
import { openRuns } from '../../shared/adapters/local/open-runs.ts';
import { load } from '../../shared/cli/load.ts';
import { parseRunId } from '../../shared/core/ids.ts';
import type { RunState } from '../../shared/core/run.ts';
import { writeTinyLeague } from '../fixtures/tiny-league.ts';
import { here } from './here.ts';
import { emptyDirectory } from './phasegate.ts';

export const REQUEST = { from: '2022-01-01', to: '2022-01-10', mode: 'missing' } as const;
const TINY = readFileSync('test/fixtures/tiny.yaml', 'utf8');

/** Takes a while, and is 64 million. */
const SLOW =
  '(SELECT COUNT(*) FROM UNNEST(GENERATE_ARRAY(1, 8000)) AS a CROSS JOIN UNNEST(GENERATE_ARRAY(1, 8000)) AS b)';

/** The tiny pipeline with a first job that takes a while. */
export const slowly = (yaml: string) =>
  yaml.replace('team, points, CURRENT', `team, points + 0 * ${SLOW} AS points, CURRENT`);

/** A world in which the tiny league was loaded, and where its raw files are. */
export type Loaded = Readonly<{ raw: string; directory: string }>;

export async function loaded(hasBox: (day: string) => boolean): Promise<Loaded> {
  const base = emptyDirectory();
  const raw = join(base, 'raw');
  const directory = join(base, 'world');
  writeTinyLeague(raw, hasBox);
  const options = { pipeline: 'test/fixtures/tiny.yaml', world: `local:${directory}` };
  expect(await here((output) => load(raw, options, output))).toMatchObject({ code: 0 });
  return { raw, directory };
}

/** A copy of a loaded world under a changed pipeline. */
export function worldWith(change: (yaml: string) => string, from: Loaded) {
  const base = emptyDirectory();
  const pipeline = join(base, 'pipeline.yaml');
  writeFileSync(pipeline, change(TINY));
  const raw = join(base, 'raw');
  cpSync(from.raw, raw, { recursive: true });
  const directory = join(base, 'world');
  cpSync(from.directory, directory, { recursive: true });
  const world = ['--world', `local:${directory}`];
  const options = { pipeline, world: `local:${directory}` };
  return { raw, directory, world, options };
}

export async function stateOf(directory: string, run: string): Promise<RunState> {
  const opened = openRuns(directory);
  const state = (await opened?.runs.load(parseRunId(run)))?.state;
  opened?.close();
  if (state == null) throw new Error(`no run ${run}`);
  return state;
}

/** Messages that wait, and executions. */
export function leftIn(directory: string) {
  const db = new DatabaseSync(join(directory, 'state.db'), { readOnly: true });
  try {
    return ['message', 'execution'].map((table) => db.prepare(`SELECT * FROM ${table}`).all());
  } finally {
    db.close();
  }
}
