import type { CloudApi } from '../adapters/cloud-api.ts';
import type { LocalWorld } from '../adapters/local/local-world.ts';
import { today } from '../adapters/local/today.ts';
import { sealsOf } from '../adapters/seals.ts';
import { type Checklist, checklistOf, type Seal } from '../core/checklist.ts';
import { PhasegateError } from '../core/errors.ts';
import { parseRunId, type RunId } from '../core/ids.ts';
import type { Definition } from '../core/pipeline.ts';
import type { RunReport } from '../core/report.ts';
import { checklistJson, checklistLines } from '../core/view/checklist-lines.ts';
import { counted } from '../core/view/counted.ts';
import { readReport } from '../shell/read-report.ts';
import { askOfRun, sentLine } from './ask.ts';
import { cloudOf } from './cloud.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';
import { pinnedRun } from './pinned.ts';
import { refuseUnsigned } from './requested-by.ts';
import { untilSentIsKept } from './send-to-cloud.ts';
import type { TellOptions } from './tell-run.ts';
import { withWorld } from './with-world.ts';

export type SignoffOptions = TellOptions;

/** A run as its checklist needs it, and how a signature gets to it. */
type Desk = Readonly<{
  report: RunReport;
  seals: ReadonlyMap<string, Seal>;
  /** Who signed; otherwise what the command ends with. */
  sign(evidence: Checklist['seals']): Promise<Readonly<{ by: string }> | ExitCode>;
}>;

/**
 * A person signs a run off: the checklist is told first, and what is signed are the hashes of the evidence on it,
 * kept with the run. 1, and nothing is signed, unless every table has passed or is overridden and its evidence
 * is there as it was written.
 */
export async function signoff(
  name: string,
  options: SignoffOptions,
  output: Output,
): Promise<ExitCode> {
  refuseUnsigned(options, 'a sign-off bears a name');
  const run = parseRunId(name);
  const { definition } = await pinnedRun(run, options.world);
  const cloud = cloudOf(options.world);
  if (cloud !== null) {
    const desk = await deskInCloud(cloud, run, options, output);
    return signAt(desk, definition, options, output);
  }
  const place = { make: false, launches: false, anyDefinition: true, definition };
  return withWorld({ ...place, world: options.world }, output, async (world, interrupted) => {
    const desk = await deskHere(world, run, options, output, interrupted);
    return signAt(desk, definition, options, output);
  });
}

async function deskHere(
  world: LocalWorld,
  run: RunId,
  { by: requestedBy = '', reason = '', world: name }: SignoffOptions,
  output: Output,
  interrupted: AbortSignal,
): Promise<Desk> {
  const { runs, warehouse, evidence: kept } = world;
  const report = await readReport(runs, warehouse, run);
  if (report === null) throw new PhasegateError('bug', `run ${run} vanished`);
  return {
    report,
    seals: await sealsOf(kept.store, report.state),
    async sign(evidence) {
      if (interrupted.aborted) {
        output.note('interrupted; nothing was sent');
        return 130;
      }
      const message = { signoff: run, evidence, requestedBy, reason };
      if (await askOfRun(world, run, message, interrupted)) return { by: requestedBy };
      output.note(sentLine('signature', run, name));
      return 130;
    },
  };
}

async function deskInCloud(
  cloud: CloudApi,
  run: RunId,
  options: SignoffOptions,
  output: Output,
): Promise<Desk> {
  return {
    report: await cloud.report(run),
    seals: await cloud.seals(run),
    async sign(evidence) {
      const sent = await cloud.ask(run, 'signoff', { evidence, reason: options.reason ?? '' });
      const end = await untilSentIsKept(cloud, run, sent, 'signature', options, output);
      return end ?? { by: sent.requestedBy };
    },
  };
}

async function signAt(
  { report, seals: found, sign }: Desk,
  { pipeline }: Definition,
  options: SignoffOptions,
  output: Output,
): Promise<ExitCode> {
  const sealOf = (id: string) => found.get(id) ?? { trouble: `no evidence ${id} was read` };
  const checklist = checklistOf(report, pipeline, today(pipeline.timeZone), sealOf);
  const { seals, open } = checklist;
  const isJson = options.json === true;
  if (!isJson) for (const line of checklistLines(checklist)) output.line(line);
  const signed = open.length === 0 ? await sign(seals) : null;
  if (typeof signed === 'number') return signed;
  const isSigned = signed !== null;
  if (isJson) output.json({ ...checklistJson(checklist), isSigned });
  else output.line(isSigned ? signedLine(seals, signed.by) : 'not signed off');
  return isSigned ? 0 : 1;
}

function signedLine(seals: Checklist['seals'], by: string): string {
  const hashes = counted(Object.keys(seals).length, 'evidence hash', 'evidence hashes');
  return `signed off by ${by}: ${hashes}`;
}
