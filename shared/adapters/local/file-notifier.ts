import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Notifier } from '../../ports/world.ts';

/** Pages once a key: in a log file, and to whoever listens. */
export function fileNotifier(
  directory: string,
  db: DatabaseSync,
  onPage: (text: string) => void,
): Notifier {
  const keep = db.prepare('INSERT OR IGNORE INTO told VALUES (?, ?, ?)');
  return {
    async tell(key, text) {
      const at = new Date().toISOString();
      if (keep.run(key, text, at).changes === 0) return;
      appendFileSync(join(directory, 'pages.log'), `${at} ${text}\n`);
      onPage(text);
    },
  };
}
