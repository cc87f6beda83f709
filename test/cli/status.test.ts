import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { sqliteRunStore } from '../../shared/adapters/local/sqlite-run-store.ts';
import type { Output } from '../../shared/cli/output.ts';
import { status } from '../../shared/cli/status.ts';
import { worldDirectory } from '../../shared/cli/world-directory.ts';
import { parseRunId } from '../../shared/core/ids.ts';
import { DEFAULT_WORLD, inWorld } from '../../shared/core/view/in-world.ts';
import { happens, happenTo } from './stored-run.ts';

const RUN = 'nba-20211019-20211020-0123abcd';

const runNamed = (number: number) => parseRunId(`tiny-20220101-20220131-0000000${number}`);

function listening() {
  const said: string[] = [];
  const printed: unknown[] = [];
  const say = (text: string) => void said.push(text);
  const output: Output = {
    line: say,
    note: say,
    json: (value) => void printed.push(value),
    draw: null,
    keep: () => {},
  };
  return { said, printed, output };
}

function emptyWorld(): string {
  const directory = mkdtempSync(join(tmpdir(), 'phasegate-'));
  openStateFile(join(directory, 'state.db')).close();
  return `local:${directory}`;
}

describe('status', () => {
  it('names the world in the command that makes one', async () => {
    const world = `local:${join(mkdtempSync(join(tmpdir(), 'phasegate-')), 'none')}`;
    const { said, output } = listening();
    expect(await status(undefined, { world }, output)).toBe(0);
    expect(said).toEqual([expect.stringContaining(`npx phasegate load DIR --world ${world}`)]);
  });

  it('of no world is the list of no runs for machines', async () => {
    const world = `local:${join(mkdtempSync(join(tmpdir(), 'phasegate-')), 'none')}`;
    const { printed, output } = listening();
    expect(await status(undefined, { world, json: true }, output)).toBe(0);
    expect(printed).toEqual([{ runs: [] }]);
  });

  it('names the world in the command that starts a run', async () => {
    const world = emptyWorld();
    const { said, output } = listening();
    expect(await status(undefined, { world }, output)).toBe(0);
    expect(said).toEqual([
      `no run yet; start one with: npx phasegate start --from DAY --to DAY --world ${world}`,
    ]);
  });

  it('names the world in the command that lists the runs', async () => {
    const world = emptyWorld();
    await expect(status(RUN, { world }, listening().output)).rejects.toMatchObject({
      kind: 'invalid-input',
      message: `no run ${RUN}; \`npx phasegate status --world ${world}\` lists the runs`,
    });
  });

  it('names for each run that nobody carries the command that goes on with it', async () => {
    const world = emptyWorld();
    const db = openStateFile(join(worldDirectory(world), 'state.db'));
    const { begins, launches, isPaused, ends } = happens;
    await happenTo(sqliteRunStore(db), runNamed(1), begins, launches);
    await happenTo(sqliteRunStore(db), runNamed(2), begins, launches, isPaused);
    await happenTo(sqliteRunStore(db), runNamed(3), begins, ends);
    db.close();
    const { said, output } = listening();
    await status(undefined, { world }, output);
    expect(said.filter((line) => line.length > 80 && !line.includes('npx'))).toEqual([]);
    const advice = said.slice(said.indexOf('no process runs this world now; go on with:') + 1);
    expect(advice.sort()).toEqual([
      `  npx phasegate repair ${runNamed(1)} --world ${world}`,
      `  npx phasegate resume ${runNamed(2)} --world ${world}`,
    ]);
  });

  it('is written without the world where it is the one that it has anyway', () => {
    expect(inWorld('npx phasegate status', DEFAULT_WORLD)).toBe('npx phasegate status');
  });
});
