import type { DefinitionNames, Table } from './pipeline.ts';

/** What holds of a job whoever does the work. */
type Terms = Readonly<{
  /** Launches, of all runs, that may write the table at the same time. */
  writers: number;
  /** Instead of the pipeline's own; null: that one. */
  deadlineMinutes: number | null;
}>;

/** The job that ships: one atomic replace by the SELECT for each chunk of days. */
export type SelectJob = Terms &
  Readonly<{
    kind: 'select';
    /** GoogleSQL SELECT of the table's rows for days `@from` to `@to`. */
    select: string;
    chunkDays: number;
  }>;

/** A program of one's own that keeps the job contract. It has an image, a command or both. */
export type Program = Readonly<{
  /** What the table's Cloud Run job runs, by digest; null: it runs locally only. */
  image: string | null;
  /** What a local world starts, in the directory of the pipeline's file; null: it runs in the cloud only. */
  command: readonly [string, ...string[]] | null;
  /** Handed to the command, or to the entry point of the image. */
  args: readonly string[];
}>;

export type ProgramJob = Terms & Readonly<{ kind: 'program'; program: Program }>;

export type TableJob = SelectJob | ProgramJob;

/** A program as a run launches it: `pipeline` is the file or short name that the run was started with; null: not known. */
export type RunProgram = Program & Readonly<{ pipeline: string | null }>;

/** A table that the job that ships writes. */
export type SelectTable = Table & Readonly<{ job: SelectJob }>;

export function isSelectTable(table: Table): table is SelectTable {
  return table.job.kind === 'select';
}

/** The program that writes a table in a run; null where the job that ships does. */
export function programOf(
  { job }: Table,
  { startedWith }: Readonly<{ startedWith?: DefinitionNames }>,
): RunProgram | null {
  return job.kind === 'program'
    ? { ...job.program, pipeline: startedWith?.pipeline ?? null }
    : null;
}
