import { memoryRunStore } from '../simulation/memory-run-store.ts';
import { describeRunStore } from './run-store.ts';

describeRunStore('memory, of the simulator', () => {
  const store = memoryRunStore();
  return { store, another: store, close: () => undefined };
});
