import { currentTrace } from './trace.ts';

export type Severity = 'DEBUG' | 'INFO' | 'NOTICE' | 'WARNING' | 'ERROR' | 'CRITICAL';

/** What an entry is about; each becomes a label that Cloud Logging can filter by. */
export type Labels = Readonly<{
  run?: string | undefined;
  table?: string | undefined;
  launch?: string | undefined;
  topic?: string | undefined;
  message?: string | undefined;
}>;

/** Numbers that metrics are made of, by the names under which infra looks for them. */
export type Figures = Readonly<{ seconds_since_last_digest?: number }>;

/** @param event a name that alert policies can count: `message-died` */
export type Log = (
  severity: Severity,
  event: string,
  message: string,
  labels?: Labels,
  figures?: Figures,
) => void;

/**
 * Lines of JSON as Cloud Logging reads them: https://cloud.google.com/logging/docs/structured-logging.
 *
 * @param write takes a line
 */
export function cloudLog(project: string, write: (line: string) => void): Log {
  return (severity, event, message, labels = {}, figures = {}) => {
    const trace = currentTrace();
    const entry = {
      severity,
      event,
      message,
      ...figures,
      'logging.googleapis.com/labels': labels,
      ...(trace === null
        ? {}
        : {
            'logging.googleapis.com/trace': `projects/${project}/traces/${trace.traceId}`,
            'logging.googleapis.com/spanId': trace.spanId,
          }),
    };
    write(`${JSON.stringify(entry)}\n`);
  };
}
