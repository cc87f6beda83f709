import { randomUUID } from 'node:crypto';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { PhasegateError } from '../../core/errors.ts';
import type { EvidenceStore } from '../../ports/evidence-store.ts';
import { assertEvidenceId } from '../evidence-id.ts';

const ENDING = '.json.gz';

/** Where a world's evidence lies. */
export function evidenceFolder(directory: string): string {
  return join(directory, 'reports', 'evidence');
}

/** Evidence as `reports/evidence/ID.json.gz` in the directory of a world; `zcat` shows it. */
export function evidenceFiles(directory: string): EvidenceStore {
  const folder = evidenceFolder(directory);
  const fileOf = (id: string) => {
    assertEvidenceId(id);
    return join(folder, `${id}${ENDING}`);
  };
  return {
    async put(id, text) {
      const file = fileOf(id);
      mkdirSync(folder, { recursive: true });
      const written = `${file}.${randomUUID()}.new`;
      writeFileSync(written, gzipSync(text), { flush: true });
      try {
        linkSync(written, file);
      } catch (error) {
        if (!existsSync(file)) throw error;
        if (readEvidenceFile(file) === text) return;
        throw new PhasegateError('conflict', `other evidence is kept as ${id}; it stays`);
      } finally {
        unlinkSync(written);
      }
    },

    async get(id) {
      const file = fileOf(id);
      if (!existsSync(file)) {
        throw new PhasegateError('not-found', `no evidence ${id} in ${folder}`);
      }
      return readEvidenceFile(file);
    },

    async list() {
      if (!existsSync(folder)) return [];
      const files = readdirSync(folder).filter((name) => name.endsWith(ENDING));
      return files.map((name) => name.slice(0, -ENDING.length)).sort();
    },
  };
}

/**
 * The text of an evidence file, gzipped or not.
 *
 * @throws PhasegateError `invalid-input` for a file that cannot be read
 */
export function readEvidenceFile(file: string): string {
  try {
    const bytes = readFileSync(file);
    return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new PhasegateError('invalid-input', `${file} cannot be read: ${why}`, error);
  }
}
