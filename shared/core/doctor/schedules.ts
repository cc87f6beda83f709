import type { Finding } from '../monitor/finding.ts';
import { counted } from '../view/counted.ts';
import { type DoctorLine, fail, fewOf, pass, warn } from './doctor-line.ts';

/** @param found what is wrong with the calls that are expected */
export function schedulesLine(expected: number, found: readonly Finding[]): DoctorLine {
  if (expected === 0) {
    const fix = 'add `monitors` to the pipeline file (docs/monitors.md)';
    return warn('schedules', 'no monitor is declared: nobody looks unless somebody asks', fix);
  }
  const [first] = found;
  if (first === undefined) {
    return pass(
      'schedules',
      `${counted(expected, 'schedule')} there, and none paused for no reason`,
    );
  }
  const fix = first.next ?? 'npx phasegate schedules list';
  return fail('schedules', fewOf(found.map(({ title }) => title)), fix);
}
