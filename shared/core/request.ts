import type { Day } from './days.ts';
import { PhasegateError } from './errors.ts';
import { parseRunId, type RunId } from './ids.ts';
import type { Pipeline } from './pipeline.ts';
import type { RunRequest } from './run.ts';

/**
 * A request in its one canonical form: phases in the pipeline's order, each once; none given means all.
 *
 * @param today the pipeline's own calendar day: a range may not end after it
 * @throws PhasegateError `invalid-input` saying which value is wrong and what is accepted
 */
export function checkedRequest(pipeline: Pipeline, request: RunRequest, today: Day): RunRequest {
  const known = pipeline.phases.map((phase) => phase.name);
  const refuse = (message: string): never => {
    throw new PhasegateError('invalid-input', message);
  };
  if (request.pipeline !== pipeline.name) {
    refuse(
      `pipeline ${JSON.stringify(request.pipeline)} is not known here; accepted: ${pipeline.name}`,
    );
  }
  const unknown = request.phases.filter((phase) => !known.includes(phase));
  if (unknown.length > 0) {
    refuse(
      `phase ${JSON.stringify(unknown[0])} is not in pipeline ${pipeline.name}; accepted: ${known.join(', ')}`,
    );
  }
  if (request.to < request.from) {
    refuse(
      `the range ends on ${request.to}, before it starts on ${request.from}; accepted: from ≤ to`,
    );
  }
  if (request.to > today) {
    refuse(`the range ends on ${request.to}, in the future; accepted: up to ${today}`);
  }
  const phases =
    request.phases.length === 0 ? known : known.filter((each) => request.phases.includes(each));
  return { ...request, phases };
}

/** Everything that makes two requests the same, as one text. */
export function canonicalText(request: RunRequest): string {
  const { pipeline, from, to, phases, mode } = request;
  return JSON.stringify({ pipeline, from, to, phases, mode });
}

/**
 * @param hash eight hexadecimal digits of the canonical text
 * @param repetition 1 for the first run of this request, 2 for the one after it has ended, …
 */
export function runIdOf(request: RunRequest, hash: string, repetition: number): RunId {
  const dates = [request.from, request.to].map((day) => day.replaceAll('-', ''));
  const suffix = repetition === 1 ? '' : `-${repetition}`;
  return parseRunId(`${request.pipeline}-${dates.join('-')}-${hash}${suffix}`);
}
