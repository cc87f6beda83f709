import { isKind, PhasegateError } from '../../shared/core/errors.ts';
import type { Clockwork } from './clockwork.ts';
import type { Tape } from './tape.ts';

/** How often trouble of each kind is met, in 1000 chances; 0: never. */
export type Rates = Readonly<{
  /** A call of a port is late, refused, or answered with an error though it was done. */
  calls: number;
  crashes: number;
  bus: number;
  jobs: number;
  /** Statements that take too long. */
  statements: number;
  /** Statements that the warehouse refuses. */
  refusals: number;
  people: number;
  foreign: number;
  /** See plot.ts. */
  plot: number;
  /** Calls take different times, so that what runs at once overtakes itself. */
  jitter: number;
}>;

export type Violation = Readonly<{ invariant: string; message: string }>;

/** Everything that belongs to one story, whoever acts in it. */
export type Story = Readonly<{
  clock: Clockwork;
  tape: Tape;
  rates: Rates;
  /** What was met so far, by kind. */
  met: Map<string, number>;
  /** Null when nobody wants to read it. */
  log: string[] | null;
  violations: Violation[];
}>;

/** Whoever calls ports: a process, or a job. Once dead it never comes back; a new one takes its place. */
export type Actor = Readonly<{
  name: string;
  isAlive: () => boolean;
  /** Ends at once, with all that it was doing. */
  die: () => void;
}>;

export function meet(story: Story, kind: string, detail = ''): void {
  story.met.set(kind, (story.met.get(kind) ?? 0) + 1);
  say(story, `  ! ${kind}${detail === '' ? '' : ` ${detail}`}`);
}

export function say({ log, clock }: Story, text: string): void {
  log?.push(`${new Date(clock.now()).toISOString().slice(11, 23)} ${text}`);
}

export function violate(story: Story, invariant: string, message: string): void {
  story.violations.push({ invariant, message });
  say(story, `VIOLATION ${invariant}: ${message}`);
}

/** An error that no fault of the story explains is a bug of ours. */
export function explained(story: Story, error: unknown, where: string): void {
  if (error instanceof PhasegateError && !isKind(error, 'bug')) return;
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  violate(story, 'no bug', `${where}: ${text}`);
}
