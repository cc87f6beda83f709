import type { AlertSeverity } from '../../core/monitor/monitor.ts';
import type { Channel } from '../../ports/channel.ts';
import { type LinksOf, linkLines, NO_LINKS } from '../channels/alert-links.ts';
import type { Log, Severity } from './log.ts';

const SEVERITIES: Readonly<Record<AlertSeverity, Severity>> = {
  info: 'INFO',
  warning: 'WARNING',
  error: 'ERROR',
  critical: 'CRITICAL',
};

/** The console of the cloud: all of an alert as one entry of the log. */
export function logChannel(log: Log, linksOf: LinksOf = NO_LINKS): Channel {
  return {
    async say(alert) {
      const { run, text, severity = 'error' } = alert;
      const said = [text, ...linkLines(linksOf(alert))].join('\n');
      log(SEVERITIES[severity], 'alert', said, { run: run ?? undefined });
    },
  };
}

/** Where Cloud Logging shows what was logged of an alert's run, or of all that people were told. */
export function logLink(project: string): LinksOf {
  return ({ run }) => {
    const query =
      run === null
        ? 'resource.type="cloud_run_revision" AND severity>=NOTICE'
        : `labels.run="${run}"`;
    const text = encodeURIComponent(query).replaceAll(/[()!'*]/g, encodeHex);
    const url = `https://console.cloud.google.com/logs/query;query=${text}?project=${encodeURIComponent(project)}`;
    return [{ name: 'logs', url }];
  };
}

const encodeHex = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
