import { PhasegateError } from '../core/errors.ts';
import { readMonitorDue } from '../edge/wire.ts';
import type { Handler } from '../ports/bus.ts';
import type { Monitoring } from '../ports/monitoring.ts';
import { runMonitor } from '../shell/run-monitor.ts';

/** What `phasegate-monitor-due` is for. */
export function monitorHandler(monitoring: Monitoring): Handler {
  return async ({ messageId, data }) => {
    const { pipeline, ...message } = readMonitorDue(data);
    const { name } = monitoring.definitionNow().pipeline;
    if (pipeline !== name) {
      const wrong = `pipeline ${JSON.stringify(pipeline)} is not known here; accepted: ${name}`;
      throw new PhasegateError('invalid-input', wrong);
    }
    await runMonitor(monitoring, messageId, message);
  };
}
