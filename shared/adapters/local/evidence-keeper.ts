import { writeEvidence } from '../../edge/evidence-text.ts';
import type { EvidenceKeeper } from '../../ports/world.ts';
import { codeVersion } from '../code-version.ts';
import { evidenceFiles } from './evidence-files.ts';

/** Keeps evidence in the directory of a world. */
export function evidenceKeeper(directory: string): EvidenceKeeper {
  return { store: evidenceFiles(directory), textOf: writeEvidence, codeVersion };
}
