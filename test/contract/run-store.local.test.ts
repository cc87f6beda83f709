import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { sqliteRunStore } from '../../shared/adapters/local/sqlite-run-store.ts';
import { describeRunStore } from './run-store.ts';

describeRunStore('SQLite', () => {
  const db = openStateFile(':memory:');
  return { store: sqliteRunStore(db), close: () => db.close() };
});
