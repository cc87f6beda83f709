import type { CloudApi } from '../adapters/cloud-api.ts';
import type { RunId } from '../core/ids.ts';
import { inWorld } from '../core/view/in-world.ts';
import { fold } from '../core/view/wrap.ts';
import type { Sent } from '../edge/api-answers.ts';
import { sentLine } from './ask.ts';
import type { ExitCode } from './exit-code.ts';
import { interruptible } from './interruptible.ts';
import type { Output } from './output.ts';
import { untilKept } from './until-kept.ts';

type Options = Readonly<{ world: string; json?: boolean }>;

/**
 * Waits until the run has what was sent.
 *
 * @param what how messages call it
 * @returns null once it has; otherwise what the command ends with, after it was told that nobody knows
 */
export async function untilSentIsKept(
  cloud: CloudApi,
  run: RunId,
  { messageId }: Sent,
  what: string,
  options: Options,
  output: Output,
): Promise<ExitCode | null> {
  const waited = await interruptible((interrupted) =>
    untilKept(() => cloud.isKept(run, messageId), interrupted),
  );
  if (waited === 'kept') return null;
  if (options.json === true) output.json({ run, sent: messageId, isKept: false });
  if (waited === 'interrupted') {
    output.note(sentLine(what, run, options.world));
    return 130;
  }
  const status = inWorld(`npx phasegate status ${run}`, options.world);
  const late = `the ${what} was sent as message ${messageId}, and run ${run} does not have it yet. A message that nobody can handle is told as an alert; see \`${status}\``;
  for (const line of fold(late)) output.note(line);
  return 3;
}
