import { z } from 'zod';
import { LONGEST_LINE, MOST_LINES } from '../core/alerts/alert-parts.ts';
import { parseRunId } from '../core/ids.ts';
import { ALERT_SEVERITIES } from '../core/monitor/monitor.ts';

const line = z.string().max(LONGEST_LINE);

/** The fields of an alert: as messages carry it, and as it is kept until it was published. */
export const alertFields = {
  run: z.string().max(120).transform(parseRunId).nullable(),
  key: z.string().max(400),
  cause: z.string().max(400).exactOptional(),
  text: z.string().max(20_000),
  parts: z
    .strictObject({
      title: line,
      about: line.nullable(),
      since: z.iso.datetime().nullable(),
      lines: z.array(line).max(MOST_LINES),
      next: line.nullable(),
    })
    .exactOptional(),
  severity: z.enum(ALERT_SEVERITIES).exactOptional(),
  channel: z.string().max(40).exactOptional(),
  isTest: z.boolean().exactOptional(),
};
