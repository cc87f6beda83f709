const FIELDS = [
  ['minute', 0, 59],
  ['hour', 0, 23],
  ['day of month', 1, 31],
  ['month', 1, 12],
  ['day of week', 0, 7],
] as const;

/** A step stands behind `*` or a span: readers differ on one behind a number. */
const PART = /^(?:(?:\*|(\d+)-(\d+))(?:\/(\d+))?|(\d+))$/;
/** In a leap year. */
const DAYS_OF_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * What is wrong with five cron fields; null when nothing is. Numbers only, since Cloud Scheduler, the local timers and
 * people read these alike.
 */
export function cronProblem(cron: string): string | null {
  const fields = cron.split(' ');
  if (fields.length !== FIELDS.length) {
    return `has ${fields.length} fields; accepted: five, such as 30 7 * * 1-5`;
  }
  for (const [index, [name, least, most]] of FIELDS.entries()) {
    const wrong = (fields[index] ?? '').split(',').find((part) => !isPart(part, least, most));
    if (wrong !== undefined) {
      return `the ${name} is ${JSON.stringify(wrong)}; accepted: *, or numbers from ${least} to ${most}, as 5, 1-5, */15`;
    }
  }
  return isEver(fields)
    ? null
    : `${JSON.stringify(cron)} is never due: no such month has such a day`;
}

function isPart(part: string, least: number, most: number): boolean {
  const found = PART.exec(part);
  if (found === null) return false;
  const { first, last, step } = readPart(part, least, most);
  return least <= first && first <= last && last <= most && step >= 1 && step <= most;
}

function readPart(part: string, least: number, most: number) {
  const [, from, to, step, one] = PART.exec(part) ?? [];
  const first = Number(one ?? from ?? least);
  return { first, last: Number(one ?? to ?? most), step: Number(step ?? 1) };
}

/** Whether a month that it names has a day that it names; days of the week come in every month. */
function isEver([, , days = '*', months = '*', weekdays = '*']: readonly string[]): boolean {
  if (weekdays !== '*') return true;
  const firstDay = Math.min(...days.split(',').map((part) => readPart(part, 1, 31).first));
  return months.split(',').some((part) => {
    const { first, last, step } = readPart(part, 1, 12);
    for (let month = first; month <= last; month += step) {
      if (firstDay <= (DAYS_OF_MONTH[month - 1] ?? 0)) return true;
    }
    return false;
  });
}
