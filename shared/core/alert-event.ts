/** What alert policies count, by what is told of. */
export type AlertEvent =
  | 'gate-blocked'
  | 'run-stuck'
  | 'message-died'
  | 'run-failed'
  | 'run-passed'
  | 'monitor-told'
  | 'channels-tested';

/**
 * What an alert is about, by its key: `dead/…` a message that nobody could handle, `monitor/…` what a monitor tells,
 * `digest/…` that none came, `test/…` a test of the channels, `RUN/stopped/N`, `RUN/unstoppable/N` and
 * `RUN/unreconciled/…` a run past its limits or that nobody can look after, `RUN/passed/N` a run that was refused and passed
 * after all, `RUN/PHASE/N` a refused phase, and any other a run that failed.
 */
export function alertEvent(key: string): AlertEvent {
  const [first, second, ...rest] = key.split('/');
  if (first === 'dead') return 'message-died';
  if (first === 'monitor' || first === 'digest') return 'monitor-told';
  if (first === 'test') return 'channels-tested';
  if (second === 'passed') return 'run-passed';
  if (second === 'stopped' || second === 'unstoppable' || second === 'unreconciled') {
    return 'run-stuck';
  }
  return rest.length > 0 ? 'gate-blocked' : 'run-failed';
}
