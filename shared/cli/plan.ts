import { randomUUID } from 'node:crypto';
import { commandIn } from '../adapters/command-in.ts';
import { today } from '../adapters/local/today.ts';
import { readDefinitionFiles } from '../adapters/pipeline-files.ts';
import { runOfRequest, standingOf, whyHeld } from '../adapters/standing.ts';
import { requestCommand } from '../adapters/start-command.ts';
import { commandsInWorld } from '../core/view/in-world.ts';
import { planJson } from '../core/view/plan-json.ts';
import { planLines } from '../core/view/plan-lines.ts';
import { isRefused } from '../core/view/plan-view.ts';
import { publishCommand } from '../core/view/publish-command.ts';
import { readEstimate } from '../shell/read-estimate.ts';
import { readPlan } from '../shell/read-plan.ts';
import { acceptedByLastRun, acceptedByLock, isAccepted } from './accepted.ts';
import type { ExitCode } from './exit-code.ts';
import { keptPipelines } from './kept-pipeline.ts';
import type { Output } from './output.ts';
import { refuseWithoutCommand, tellUnpriced } from './programs.ts';
import { progressOn } from './progress.ts';
import { type RequestOptions, requestOf } from './request-options.ts';
import { type WorldOptions, withWorld } from './with-world.ts';

export type PlanOptions = WorldOptions & RequestOptions & Readonly<{ json?: boolean }>;

/**
 * Says what a start with the same flags would write, why, and what stands in its way. Starts nothing. 1 where
 * such a start would be refused or held back whatever its jobs do.
 */
export async function plan(options: PlanOptions, output: Output): Promise<ExitCode> {
  const definition = readDefinitionFiles(options);
  const { pipeline } = definition;
  const request = requestOf(options, pipeline, today(pipeline.timeZone));
  refuseWithoutCommand(pipeline, request);
  tellUnpriced(pipeline, request, output);
  const locked = acceptedByLock(options.pipeline, definition);
  const keepsLock = isAccepted(locked, definition, output);
  const place = { world: options.world, definition, make: false, launches: false };
  return withWorld(place, output, async ({ warehouse, runs, isOwner, owner }) => {
    const last = await acceptedByLastRun(runs, definition);
    const keepsLast = isAccepted(last, definition, output, locked !== null);
    const reading = { id: `plan-${randomUUID()}`, onRead: progressOn(output) };
    const now = new Date().toISOString();
    const kept = { runs, pipelineOf: keptPipelines(runs) };
    const inTheWay = whyHeld(await standingOf(kept, definition, request));
    const planned = await readPlan(warehouse, definition, request, reading, now);
    const found = {
      ...planned,
      estimate: await readEstimate(warehouse, pipeline, request, planned, reading.id, now),
      isLoosened: !keepsLock || !keepsLast,
      live: (await runOfRequest(runs, request)).live?.run ?? null,
      inTheWay: inTheWay === null ? null : commandsInWorld(inTheWay, options.world),
    };
    const inPlace = (command: string) => commandIn(command, options, options.world);
    const phases = options.phases === undefined ? undefined : request.phases;
    const agreed = { ...request, plan: found.hash };
    const flags = { ...agreed, phases: options.phases };
    const starts = isRefused(found)
      ? null
      : {
          command: requestCommand('start', flags, options, options.world),
          publish: publishCommand({ ...agreed, phases }, isOwner ? null : owner.busUrl),
        };
    if (options.json === true) {
      output.json({ ...planJson(found, definition.hash, request, inPlace), start: starts });
    } else {
      for (const line of planLines(found, request, inPlace)) output.line(line);
      if (starts !== null) {
        output.line(`start it with: ${starts.command}`);
        const up = inPlace('npx phasegate up');
        output.line(
          `or, ${isOwner ? `with the ADDRESS that \`${up}\` prints` : 'while the world is up'}:`,
        );
        output.line(starts.publish);
      }
    }
    return isRefused(found) ? 1 : 0;
  });
}
