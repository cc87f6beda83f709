import { expect, it } from 'vitest';
import type { AlertMessage } from '../../shared/core/messages.ts';
import { readAlert } from '../../shared/edge/wire.ts';
import { perform } from '../../shared/shell/perform.ts';
import { RUN } from '../core/build.ts';

it('a page that is too long for an alert is cut, says so, and reaches its reader', async () => {
  const published: AlertMessage[] = [];
  const bus = {
    publish: async (_: string, body: unknown) => String(published.push(body as AlertMessage)),
  };
  const text = 'x'.repeat(24_136);
  await perform(bus as never, RUN, { kind: 'page-human', key: 'k', text });
  const { text: told } = readAlert(JSON.stringify(published[0]));
  expect(told.length).toBe(20_000);
  expect(told).toMatch(/x\n… cut; `phasegate status RUN` tells all of it$/);
});
