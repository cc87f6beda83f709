import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findOwner, removeOwner, writeOwner } from '../../shared/adapters/local/owner-file.ts';

const owner = {
  pid: process.pid,
  busUrl: 'http://127.0.0.1:9',
  warehouseUrl: 'http://127.0.0.1:9',
  definition: 'd1',
};

it('what a killed process left behind that had our pid owns nothing', () => {
  const directory = mkdtempSync(join(tmpdir(), 'phasegate-'));
  writeFileSync(join(directory, 'owner.json'), JSON.stringify(owner));
  expect(findOwner(directory)).toBeNull();
  writeOwner(directory, owner);
  expect(findOwner(directory)).toMatchObject(owner);
  removeOwner(directory);
  expect(findOwner(directory)).toBeNull();
});
