import { join } from 'node:path';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { sqliteMonitorStore } from '../../shared/adapters/local/sqlite-monitor-store.ts';
import { emptyDirectory } from '../e2e/phasegate.ts';
import { describeMonitorStore } from './monitor-store.ts';

describeMonitorStore('SQLite', () => {
  const file = join(emptyDirectory(), 'state.db');
  const [one, two] = [openStateFile(file), openStateFile(file)];
  return {
    store: sqliteMonitorStore(one),
    another: sqliteMonitorStore(two),
    close() {
      one.close();
      two.close();
    },
  };
});
