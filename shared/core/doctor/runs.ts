import { isAtRest, type RunState } from '../run.ts';
import { counted } from '../view/counted.ts';
import { type DoctorLine, fewOf, pass, warn } from './doctor-line.ts';

/** @param isCarried whether a process carries runs on now; in the cloud it always does */
export function runsLine(
  states: readonly Pick<RunState, 'run' | 'status' | 'paused'>[],
  isCarried: boolean,
): DoctorLine {
  const open = states.filter(({ status }) => !isAtRest(status));
  const [first] = open;
  if (first === undefined) return pass('runs', 'none is on its way');
  const names = fewOf(open.map(({ run, paused }) => (paused === null ? run : `${run} (paused)`)));
  if (isCarried) return pass('runs', `on their way: ${names}`);
  const go = `npx phasegate ${first.paused === null ? 'repair' : 'resume'} ${first.run}`;
  return warn('runs', `${counted(open.length, 'run')} that nobody carries on: ${names}`, go);
}
