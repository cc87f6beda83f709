const FIELDS = [
  ['minute', 0, 59],
  ['hour', 0, 23],
  ['day of month', 1, 31],
  ['month', 1, 12],
  ['day of week', 0, 7],
] as const;

const PART = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/;

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
  return null;
}

function isPart(part: string, least: number, most: number): boolean {
  const found = PART.exec(part);
  if (found === null) return false;
  const [first = least, last = first, step = 1] = found
    .slice(1)
    .map((text) => (text === undefined ? undefined : Number(text)));
  return least <= first && first <= last && last <= most && step >= 1;
}
