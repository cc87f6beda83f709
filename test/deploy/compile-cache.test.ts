import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { CACHE } from '../../shared/cli/deploy/compile-script.ts';
import { deployedEnvironment } from '../bench/cloud/place.ts';
import { pushByHand } from '../bench/cloud/push-by-hand.ts';
import { builtSource, filesOf } from './built-source.ts';
import { servedBy } from './functions-framework.ts';
import { emptyFolder, projectWith } from './scratch.ts';

const CANARY = { topic: 't', messageId: '1', text: '{"canary":"x"}', attributes: { canary: 'x' } };
const isRoot = process.getuid?.() === 0;
const MOUNT = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"';
/** Root writes wherever it likes, but where nothing can be written. */
const readOnly = (folder: string) => (isRoot ? ['unshare', '-m', 'sh', '-c', MOUNT, folder] : []);
const [unshare = 'true', ...mounting] = [...readOnly(emptyFolder()), 'true'];
const canForbid = spawnSync(unshare, mounting).status === 0;
if (!canForbid)
  console.warn('root may mount nothing here: no cache is made read-only by this test');

let built: Readonly<{ source: string; cache: string }>;
beforeAll(() => {
  built = builtSource(join(emptyFolder(), 'source'));
}, 120_000);

/** A cache that a test may spoil. */
function copied(): string {
  const copy = join(emptyFolder(), 'compiled');
  cpSync(built.cache, copy, { recursive: true });
  return copy;
}

/** Serves a function until it has answered a canary and is asked to end, which is when Node writes what it compiled. */
async function takesCanary(cache: string, target = 'start-run', under: readonly string[] = []) {
  const environment = deployedEnvironment({
    NODE_COMPILE_CACHE: cache,
    SLACK_WEBHOOK_URL: 'https://hooks.example.com/x',
  });
  const served = await servedBy(built.source, target, { environment, under });
  try {
    await pushByHand(served.url, CANARY);
  } finally {
    await served.stop();
  }
}

describe('the compile cache that a build leaves', () => {
  it('is there, where infra has the functions look for it', async () => {
    expect((await filesOf(built.cache)).size).toBeGreaterThan(500);
    const infra = readFileSync('infra/functions.tf', 'utf8');
    expect(infra).toContain(`NODE_COMPILE_CACHE = "/workspace/${CACHE}"`);
  });

  it.each(['start-run', 'notify'])(
    'holds all that %s loads up to its first message',
    async (target) => {
      const before = await filesOf(built.cache);
      await takesCanary(built.cache, target);
      expect(await filesOf(built.cache)).toEqual(before);
    },
  );

  it('holds what is imported at its first use only', async () => {
    const cache = copied();
    const before = await filesOf(cache);
    const script = `
      const { Firestore } = await import('@google-cloud/firestore');
      const { PubSub } = await import('@google-cloud/pubsub');
      await import('@google-cloud/bigquery');
      await import('@google-cloud/storage');
      await import('@google-cloud/run');
      await import('nodemailer');
      new PubSub({ projectId: 'local' }).topic('t');
      new Firestore({ projectId: 'local' }).doc('a/b');
    `;
    execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: built.source,
      env: { NODE_COMPILE_CACHE: cache },
    });
    const more = [...(await filesOf(cache)).keys()].filter((file) => !before.has(file));
    expect(more, 'the script itself').toHaveLength(1);
  });
});

it('a build fails where a function would find, much later, that it cannot load a module', () => {
  const root = projectWith({
    'functions/index.ts':
      "import '@google-cloud/functions-framework';\nconst f = () => import('./late.ts');\n",
    'functions/late.ts': "throw new Error('this one does not load');\n",
  });
  const build = () => builtSource(join(emptyFolder(), 'source'), root);
  expect(build).toThrow('this one does not load');
});

describe('a function starts all the same', () => {
  it('where there is no compile cache', async () => {
    await takesCanary(join(emptyFolder(), 'gone'));
  });

  it('where every file of it is rubbish', async () => {
    const cache = copied();
    for (const file of (await filesOf(cache)).keys()) writeFileSync(file, 'rubbish');
    await takesCanary(cache);
  });

  it.runIf(canForbid)('where nothing can be written to it, and half of it is missing', async () => {
    const cache = copied();
    const files = [...(await filesOf(cache)).keys()];
    for (const file of files.filter((_, n) => n % 2 === 0)) rmSync(file);
    for (const folder of new Set([cache, ...files.map(dirname)])) chmodSync(folder, 0o555);
    const before = await filesOf(cache);
    await takesCanary(cache, 'start-run', readOnly(cache));
    expect(await filesOf(cache)).toEqual(before);
  });
});
