import { today } from '../adapters/local/today.ts';
import { PhasegateError } from '../core/errors.ts';
import { parseTableName } from '../core/ids.ts';
import type { Pipeline } from '../core/pipeline.ts';
import type { RunState } from '../core/run.ts';
import { dayOption } from './day-option.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';
import { refuseUnsigned } from './requested-by.ts';
import { type Pointless, type TellOptions, tellRun, type Wish } from './tell-run.ts';

export type OverrideOptions = TellOptions & Readonly<{ reason: string; until: string }>;

/**
 * A person signs for a table that its gate refused, or whose job failed: who, why and until when are kept with
 * the run, and the run goes on without it. Past `until` the signature counts as absent.
 */
export async function override(
  run: string,
  name: string,
  options: OverrideOptions,
  output: Output,
): Promise<ExitCode> {
  const table = parseTableName(name);
  const until = dayOption('--until', options.until);
  if (options.reason.trim() === '') refuse('--reason is empty; an override is signed');
  refuseUnsigned(options, 'an override is signed');
  const pointless = ({ run: id, status, tables }: RunState, { timeZone }: Pipeline) => {
    const now = today(timeZone);
    if (until < now) refuse(`--until ${until} is over; accepted: ${now} or later`);
    const own = tables[table];
    if (own === undefined) {
      return refuse(`${table} is not in run ${id}; accepted: ${Object.keys(tables).join(', ')}`);
    }
    if (status !== 'blocked' && status !== 'failed') return notRefused(`is ${status}`);
    const isRefused = own.tag === 'blocked' || own.tag === 'failed';
    return isRefused ? null : notRefused(`has ${table} ${own.tag}`);
  };
  const wish: Wish = { what: 'override', more: { table, until }, pointless, moves: true };
  return tellRun(run, wish, options, output);
}

function notRefused(stands: string): Pointless {
  return {
    why: `${stands}; only a table that a gate refused, or whose job failed, can be signed for`,
    code: 1,
  };
}

function refuse(message: string): never {
  throw new PhasegateError('invalid-input', message);
}
