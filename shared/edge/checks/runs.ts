import { z } from 'zod';
import { parsePercent } from '../../core/percent.ts';
import { checkDocument } from './document.ts';
import { count, metricName, percent, timeOfDay } from './words.ts';

export const freshness = checkDocument(
  'freshness',
  {
    dueDays: count.max(60).describe('Days after its own day until a day is due'),
    dueTime: timeOfDay.describe("HH:MM in the pipeline's time zone"),
  },
  ({ dueDays, dueTime }) => ({ dueDays, dueTime }),
);

export const lifecycle = checkDocument(
  'lifecycle',
  {
    runningHoursAtMost: z.number().positive().describe('A launch that runs for longer hangs'),
    launchesPerDayAtMost: count
      .min(1)
      .optional()
      .describe('Launches of one day of data within any 24 hours'),
  },
  ({ runningHoursAtMost, launchesPerDayAtMost }) => ({
    runningHoursAtMost,
    launchesPerDayAtMost: launchesPerDayAtMost ?? null,
  }),
);

export const written = checkDocument('written', {}, () => ({}));

export const daysSucceeded = checkDocument(
  'days-succeeded',
  { atLeastPercent: percent.max(100).describe('Of the expected days, in percent') },
  ({ atLeastPercent }) => ({ atLeast: parsePercent(atLeastPercent) }),
);

export const metric = checkDocument(
  'metric',
  {
    metric: metricName,
    atLeast: z.number().optional().describe('The number, or more'),
    atMost: z.number().optional().describe('The number, or less'),
    below: z.number().optional().describe('Less than the number'),
    above: z.number().optional().describe('More than the number'),
    baseline: z.literal('previous').optional().describe('What the launch before published'),
    changeAtMostPercent: z
      .number()
      .min(0)
      .optional()
      .describe('With baseline: in either direction'),
  },
  ({ metric: name, atLeast, atMost, below, above, changeAtMostPercent }) => ({
    metric: name,
    atLeast: atLeast ?? null,
    atMost: atMost ?? null,
    below: below ?? null,
    above: above ?? null,
    changeAtMostPercent: changeAtMostPercent ?? null,
  }),
  ({ baseline, changeAtMostPercent }) =>
    (baseline === undefined) === (changeAtMostPercent === undefined)
      ? null
      : 'has one of baseline and changeAtMostPercent; accepted: both or neither',
);
