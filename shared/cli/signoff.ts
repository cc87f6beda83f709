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
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';
import { pinnedRun } from './pinned.ts';
import { type TellOptions, tellRun } from './tell-run.ts';
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
  const checklist = await withWorld({ ...place, world: options.world }, output, (world) =>
    readChecklist(world, run, definition.pipeline),
  );
  const { seals, open } = checklist;
  const isJson = options.json === true;
  if (!isJson) for (const line of checklistLines(checklist)) output.line(line);
  const code = open.length > 0 ? 1 : await sign(run, seals, options, output);
  if (isJson) output.json({ ...checklistJson(checklist), isSigned: code === 0 });
  else if (code === 0) {
    output.line(
      `signed off by ${options.by}: ${counted(Object.keys(seals).length, 'evidence hash', 'evidence hashes')}`,
    );
  } else output.line('not signed off');
  return code;
}

async function sign(
  run: RunId,
  evidence: Checklist['seals'],
  options: SignoffOptions,
  output: Output,
): Promise<ExitCode> {
  const message = { signoff: run, evidence };
  const wish = { pointless: () => null, message, moves: false };
  const silent = { ...output, line: () => undefined, json: () => undefined };
  return tellRun(run, wish, options, silent);
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
