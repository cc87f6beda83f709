import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findOwner } from '../../shared/adapters/local/owner-file.ts';
import { gcloud } from '../cloud/gcloud.ts';
import { phasegate, type Started, startPhasegate } from './phasegate.ts';
import { loaded, REQUEST, worldWith } from './tiny-world.ts';

const WITHIN = { timeout: 120_000, interval: 250 };
const hasGcloud = spawnSync('gcloud', ['version'], { stdio: 'ignore' }).status === 0;
if (!hasGcloud) console.warn('gcloud is not here: nothing is published to a local world by it');

describe.runIf(hasGcloud)('gcloud, pointed at a local world that is up', () => {
  let made: ReturnType<typeof worldWith>;
  let up: Started;

  beforeAll(async () => {
    made = worldWith((yaml) => yaml, await loaded(() => true));
    up = startPhasegate('up', '--pipeline', made.options.pipeline, ...made.world);
    await up.saw(/is up/);
  });
  afterAll(async () => {
    up?.kill('SIGINT');
    await up?.ended;
  });

  function publish(message: object): Promise<string> {
    const url = findOwner(made.directory)?.busUrl ?? '';
    const topic = ['pubsub', 'topics', 'publish', 'phasegate-start'];
    return gcloud(url, 'local', ...topic, `--message=${JSON.stringify(message)}`);
  }
  const told = async (...args: readonly string[]) =>
    JSON.parse((await phasegate(...args, ...made.world, '--json')).stdout);

  it('starts a run by one publish, and the run passes its last gate', async () => {
    await publish({ pipeline: 'tiny', ...REQUEST, requestedBy: 'ana' });
    const passed = { status: 'passed', tables: [{ verdict: 'PASS' }, { verdict: 'PASS' }] };
    await expect.poll(() => told('status'), WITHIN).toMatchObject({ runs: [passed] });
  });

  it('is told of a field that nobody knows by a dead letter that names it, and no run starts', async () => {
    await publish({ pipeline: 'tiny', ...REQUEST, form: '2022-01-01' });
    const letter = { topic: 'phasegate-start', reason: expect.stringContaining('form') };
    await expect.poll(() => told('dead', 'list'), WITHIN).toMatchObject({ letters: [letter] });
    const { stdout } = await phasegate('dead', 'list', ...made.world);
    expect(stdout).toMatch(/why: .*form/);
    expect((await told('status')).runs.length).toBe(1);
  });
});
