import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { codeVersion } from '../adapters/code-version.ts';
import { evidenceFiles, readEvidenceFile } from '../adapters/local/evidence-files.ts';
import { isKind, PhasegateError } from '../core/errors.ts';
import type { GateEvidence } from '../core/evidence.ts';
import { type JudgedAgain, judgeAgain } from '../core/judge/judge-again.ts';
import { judgedAgainJson, judgedAgainLines } from '../core/view/judged-again-lines.ts';
import { doneLine } from '../core/view/run-lines.ts';
import { readEvidence } from '../edge/evidence-text.ts';
import { type ExitCode, exitCodeOfVerdict } from './exit-code.ts';
import type { Output } from './output.ts';
import { worldDirectory } from './world-directory.ts';

export type JudgeAgainOptions = Readonly<{
  world: string;
  json?: boolean;
  format?: string;
  /** What else a gate may be asked; a stored gate says all of it itself. */
  gate?: string | undefined;
  from?: string;
  to?: string;
  phase?: string;
  table?: string;
  policy?: string;
}>;

/**
 * Tells what a gate found, and judges it again from what it kept: no warehouse, no pipeline file. The exit
 * code of the verdict when both agree; 3 when they do not, or when the evidence cannot be believed.
 *
 * @param name an evidence's id in this world, or its file
 * @throws PhasegateError `invalid-input` when there is no such evidence, or something else was asked beside it
 */
export async function judgeEvidence(
  name: string,
  options: JudgeAgainOptions,
  output: Output,
): Promise<ExitCode> {
  refuseOthers(options);
  const text = await evidenceText(name, options.world);
  let evidence: GateEvidence;
  let again: JudgedAgain;
  try {
    evidence = readEvidence(name, text);
    again = judgeAgain(evidence);
  } catch (error) {
    output.note(`could not be judged again: ${error instanceof Error ? error.message : error}`);
    return 3;
  }
  if (options.json === true || options.format === 'json')
    output.json(judgedAgainJson(evidence, again));
  else {
    for (const line of judgedAgainLines(evidence, again)) output.line(line);
    output.line(doneLine(again.tables.map(({ verdict }) => verdict)));
  }
  if (again.differences.length === 0) return exitCodeOfVerdict(evidence.verdict);
  if (evidence.codeVersion !== codeVersion()) {
    output.note(`it was judged by code ${evidence.codeVersion}; this is ${codeVersion()}`);
  }
  return 3;
}

function refuseOthers({ gate, from, to, phase, table, policy, format }: JudgeAgainOptions): void {
  const given = Object.entries({
    gate,
    '--from': from,
    '--to': to,
    '--phase': phase,
    '--table': table,
    '--policy': policy,
  });
  const [other] = given.filter(([, value]) => value !== undefined);
  if (other !== undefined) {
    throw new PhasegateError(
      'invalid-input',
      `--evidence is given with ${other.join(' ')}; a stored gate has its own range and tables: leave ${other[0]} out`,
    );
  }
  if (format === 'md' || format === 'junit') {
    throw new PhasegateError(
      'invalid-input',
      `--evidence is given with --format ${format}; accepted: text, json`,
    );
  }
}

async function evidenceText(name: string, world: string): Promise<string> {
  const file = resolve(name);
  if (existsSync(file)) return readEvidenceFile(file);
  const store = evidenceFiles(worldDirectory(world));
  try {
    return await store.get(name);
  } catch (error) {
    if (!isKind(error, 'not-found') && !isKind(error, 'invalid-input')) throw error;
    const last = (await store.list()).slice(-5);
    const accepted = last.length === 0 ? '' : `; there are ${last.join(', ')}`;
    throw new PhasegateError(
      'invalid-input',
      `no evidence ${name}, neither a file nor an id in ${world}${accepted}`,
      error,
    );
  }
}
