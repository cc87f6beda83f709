import type { Fits, Limit } from '../estimate/fits.ts';
import type { PhaseEstimate, PlanEstimate, TableEstimate } from '../estimate/plan-estimate.ts';
import { USD_PER_TIB, usdOf } from '../estimate/price.ts';
import { type Basis, type Spread, sumOfSpreads } from '../estimate/sample.ts';
import { clockAt } from '../time-zone.ts';
import { byteSize, dollars, duration } from './amounts.ts';
import { counted } from './counted.ts';
import { shortName } from './short-name.ts';
import { wrap } from './wrap.ts';

/** What one table will take, and what that is known from. */
export function tableEstimateText({ hasJob, job, gate }: TableEstimate): string {
  const unknown = [
    ...(hasJob && job === null ? ['no launch of it'] : []),
    ...(gate === null ? ['no gate of it'] : []),
  ];
  if (unknown.length > 0 || gate === null) {
    return `no history: unknown, since ${unknown.join(' and ')} is kept`;
  }
  if (job === null) return `${spreadText(gate)} to judge; ${basisText(gate.basis, 'gate')}`;
  const all = sumOfSpreads([job, gate]);
  return `${spreadText(all)}; ${basisText(job.basis, 'launch', 'launches')}`;
}

/** What a plan will take in all, by when it ends, and what it reads. */
export function planEstimateLines(estimate: PlanEstimate): string[] {
  const { now, timeZone, phases, seconds, limits, unread } = estimate;
  const start = clockAt(Date.parse(now), timeZone);
  const known = (sum: Spread | null, ends: Spread | null) =>
    sum === null ? 'unknown' : `${spreadText(sum)}${ends === null ? '' : endText(ends, estimate)}`;
  const run = limits.find(({ bound }) => bound === 'runMinutes');
  const kept = limits.filter(
    (each) => each !== run && (each.fits === 'no' || each.fits === 'perhaps'),
  );
  return [
    `if it began now, at ${start.time} of ${start.day} (${timeZone}, ${start.offset})`,
    ...(unread === null ? [] : wrap(`the warehouse did not tell all of it: ${unread}`, '  ')),
    ...phases.flatMap((each) => [
      ...wrap(`phase ${each.phase}: ${known(each.seconds, each.endsAfter)}`, '  '),
      ...wrap([...unknownOf(each), ...readyText(each, estimate)].join('; '), '    ').filter(
        (line) => line.trim() !== '',
      ),
    ]),
    ...wrap(
      `in all: ${known(seconds, phases.length > 1 ? seconds : null)}${run === undefined ? '' : `; is stopped after ${duration(run.minutes * 60)}, ends before: ${run.fits}`}`,
      '  ',
    ),
    ...kept.flatMap((each) => wrap(limitText(each), '  ')),
    ...wrap(readsText(estimate), '  '),
  ];
}

function spreadText({ low, middle, high }: Spread): string {
  const [least, most] = [duration(low), duration(high)];
  return least === most ? `about ${most}` : `about ${duration(middle)} (${least}..${most})`;
}

function basisText({ of, since, isAlike, isThin }: Basis, one: string, many = `${one}s`): string {
  const size = isAlike ? '' : ', some of quite other sizes';
  const thin = isThin ? ', so half to twice' : '';
  return `from ${counted(of, one, many)} since ${since.slice(0, 10)}${size}${thin}`;
}

/** `, to about 04:10 (03:40..05:20)`: with the day where it is another. */
function endText({ low, middle, high }: Spread, { now, timeZone }: PlanEstimate): string {
  const began = Date.parse(now);
  const today = clockAt(began, timeZone).day;
  const shown = [low, middle, high].map((seconds) => {
    const { day, time } = clockAt(began + seconds * 1000, timeZone);
    return day === today ? time : `${day} ${time}`;
  });
  const [first, mean, last] = shown;
  return `, ends about ${mean}${first === last ? '' : ` (${first}..${last})`}`;
}

function unknownOf({ phase, unknown }: PhaseEstimate): readonly string[] {
  const tables = unknown.filter((name) => name !== phase).map(shortName);
  return [
    ...(tables.length === 0 ? [] : [`no history of ${tables.join(', ')}`]),
    ...(unknown.includes(phase) ? ['no roll call of it is kept'] : []),
  ];
}

function readyText({ readyBy }: PhaseEstimate, { now, timeZone }: PlanEstimate): readonly string[] {
  if (readyBy === null) return [];
  const { day, time } = clockAt(Date.parse(readyBy.at), timeZone);
  const isToday = clockAt(Date.parse(now), timeZone).day === day;
  return [`ready by ${time}${isToday ? '' : ` of ${day}`}: ${readyBy.fits}`];
}

const LIMITS: Readonly<Record<Limit['bound'], string>> = {
  jobMinutes: 'its job is stopped after',
  phaseMinutes: 'it is stopped after',
  runMinutes: 'it is stopped after',
  'budget.jobMinutes': 'all jobs together may take',
};

const KEEPS: Readonly<Record<Fits, string>> = {
  yes: 'enough',
  perhaps: 'perhaps not enough',
  no: 'not enough',
  unknown: 'not known whether enough',
};

function limitText({ bound, of, minutes, fits }: Limit): string {
  const who = of === null ? 'the run' : of;
  return `${who}: ${LIMITS[bound]} ${duration(minutes * 60)}, ${KEEPS[fits]}`;
}

function readsText({ gateBytes, jobBytes }: PlanEstimate): string {
  const jobs = [...jobBytes];
  const unknown = jobs.filter(([, bytes]) => bytes === null).map(([table]) => shortName(table));
  const known = jobs.flatMap(([, bytes]) => bytes ?? []);
  const sum = known.reduce((all, { bytes }) => all + bytes, 0);
  const isAtLeast = unknown.length > 0 || known.some((each) => each.isAtLeast);
  const ofJobs =
    known.length === 0 && unknown.length > 0
      ? 'unknown'
      : `${isAtLeast ? 'at least' : 'about'} ${byteSize(sum)}${unknown.length === 0 ? '' : ` without ${unknown.join(', ')}`}`;
  const ofGates = gateBytes === null ? 'unknown' : `about ${byteSize(gateBytes.middle)}`;
  const least = isAtLeast || gateBytes === null ? 'at least ' : 'about ';
  const usd = usdOf(sum + (gateBytes?.middle ?? 0));
  const isUnknown = gateBytes === null && (known.length === 0 || sum === 0);
  return `reads, as BigQuery bills it: jobs ${ofJobs}, gates ${ofGates}; ${isUnknown ? 'cost unknown' : `${least}${dollars(usd)}`} at USD ${USD_PER_TIB} a TiB`;
}
