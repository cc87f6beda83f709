import { beforeAll, describe, expect, it } from 'vitest';
import { resume } from '../../shared/cli/pause.ts';
import { plan } from '../../shared/cli/plan.ts';
import { start } from '../../shared/cli/start.ts';
import { status } from '../../shared/cli/status.ts';
import { up } from '../../shared/cli/up.ts';
import { here, startHere } from './here.ts';
import { type Ended, phasegate } from './phasegate.ts';
import { leftIn, loaded, REQUEST, slowly, stateOf, worldWith } from './tiny-world.ts';

const SIGNED = ['--by', 'ana', '--reason', 'two days of box scores never came'];
const PATIENCE_MS = 180_000;

/** A run that Ctrl-C stopped while its first job ran. */
async function stoppedRun() {
  const made = worldWith(slowly, await loaded(() => true));
  const started = startHere((output) => start({ ...made.options, ...REQUEST }, output));
  await started.saw(/team_games\s+running/);
  started.kill('SIGINT');
  const ended = await started.ended;
  expect(ended.code).toBe(130);
  const [run = ''] = /tiny-\S+/.exec(ended.stderr) ?? [];
  return { ...made, run, ended };
}

describe('a run that Ctrl-C left and a person then paused', () => {
  let stopped: Awaited<ReturnType<typeof stoppedRun>>;
  let left: ReturnType<typeof leftIn>;
  let paused: Ended;
  let goOn: (command: string) => string;

  beforeAll(async () => {
    stopped = await stoppedRun();
    const { run, world, directory } = stopped;
    goOn = (command) => `go on with: npx phasegate ${command} ${run} ${world.join(' ')}`;
    left = leftIn(directory);
    paused = await phasegate('pause', run, ...SIGNED, ...world);
  }, PATIENCE_MS);

  it('was left with the command that goes on with it, and is not retried by another', async () => {
    const { run, world, ended } = stopped;
    expect(ended.stderr).toContain(`interrupted; ${goOn('repair')}`);
    const retried = await phasegate('retry', run, ...world);
    expect(retried).toMatchObject({ code: 1, stdout: `run ${run} is live; nothing was sent\n` });
  });

  it('says so, and keeps who paused it and why', async () => {
    const { directory, run } = stopped;
    expect(paused).toMatchObject({ code: 0, stdout: `run ${run}: live, paused\n` });
    const { paused: by } = await stateOf(directory, run);
    expect(by).toMatchObject({ by: 'ana', reason: 'two days of box scores never came' });
  });

  it('was paused without a launch: no execution more, no message fewer', () => {
    expect(left[1]).toHaveLength(1);
    expect(leftIn(stopped.directory)).toEqual(left);
  });

  it('is paused once', async () => {
    const again = await phasegate('pause', stopped.run, ...stopped.world);
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('is paused already') });
  });

  it('is neither started nor repaired: both say who paused it, and launch nothing', async () => {
    const { directory, options, run, world } = stopped;
    const asked = { ...options, ...REQUEST };
    const started = await here((output) => start(asked, output));
    expect(started.code).toBe(1);
    expect(started.stderr).toMatch(new RegExp(`run ${run} is paused\\s+by ana`));
    expect(started.stderr).toContain(goOn('resume'));
    const { stdout } = await here((output) => start({ ...asked, json: true }, output));
    expect(JSON.parse(stdout)).toEqual({ run, refused: 'paused' });
    const repaired = await phasegate('repair', run, ...world);
    expect(repaired).toMatchObject({ code: 1, stdout: expect.stringContaining('paused by ana') });
    expect(repaired.stdout.replaceAll(/\s+/g, ' ')).toContain(goOn('resume'));
    expect(leftIn(directory)).toEqual(left);
  });

  it('keeps an overlapping start out, which names the command that ends it, and sends nothing', async () => {
    const { directory, options, run, world } = stopped;
    const asked = { ...options, ...REQUEST, from: '2022-01-05' };
    const cancel = `\`npx phasegate cancel ${run} ${world.join(' ')}\``;
    const started = await here((output) => start(asked, output));
    expect(started).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(cancel) });
    expect(started.stderr).not.toMatch(/^!/m);
    const { stdout } = await here((output) => start({ ...asked, json: true }, output));
    expect(JSON.parse(stdout)).toEqual({ run: null, refused: 'live-run' });
    const planned = await here((output) => plan(asked, output));
    expect(planned).toMatchObject({ code: 1, stdout: expect.stringContaining(cancel) });
    expect(leftIn(directory)).toEqual(left);
    const dead = await phasegate('dead', 'list', ...world);
    expect(dead.stdout).toBe('0 dead letters\n');
  });

  it('waits when a world that was up is left by Ctrl-C, which names the command that goes on', async () => {
    const { options, run, world } = stopped;
    const owner = startHere((output) => up(options, output));
    await owner.saw(/is up/);
    const second = await here((output) => up(options, output));
    const see = `see its runs with: npx phasegate status ${world.join(' ')}`;
    expect(second).toMatchObject({ code: 1, stderr: expect.stringContaining(see) });
    owner.kill('SIGINT');
    const waiting = goOn('resume').replace(': ', ':\n  ');
    expect(await owner.ended).toMatchObject({ code: 0, stderr: expect.stringContaining(waiting) });
    expect((await stateOf(stopped.directory, run)).status).toBe('live');
  });

  it(
    'is left again by Ctrl-C after it was resumed, and goes on with the command that was named',
    async () => {
      const { run, world, options } = stopped;
      const resumed = startHere((output) => resume(run, { world: options.world }, output));
      await resumed.saw(/team_games\s+running/);
      resumed.kill('SIGINT');
      const ended = await resumed.ended;
      expect(ended).toMatchObject({ code: 130, stderr: expect.stringContaining(goOn('repair')) });
      const told = await here((output) => status(run, options, output));
      expect(told.stdout).toContain(goOn('repair').replace(': ', ':\n  '));
      const repaired = await phasegate('repair', run, ...world, '--json');
      expect(repaired.code).toBe(0);
      expect(JSON.parse(repaired.stdout)).toMatchObject({ run, status: 'passed' });
    },
    PATIENCE_MS,
  );

  it('cannot be paused, resumed or cancelled after its end, and needs no repair', async () => {
    const { run, world, directory } = stopped;
    for (const command of ['pause', 'resume', 'cancel']) {
      const late = await phasegate(command, run, ...world);
      expect(late).toMatchObject({ code: 1, stdout: expect.stringContaining('has ended: passed') });
    }
    const repaired = await phasegate('repair', run, ...world, '--json');
    expect(repaired.code).toBe(0);
    expect(JSON.parse(repaired.stdout)).toMatchObject({
      run,
      refused: 'has passed; there is nothing to repair',
    });
    expect((await stateOf(directory, run)).status).toBe('passed');
  });
});
