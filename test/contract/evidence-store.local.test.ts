import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { evidenceFiles, evidenceFolder } from '../../shared/adapters/local/evidence-files.ts';
import { describeEvidenceStore } from './evidence-store.ts';

const directory = () => mkdtempSync(join(tmpdir(), 'phasegate-'));

describeEvidenceStore('files', () => evidenceFiles(directory()));

it('files: leaves nothing but whole files behind, also after a refusal', async () => {
  const world = directory();
  const store = evidenceFiles(world);
  await store.put('a', 'x');
  await store.put('a', 'y').catch(() => undefined);
  expect(readdirSync(evidenceFolder(world))).toEqual(['a.json.gz']);
});
