import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findOwner } from '../../shared/adapters/local/owner-file.ts';
import { emptyDirectory, phasegate, startPhasegate } from '../e2e/phasegate.ts';

const REAL = resolve('..', 'shared/data/nba');
const OVERLAY = ['--overlay', 'test/fixtures/nba-real-overlay.yaml'];

/** A world that is up, with a run in it, and the address of its page. */
export type WorldUp = Readonly<{
  url: string;
  directory: string;
  run: string;
  close(): Promise<void>;
}>;

export const hasRealSeasons = existsSync(REAL);
if (!hasRealSeasons) {
  console.warn(`NOT CHECKED: ${REAL} is absent, so no page of the two real seasons is looked at`);
}

/** The night of the demo on a smaller league. */
export async function demoUp(): Promise<WorldUp> {
  const directory = join(emptyDirectory(), 'demo');
  const league = ['--teams', '10', '--games', '24'];
  const demo = await phasegate('demo', '--world', `local:${directory}`, ...league, '--json');
  return up(directory, JSON.parse(demo.stdout).run, []);
}

/** The two real seasons, run as a person would. */
export async function realUp(): Promise<WorldUp> {
  const directory = emptyDirectory();
  const world = ['--world', `local:${directory}`];
  await phasegate('load', REAL, ...world);
  const range = ['--from', '2021-10-19', '--to', '2023-04-09'];
  const started = await phasegate('start', ...range, ...world, ...OVERLAY, '--json');
  return up(directory, JSON.parse(started.stdout).run, OVERLAY);
}

async function up(directory: string, run: string, more: readonly string[]): Promise<WorldUp> {
  const started = startPhasegate('up', '--world', `local:${directory}`, ...more);
  await started.saw(/page: /);
  return {
    url: findOwner(directory)?.busUrl ?? '',
    directory,
    run,
    async close() {
      started.kill('SIGINT');
      await started.ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
