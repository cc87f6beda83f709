import type { JobFinishedMessage } from '../core/messages.ts';

export type Result = JobFinishedMessage['result'];

/**
 * What the end of a process says of its launch. 0 done; 1 and 2 will fail again; 75 not ready and 69 over a
 * quota, as in sysexits.h; somebody's Ctrl-C is no failure, told as a signal or as 128 plus its number; anything
 * else may pass.
 */
export function resultOf(code: number | null, signal: string | null): Result {
  if (signal === 'SIGINT' || signal === 'SIGTERM') return 'interrupted';
  switch (code) {
    case 0:
      return 'succeeded';
    case 1:
    case 2:
      return 'permanent';
    case 75:
      return 'not-ready';
    case 69:
      return 'quota';
    case 130:
    case 143:
      return 'interrupted';
    default:
      return 'transient';
  }
}

export function endMessage(code: number | null, signal: string | null, log: string): string {
  if (code === 0) return '';
  return `ended with ${signal ?? `exit code ${code}`}; its log: ${log}`;
}
