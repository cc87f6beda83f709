import type { AlertMessage } from '../../core/messages.ts';
import type { AlertSeverity } from '../../core/monitor/monitor.ts';
import type { Channel } from '../../ports/channel.ts';
import type { Log, Severity } from './log.ts';

const SEVERITIES: Readonly<Record<AlertSeverity, Severity>> = {
  info: 'INFO',
  warning: 'WARNING',
  error: 'ERROR',
  critical: 'CRITICAL',
};

/** The console of the cloud: all of an alert as one entry of the log. */
export function logChannel(log: Log): Channel {
  return {
    async say({ run, text, severity = 'error' }: AlertMessage) {
      log(SEVERITIES[severity], 'alert', text, { run: run ?? undefined });
    },
  };
}

/** Where Cloud Logging shows what was logged of an alert's run, or of all that people were told. */
export function logLink(project: string): (alert: AlertMessage) => string {
  return ({ run }) => {
    const query =
      run === null
        ? 'resource.type="cloud_run_revision" AND severity>=NOTICE'
        : `labels.run="${run}"`;
    const text = encodeURIComponent(query).replaceAll(/[()!'*]/g, encodeHex);
    return `https://console.cloud.google.com/logs/query;query=${text}?project=${encodeURIComponent(project)}`;
  };
}

const encodeHex = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
