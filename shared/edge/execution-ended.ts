import { z } from 'zod';

/** An execution of a Cloud Run job, by the short names that its container sees too. */
export type ExecutionName = Readonly<{ job: string; execution: string }>;

/** A job's name has 63 characters at most, an execution's is its job's with a few more. */
const NAME = /^[a-z][a-z0-9-]{0,98}$/;
const name = z.string().regex(NAME);

const schema = z.object({
  resource: z.object({
    type: z.literal('cloud_run_job'),
    labels: z.object({ job_name: name }),
  }),
  labels: z.object({ 'run.googleapis.com/execution_name': name.optional() }).optional(),
  protoPayload: z.object({
    methodName: z.enum(['/Jobs.RunJob', 'Jobs.RunJob']),
    resourceName: z.string().optional(),
    response: z.object({ metadata: z.object({ name: name.optional() }).optional() }).optional(),
  }),
});

/**
 * What a log sink publishes when an execution of a Cloud Run job ends: the system event `/Jobs.RunJob` of the
 * audit log (https://cloud.google.com/run/docs/audit-logging). It says which execution, and is believed in
 * nothing else: how it ended is for Cloud Run to say.
 *
 * @param data the body of a message, as text
 * @returns null for any other message
 */
export function readExecutionEnded(data: string): ExecutionName | null {
  const { success, data: entry } = schema.safeParse(parsed(data));
  if (!success) return null;
  const { resource, labels, protoPayload } = entry;
  const execution =
    labels?.['run.googleapis.com/execution_name'] ??
    protoPayload.response?.metadata?.name ??
    lastName(protoPayload.resourceName ?? '');
  return execution === null ? null : { job: resource.labels.job_name, execution };
}

/** `namespaces/PROJECT/executions/EXECUTION` → EXECUTION. */
function lastName(resource: string): string | null {
  const [, execution = ''] = resource.match(/\/executions\/([^/]+)$/) ?? [];
  return NAME.test(execution) ? execution : null;
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}
