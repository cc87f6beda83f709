import { counted } from '../view/counted.ts';
import { type DoctorLine, fail, fewOf, notLooked, pass } from './doctor-line.ts';

/** A statement that was tried for free: accepted, refused for a reason, or not asked for one. */
export type Tried = Readonly<{ name: string }> &
  (Readonly<{ is: 'accepted' }> | Readonly<{ is: 'refused' | 'unasked'; why: string }>);

/** @param what in the singular: `job`, `check` */
export function statementsLine(check: string, what: string, tried: readonly Tried[]): DoctorLine {
  const refused = tried.flatMap((each) =>
    each.is === 'refused' ? [`${each.name}: ${each.why.split('\n')[0]}`] : [],
  );
  const unasked = tried.flatMap((each) =>
    each.is === 'unasked' ? [`${each.name} (${each.why})`] : [],
  );
  const fix = 'mend the SQL in the pipeline file; every gate and job says the same until then';
  if (refused.length > 0) return fail(check, fewOf(refused, 2), fix);
  if (unasked.length > 0) return notLooked(check, fewOf(unasked));
  return tried.length === 0
    ? notLooked(check, `there is no ${what} with a statement`)
    : pass(check, `${counted(tried.length, what)} compile (dry runs, free)`);
}
