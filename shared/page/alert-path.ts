import { alertEvent } from '../core/alert-event.ts';
import type { AlertMessage } from '../core/messages.ts';
import { MONITORS, monitorPath, NOW, runPath } from './paths.ts';

/** The view that shows what an alert is about: its run, its monitor, all monitors of a test, otherwise how it stands now. */
export function alertPath({ run, key }: Pick<AlertMessage, 'run' | 'key'>): string {
  if (run !== null) return runPath(run);
  const [first, name = ''] = key.split('/');
  if (first === 'monitor' && name !== '') return monitorPath(name);
  return alertEvent(key) === 'channels-tested' ? MONITORS : NOW;
}
