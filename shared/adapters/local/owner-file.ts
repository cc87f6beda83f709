import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

/** What this process owns. A file with its pid about anything else was left by a process that had the pid before. */
const owned = new Set<string>();

const schema = z.object({
  pid: z.int(),
  /** Null where the owner only looks: it launches nothing and takes no messages. */
  busUrl: z.string().nullable(),
  warehouseUrl: z.string(),
  definition: z.string(),
});

/** The process that owns a local world, and where its bus and its warehouse can be reached. */
export type Owner = z.output<typeof schema>;

export function writeOwner(directory: string, owner: Owner): void {
  const file = join(directory, 'owner.json');
  writeFileSync(`${file}.new`, JSON.stringify(owner));
  renameSync(`${file}.new`, file);
  owned.add(resolve(directory));
}

export function removeOwner(directory: string): void {
  rmSync(join(directory, 'owner.json'), { force: true });
  owned.delete(resolve(directory));
}

/** The live owner of a local world; null when nobody owns it, whatever a killed one left behind. */
export function findOwner(directory: string): Owner | null {
  const file = join(directory, 'owner.json');
  if (!existsSync(file)) return null;
  const parsed = schema.safeParse(parseJson(readFileSync(file, 'utf8')));
  if (!parsed.success || !isAlive(parsed.data.pid)) return null;
  const isForeign = parsed.data.pid !== process.pid;
  return isForeign || owned.has(resolve(directory)) ? parsed.data : null;
}

/** A killed process may have left half a file behind. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
