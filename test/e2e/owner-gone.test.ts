import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { readDefinitionFiles } from '../../shared/adapters/pipeline-files.ts';
import { withWorld } from '../../shared/cli/with-world.ts';
import { PhasegateError } from '../../shared/core/errors.ts';
import { emptyDirectory, startPhasegate } from './phasegate.ts';

const silent = { line() {}, json() {}, note() {}, draw: null, keep() {} };

it('a command whose world ends under it says so, and what to do, instead of a socket’s error', async () => {
  const pipeline = resolve('test/fixtures/tiny.yaml');
  const world = `local:${emptyDirectory()}`;
  const up = startPhasegate('up', '--world', world, '--pipeline', pipeline);
  await up.saw(/is up/);
  const place = {
    world,
    definition: readDefinitionFiles({ pipeline }),
    make: false,
    launches: false,
  };
  const asked = withWorld(place, silent, async () => {
    up.kill('SIGINT');
    await up.ended;
    throw new PhasegateError('unavailable', 'connect ECONNREFUSED');
  });
  await expect(asked).rejects.toMatchObject({
    kind: 'unavailable',
    message: expect.stringMatching(/^process \d+, which held this world, ended meanwhile; run the/),
  });
});
