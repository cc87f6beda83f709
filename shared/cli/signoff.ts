import { today } from '../adapters/local/today.ts';
import type { LocalWorld } from '../adapters/local/world.ts';
import { type Checklist, checklistOf, type Seal } from '../core/checklist.ts';
import { PhasegateError } from '../core/errors.ts';
import { parseRunId, type RunId } from '../core/ids.ts';
import type { Pipeline } from '../core/pipeline.ts';
import { checklistJson, checklistLines } from '../core/view/checklist-lines.ts';
import { counted } from '../core/view/counted.ts';
import { readEvidence } from '../edge/evidence-text.ts';
import { readReport } from '../shell/read-report.ts';
import { askOfRun, sentLine } from './ask.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';
import { pinnedRun } from './pinned.ts';
import type { TellOptions } from './tell-run.ts';
import { withWorld } from './with-world.ts';

export type SignoffOptions = TellOptions & Readonly<{ by: string }>;

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
  if (options.by.trim() === '') {
    throw new PhasegateError('invalid-input', '--by is empty; a sign-off bears a name');
  }
  const run = parseRunId(name);
  const { definition } = await pinnedRun(run, options.world);
  const place = { make: false, launches: false, anyDefinition: true, definition };
  return withWorld({ ...place, world: options.world }, output, async (world, interrupted) => {
    const checklist = await readChecklist(world, run, definition.pipeline);
    const { seals, open } = checklist;
    const isJson = options.json === true;
    if (!isJson) for (const line of checklistLines(checklist)) output.line(line);
    const isSigned = open.length === 0;
    if (isSigned) {
      if (interrupted.aborted) {
        output.note('interrupted; nothing was sent');
        return 130;
      }
      const { by: requestedBy, reason = '' } = options;
      const message = { signoff: run, evidence: seals, requestedBy, reason };
      if (!(await askOfRun(world, run, message, interrupted))) {
        output.note(sentLine('signature', run, options.world));
        return 130;
      }
    }
    if (isJson) output.json({ ...checklistJson(checklist), isSigned });
    else output.line(isSigned ? signedLine(seals, options.by) : 'not signed off');
    return isSigned ? 0 : 1;
  });
}

function signedLine(seals: Checklist['seals'], by: string): string {
  const hashes = counted(Object.keys(seals).length, 'evidence hash', 'evidence hashes');
  return `signed off by ${by}: ${hashes}`;
}

async function readChecklist(
  { runs, warehouse, evidence: { store } }: LocalWorld,
  run: RunId,
  pipeline: Pipeline,
): Promise<Checklist> {
  const report = await readReport(runs, warehouse, run);
  if (report === null) throw new PhasegateError('bug', `run ${run} vanished`);
  const seals = new Map<string, Seal>();
  for (const table of Object.values(report.state.tables)) {
    if (!('evidence' in table) || seals.has(table.evidence) || table.evidence === '') continue;
    seals.set(table.evidence, await sealOf(table.evidence, (id) => store.get(id)));
  }
  return checklistOf(
    report,
    pipeline,
    today(pipeline.timeZone),
    (id) => seals.get(id) ?? { trouble: `no evidence ${id} was read` },
  );
}

/** Its hash, once its content was found to be what was written. */
async function sealOf(id: string, get: (id: string) => Promise<string>): Promise<Seal> {
  try {
    return { sha256: readEvidence(id, await get(id)).sha256 };
  } catch (error) {
    if (error instanceof PhasegateError && error.kind !== 'unavailable') {
      return { trouble: error.message };
    }
    throw error;
  }
}
