import { z } from 'zod';
import type { TableJob } from '../core/table-job.ts';

export const minutes = z.int().min(1).max(10_080);

const notEmpty = 'a text that is not empty';
const argument = z.string({ error: notEmpty }).min(1, { error: notEmpty });

const program = z
  .strictObject({
    image: z
      .string()
      .regex(/^[^\s@]+@sha256:[0-9a-f]{64}$/, {
        error: 'an image by its digest: REGION-docker.pkg.dev/PROJECT/REPOSITORY/NAME@sha256:…',
      })
      .optional()
      .describe("What the table's Cloud Run job runs"),
    command: z
      .tuple([argument], argument, {
        error: 'a program and its arguments as a list, such as [python3, job.py]',
      })
      .optional()
      .describe(
        "What a local world starts, without a shell, in the directory of the pipeline's file",
      ),
    args: z
      .array(argument)
      .optional()
      .describe('For the command, or for the entry point of the image'),
  })
  .refine(({ image, command }) => image !== undefined || command !== undefined, {
    error: 'has neither an image nor a command; accepted: one of them, or both',
  });

const fields = z.strictObject({
  select: z
    .string()
    .min(1)
    .optional()
    .describe('A .sql file beside the pipeline, or the SELECT itself'),
  program: program
    .optional()
    .describe('Instead of a SELECT: a program of your own, under the contract of docs/jobs.md'),
  chunkDays: z.int().min(1).max(31).optional().describe('Of a SELECT; 31 where it is absent'),
  writers: z
    .int()
    .min(1)
    .max(20)
    .default(1)
    .describe('Launches, of all runs, that may write the table at the same time'),
  deadlineMinutes: minutes.optional().describe("Instead of the pipeline's deadlines.jobMinutes"),
  memory: z
    .string()
    .regex(/^[1-9][0-9]*(Mi|Gi)$/, { error: 'an amount of memory, such as 512Mi or 2Gi' })
    .optional()
    .describe('Of the Cloud Run job; 512Mi where it is absent'),
  cpu: z
    .enum(['1', '2', '4', '6', '8'], { error: "one of '1', '2', '4', '6', '8', as a text" })
    .optional()
    .describe("Of the Cloud Run job; '1' where it is absent"),
});

/** Exactly one of SELECT and program. A SELECT's `chunkDays` is there in what was read. */
export const jobSchema = fields
  .superRefine(({ select, program, chunkDays }, context) => {
    if ((select === undefined) === (program === undefined)) {
      const found = select === undefined ? 'neither select nor program' : 'both select and program';
      const message = `has ${found}; accepted: exactly one of them`;
      context.addIssue({ code: 'custom', message });
    }
    if (program !== undefined && chunkDays !== undefined) {
      const message = 'is for a select; a program is given all of its days at once';
      context.addIssue({ code: 'custom', path: ['chunkDays'], message });
    }
  })
  .transform(({ select, chunkDays, ...job }) =>
    select === undefined ? job : { select, chunkDays: chunkDays ?? 31, ...job },
  );

export type JobDocument = z.output<typeof jobSchema>;

export function buildJob(document: JobDocument): TableJob {
  const { writers, deadlineMinutes = null } = document;
  if ('select' in document) {
    const { select, chunkDays } = document;
    return { kind: 'select', select, chunkDays, writers, deadlineMinutes };
  }
  const { image = null, command = null, args = [] } = document.program ?? {};
  return { kind: 'program', program: { image, command, args }, writers, deadlineMinutes };
}
