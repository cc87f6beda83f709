/** What alert policies count, by what is told of. */
export type AlertEvent =
  | 'gate-blocked'
  | 'run-stuck'
  | 'message-died'
  | 'run-failed'
  | 'monitor-told';

/**
 * What an alert is about, by its key: `dead/…` a message that nobody could handle, `monitor/…` what a monitor tells,
 * `RUN/stopped/N`, `RUN/unstoppable/N` and `RUN/unreconciled/…` a run past its limits or that nobody can look after,
 * `RUN/PHASE/N` a refused phase, and any other a run that failed.
 */
export function alertEvent(key: string): AlertEvent {
  const [first, second, ...rest] = key.split('/');
  if (first === 'dead') return 'message-died';
  if (first === 'monitor') return 'monitor-told';
  if (second === 'stopped' || second === 'unstoppable' || second === 'unreconciled') {
    return 'run-stuck';
  }
  return rest.length > 0 ? 'gate-blocked' : 'run-failed';
}
