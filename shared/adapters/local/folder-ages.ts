import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { PhasegateError } from '../../core/errors.ts';
import type { NewestFile } from '../../core/monitor/file-findings.ts';
import { type FileAges, MOST_FILES } from '../../ports/file-ages.ts';

/** `gs://BUCKET/…` is the folder `buckets/BUCKET/…` of the world. */
export function folderAges(directory: string): FileAges {
  return {
    async newest(folder) {
      const [, bucket = '', below = ''] = /^gs:\/\/([^/]+)\/(.*)$/.exec(folder) ?? [];
      const root = join(directory, 'buckets', bucket);
      const isThere = await stat(root).then(
        (found) => found.isDirectory(),
        () => false,
      );
      if (!isThere) {
        const message = `no folder ${root}; a local world looks there for gs://${bucket}/`;
        throw new PhasegateError('not-found', message);
      }
      const names = await readdir(join(root, below), {
        recursive: true,
        withFileTypes: true,
      }).catch(() => []);
      const files = names.filter((each) => each.isFile());
      if (files.length > MOST_FILES) {
        const message = `more than ${MOST_FILES} files lie in ${folder}; name a smaller folder, such as one with {day}`;
        throw new PhasegateError('invalid-input', message);
      }
      let newest: NewestFile | null = null;
      for (const { parentPath, name } of files) {
        const path = join(parentPath, name);
        const { mtime, size } = await stat(path);
        const changedAt = mtime.toISOString();
        if (newest !== null && newest.changedAt >= changedAt) continue;
        const inBucket = relative(root, path).split(sep).join('/');
        newest = { name: `gs://${bucket}/${inBucket}`, changedAt, bytes: size };
      }
      return newest;
    },
  };
}
