import { type DaySet, formatDaySet, isEmpty, subtract } from '../../shared/core/day-set.ts';
import type { Definition } from '../../shared/core/pipeline.ts';
import { type Verdict, weigh } from '../../shared/core/verdict.ts';
import type { Assessment } from '../../shared/shell/assess.ts';
import type { AsOutcome, ByCheck, Caught, Damage } from './defect.ts';
import { withReaders } from './readers.ts';

/** How one expectation of one defect came out. */
export type Seen = Readonly<{
  caught: Caught;
  isCaught: boolean;
  found: string;
  days: DaySet;
  /** Of the check that was looked up. */
  kind?: CheckKindName;
}>;

/** A check that cries over something that is not wrong with its own relation. */
export type Spilled = Readonly<{ table: string; check: string; verdict: Verdict; message: string }>;

type Check = Assessment['tables'][number]['judgement']['checks'][number];
type CheckKindName = Check['kind'];

/**
 * Looks an expectation up in what was judged: the right table, check and verdict, and the right days,
 * beside those that the check named before anything was damaged. What was so before is not caught.
 */
export function seen(caught: Caught, judged: Assessment | Error, clean: Assessment): Seen {
  const now = lookedUp(caught, judged, clean);
  if (!now.isCaught || !isTrouble(caught)) return now;
  if (!lookedUp(caught, clean, clean).isCaught) return now;
  return { ...now, isCaught: false, found: `${now.found}, and so it was before the damage` };
}

/** Whether it is something that must be seen, rather than a check that must not be disturbed. */
export function isTrouble(caught: Caught): boolean {
  return !('verdict' in caught) || caught.verdict !== 'PASS';
}

function lookedUp(caught: Caught, judged: Assessment | Error, clean: Assessment): Seen {
  if ('refused' in caught) {
    const message = judged instanceof Error ? judged.message : 'it was judged';
    const isCaught = judged instanceof Error && caught.refused.test(message);
    return { caught, isCaught, found: message, days: [] };
  }
  if (judged instanceof Error) {
    return { caught, isCaught: false, found: `not judged: ${judged.message}`, days: [] };
  }
  return 'outcome' in caught ? seenAsOutcome(caught, judged) : seenByCheck(caught, judged, clean);
}

function seenByCheck(caught: ByCheck, judged: Assessment, clean: Assessment): Seen {
  const check = checkOf(judged, caught);
  if (check === undefined) {
    return { caught, isCaught: false, found: 'there is no such check', days: [] };
  }
  const before = subtract(checkOf(clean, caught)?.days ?? [], caught.days);
  const newDays = subtract(check.days, before);
  const verdict = weigh(check.verdict, check.severity);
  const isSaid = caught.says === null || caught.says.test(check.message);
  const isCaught = verdict === caught.verdict && namesThem(caught, newDays) && isSaid;
  const found = `${verdict}: ${check.message}`;
  return { caught, isCaught, found, days: newDays, kind: check.kind };
}

function seenAsOutcome(caught: AsOutcome, judged: Assessment): Seen {
  const table = judged.tables.find(({ judgement }) => judgement.table === caught.table);
  const days = table?.outcomes[caught.outcome] ?? [];
  return { caught, isCaught: areEqual(days, caught.days), found: caught.outcome, days };
}

function namesThem({ days: damaged, names }: ByCheck, named: DaySet): boolean {
  switch (names) {
    case 'all':
      return areEqual(damaged, named);
    case 'within':
      return !isEmpty(named) && isEmpty(subtract(named, damaged));
    case 'none':
      return isEmpty(named);
  }
}

function areEqual(a: DaySet, b: DaySet): boolean {
  return formatDaySet(a).join() === formatDaySet(b).join();
}

/**
 * What got worse in relations that were not damaged and read nothing that was: nothing is wrong there,
 * so nobody should be sent to look. What the defect says is the same fact seen twice is left out.
 */
export function spilled(
  damage: Damage,
  judged: Assessment,
  { pipeline }: Definition,
  clean: Assessment,
): readonly Spilled[] {
  const { caught, seenElsewhere = [] } = damage;
  const named = caught.flatMap((each) => ('table' in each ? [each.table] : []));
  const touched = withReaders(pipeline, damage.damaged ?? named);
  const isAllowed = (table: string, { id }: Check) =>
    seenElsewhere.some((each) => each.table === table && each.check === id);
  return judged.tables.flatMap(({ judgement: { table, checks } }) => {
    if (touched.has(table)) return [];
    const before = new Map(checksOf(clean, table).map((check) => [check.id, verdictOf(check)]));
    return checks
      .filter((check) => verdictOf(check) !== 'PASS' && verdictOf(check) !== before.get(check.id))
      .filter((check) => !isAllowed(table, check))
      .map((check) => ({
        table,
        check: check.id,
        verdict: verdictOf(check),
        message: check.message,
      }));
  });
}

function checkOf(assessment: Assessment, { table, check }: ByCheck): Check | undefined {
  return checksOf(assessment, table).find(({ id }) => id === check);
}

function checksOf({ tables }: Assessment, name: string): readonly Check[] {
  return tables.find(({ judgement }) => judgement.table === name)?.judgement.checks ?? [];
}

function verdictOf({ verdict, severity }: Check): Verdict {
  return weigh(verdict, severity);
}
