import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const code = globSync('shared/adapters/gcp/firestore-*.ts')
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');
const infra = readFileSync('infra/firestore.tf', 'utf8');
/** A fence: its one field is the short name of an execution. */
const WITHOUT_LONG_TEXT = ['leases'];

it('every collection that the code writes has its long text left out of the indexes', () => {
  const written = [...code.matchAll(/[`/]([a-z]+)\/\$\{(?!documentId\(run\)\}\/)/g)].map(
    ([, name = '']) => name,
  );
  const [, texts = ''] = /texts = \{([^}]*)\}/.exec(infra) ?? [];
  const unindexed = [...texts.matchAll(/(\w+)\s+= "/g)].map(([, name = '']) => name);
  expect([...new Set([...written, 'facts', 'outbox'])].sort()).toEqual(
    [...unindexed, ...WITHOUT_LONG_TEXT].sort(),
  );
});

it('the alerts that people were told end by the field that the code writes', () => {
  expect(code).toMatch(/const fields = \{ id, [^}]*\bexpires \};/);
  expect(infra).toMatch(/collection = "alerts"\s+field {6}= "expires"\s+ttl_config \{\}/);
});
