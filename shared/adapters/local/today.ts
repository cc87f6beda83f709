import type { Day } from '../../core/days.ts';
import { dayAt } from '../../core/time-zone.ts';

/** The calendar day it is now in this IANA time zone. */
export function today(timeZone: string): Day {
  return dayAt(new Date().toISOString(), timeZone);
}
