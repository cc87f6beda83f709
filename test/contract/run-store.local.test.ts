import { join } from 'node:path';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { sqliteRunStore } from '../../shared/adapters/local/sqlite-run-store.ts';
import { emptyDirectory } from '../e2e/phasegate.ts';
import { describeRunStore } from './run-store.ts';

describeRunStore('SQLite', () => {
  const file = join(emptyDirectory(), 'state.db');
  const [first, second] = [openStateFile(file), openStateFile(file)];
  return {
    store: sqliteRunStore(first),
    another: sqliteRunStore(second),
    close() {
      first.close();
      second.close();
    },
  };
});
