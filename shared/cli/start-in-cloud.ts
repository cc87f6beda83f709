import type { CloudApi } from '../adapters/cloud-api.ts';
import { isKind, PhasegateError } from '../core/errors.ts';
import { parsePlanHash } from '../core/plan-hash.ts';
import { CLOUD, commandsInWorld, inWorld } from '../core/view/in-world.ts';
import { fold } from '../core/view/wrap.ts';
import { dayOption } from './day-option.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';
import { phasesOption } from './request-options.ts';
import { untilSentIsKept } from './send-to-cloud.ts';
import type { StartOptions } from './start.ts';

/** Has the cloud start a run of the pipeline that is deployed there; what stands in its way is looked up before anything is sent. */
export async function startInCloud(
  cloud: CloudApi,
  options: StartOptions,
  output: Output,
): Promise<ExitCode> {
  const { pipeline, mode, reason = '', plan } = options;
  if (!/^[a-z][a-z0-9-]*$/.test(pipeline)) {
    const message = `--pipeline is ${pipeline}; accepted: the name of the pipeline that is deployed`;
    throw new PhasegateError('invalid-input', message);
  }
  const request = {
    pipeline,
    from: dayOption('--from', options.from),
    to: dayOption('--to', options.to),
    phases: phasesOption(options.phases),
    mode,
    reason,
    ...(plan === undefined ? {} : { plan: parsePlanHash(plan) }),
  };
  const sent = await cloud.start(request).catch((error: unknown) => {
    if (!isKind(error, 'conflict')) throw error;
    const why = commandsInWorld(error.message, CLOUD);
    for (const line of fold(`not started: ${why}`)) output.note(line);
    if (options.json === true) output.json({ run: null, refused: why });
    return null;
  });
  if (sent === null) return 1;
  const { run } = sent;
  const end = await untilSentIsKept(cloud, run, sent, 'start', options, output);
  if (end !== null) return end;
  if (options.json === true) output.json({ run });
  else {
    const see = inWorld(`npx phasegate status ${run}`, CLOUD);
    output.line(`${run} goes on in the cloud; see it with: ${see}`);
  }
  return 0;
}
