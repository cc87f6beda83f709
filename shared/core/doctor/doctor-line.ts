import type { Verdict } from '../verdict.ts';

/** What the doctor says of one thing. */
export type DoctorLine = Readonly<{
  /** Which thing, in kebab-case: no two lines have the same. */
  check: string;
  /** Null: it is told and judged by nobody. */
  verdict: Verdict | null;
  /** In one line: what was found, or why nobody could look. */
  found: string;
  /** A command, or a sentence; null where there is nothing to do. */
  fix: string | null;
}>;

/** What was read, or why it could not be. */
export type Fact<Value> = Readonly<{ value: Value }> | Readonly<{ trouble: string }>;

export function pass(check: string, found: string): DoctorLine {
  return { check, verdict: 'PASS', found, fix: null };
}

export function warn(check: string, found: string, fix: string): DoctorLine {
  return { check, verdict: 'WARN', found, fix };
}

export function fail(check: string, found: string, fix: string): DoctorLine {
  return { check, verdict: 'FAIL', found, fix };
}

export function told(check: string, found: string): DoctorLine {
  return { check, verdict: null, found, fix: null };
}

/** Nobody could look: that is never a pass. */
export function notLooked(check: string, why: string, fix: string | null = null): DoctorLine {
  return { check, verdict: 'UNKNOWN', found: `not looked at: ${why}`, fix };
}

/** The line of a fact; UNKNOWN, with its reason, where it could not be read. */
export function lineOf<Value>(
  check: string,
  fact: Fact<Value>,
  judge: (value: Value) => DoctorLine,
): DoctorLine {
  return 'trouble' in fact ? notLooked(check, fact.trouble) : judge(fact.value);
}

/** The first four of them, and how many more there are. */
export function fewOf(names: readonly string[], shown = 4): string {
  const more = names.length > shown ? ` and ${names.length - shown} more` : '';
  return `${names.slice(0, shown).join(', ')}${more}`;
}
