import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { folderAges } from '../../shared/adapters/local/folder-ages.ts';
import { describeFileAges } from './file-ages.ts';

describeFileAges('folders', () => {
  const world = mkdtempSync(join(tmpdir(), 'phasegate-'));
  const bucket = join(world, 'buckets', 'raw');
  mkdirSync(bucket, { recursive: true });
  return {
    files: folderAges(world),
    put(name, content, changedAt) {
      const path = join(bucket, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      utimesSync(path, new Date(changedAt), new Date(changedAt));
    },
  };
});
