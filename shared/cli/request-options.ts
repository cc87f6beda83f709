import type { Day } from '../core/days.ts';
import { type PhaseName, parsePhaseName } from '../core/ids.ts';
import type { Pipeline } from '../core/pipeline.ts';
import { checkedRequest } from '../core/request.ts';
import type { Mode, RunRequest } from '../core/run.ts';
import { dayOption } from './day-option.ts';

/** The flags that say what a run is to do: those of `plan` and `start`. */
export type RequestOptions = Readonly<{ from: string; to: string; phases?: string; mode: Mode }>;

/** @throws PhasegateError `invalid-input` as `checkedRequest`, or naming the option that is no day */
export function requestOf(options: RequestOptions, pipeline: Pipeline, today: Day): RunRequest {
  const wish = {
    pipeline: pipeline.name,
    from: dayOption('--from', options.from),
    to: dayOption('--to', options.to),
    phases: phasesOption(options.phases),
    mode: options.mode,
  };
  return checkedRequest(pipeline, wish, today);
}

/** @throws PhasegateError `invalid-input` naming what is no phase */
export function phasesOption(list = ''): readonly PhaseName[] {
  return list
    .split(',')
    .filter((phase) => phase !== '')
    .map(parsePhaseName);
}
