import { type Day, parseDay } from '../../core/days.ts';

/** The calendar day it is now in this IANA time zone. */
export function today(timeZone: string): Day {
  return parseDay(new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date()));
}
