import { type Day, dayNumber } from './days.ts';

const DAY_MS = 86_400_000;
const clocks = new Map<string, Intl.DateTimeFormat>();

/** A time of day on a 24-hour clock. */
export const TIME_OF_DAY = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** Whether this is the name of a time zone, as the IANA writes it. */
export function isTimeZone(name: string): boolean {
  try {
    clockOf(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * The instant at which clocks of the zone show this time of this day, in milliseconds since 1970. A time
 * that a night skips comes as much later as the night is shorter; of one that a night repeats, the
 * first counts.
 *
 * @param time `HH:MM`
 */
export function instantAt(day: Day, time: string, timeZone: string): number {
  const [, hours = '0', minutes = '0'] = TIME_OF_DAY.exec(time) ?? [];
  const shown = dayNumber(day) * DAY_MS + (Number(hours) * 60 + Number(minutes)) * 60_000;
  const before = offsetAt(shown - DAY_MS, timeZone);
  const after = offsetAt(shown + DAY_MS, timeZone);
  const candidates = [shown - before, shown - after].sort((a, b) => a - b);
  const exact = candidates.find((instant) => instant + offsetAt(instant, timeZone) === shown);
  return exact ?? shown - before;
}

/** The day that calendars of the zone show at this instant. */
export function dayAt(instant: string, timeZone: string): Day {
  const ms = Date.parse(instant);
  return new Date(ms + offsetAt(ms, timeZone)).toISOString().slice(0, 10) as Day;
}

/** What clocks of the zone show at this instant, and by how much they are ahead of UTC: `-05:00`. */
export function clockAt(
  ms: number,
  timeZone: string,
): Readonly<{ day: Day; time: string; offset: string }> {
  const ahead = offsetAt(ms, timeZone);
  const shown = new Date(ms + ahead).toISOString();
  const minutes = Math.abs(ahead) / 60_000;
  const [hours, rest] = [Math.floor(minutes / 60), Math.round(minutes % 60)].map((each) =>
    String(each).padStart(2, '0'),
  );
  const offset = `${ahead < 0 ? '-' : '+'}${hours}:${rest}`;
  return { day: shown.slice(0, 10) as Day, time: shown.slice(11, 16), offset };
}

/** By how many milliseconds the zone's clocks are ahead of UTC at this instant, in milliseconds since 1970. */
function offsetAt(ms: number, timeZone: string): number {
  const part = new Map(
    clockOf(timeZone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, Number(value)] as const),
  );
  const of = (type: Intl.DateTimeFormatPartTypes) => part.get(type) ?? 0;
  const shown = Date.UTC(
    of('year'),
    of('month') - 1,
    of('day'),
    of('hour'),
    of('minute'),
    of('second'),
  );
  return shown - Math.floor(ms / 1000) * 1000;
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  clocks.set(timeZone, clock);
  return clock;
}
