import type { Calendar } from '../calendar.ts';
import {
  type DaySet,
  type DaySpan,
  intersect,
  isEmpty,
  NO_DAYS,
  subtract,
  union,
} from '../day-set.ts';
import type { Root } from '../explain/explanation.ts';
import type { TableName } from '../ids.ts';
import { isBlocking } from '../judge/facts.ts';
import type { OutcomeDays } from '../outcome.ts';
import type { Pipeline } from '../pipeline.ts';
import { daysOfGaps, type GridRow } from './grid.ts';
import {
  causeOfData,
  checksShowing,
  type Explained,
  nextOf,
  type Trouble,
  tablesShowing,
  titleOf,
  troublesOf,
} from './troubles.ts';

/** The grid of one season, and the causes of what is not as it should be. */
export type GridOfSeason = Explained & Readonly<{ rows: readonly GridRow[]; range: DaySpan }>;

/** Gaps that begin at one relation. */
export type GapTrouble = Readonly<{
  /** As a look at data calls it. */
  cause: string;
  /** Null: no check shows it. */
  root: Root | null;
  title: string;
  gaps: readonly Readonly<{ table: TableName; gaps: OutcomeDays }>[];
  calendar: Calendar;
  next: string | null;
}>;

/** The gaps of a season by the relation at which their trouble begins; each gap is in one of them at least. */
export function gapTroubles(pipeline: Pipeline, season: GridOfSeason): readonly GapTrouble[] {
  const { rows, calendar, range } = season;
  const shown = troublesOf(pipeline, season.explained).map((trouble) => {
    const gaps = rows.flatMap((row) => within(row, daysShown(trouble, row)));
    const { root } = trouble;
    const title = titleOf(root, tablesShowing(trouble));
    const next = nextOf(trouble, season, range);
    return { cause: causeOfData(root.relation), root, title, gaps, calendar, next };
  });
  const unshown = rows.flatMap((row) => {
    const told = shown.flatMap(({ gaps }) => gaps).filter(({ table }) => table === row.table);
    const days = union(...told.map(({ gaps }) => daysOfGaps(gaps)));
    const gaps = within(row, subtract(daysOfGaps(row.gaps), days));
    return gaps.map((each) => unexplained(each, calendar));
  });
  return [...shown, ...unshown].filter(({ gaps }) => gaps.length > 0);
}

function unexplained(gap: GapTrouble['gaps'][number], calendar: Calendar): GapTrouble {
  const days = daysOfGaps(gap.gaps);
  const [from, to] = [days[0]?.from, days.at(-1)?.to];
  return {
    cause: causeOfData(gap.table),
    root: null,
    title: `${gap.table} lacks expected days`,
    gaps: [gap],
    calendar,
    next: `npx phasegate explain --from ${from} --to ${to} --table ${gap.table}`,
  };
}

/** The days on which a blocking check of the table shows this trouble; all of them where it names none. */
function daysShown(trouble: Trouble, { table, gaps }: GridRow): DaySet {
  const days = checksShowing(trouble)
    .filter((each) => each.table === table)
    .flatMap(({ check }) => {
      if (isBlocking(check, 'FAIL')) return [check.days];
      if (!isBlocking(check, 'UNKNOWN')) return [];
      return [isEmpty(check.days) ? (gaps.UNJUDGED ?? NO_DAYS) : check.days];
    });
  return union(...days);
}

function within({ table, gaps }: GridRow, days: DaySet): GapTrouble['gaps'] {
  const own = Object.entries(gaps)
    .map(([outcome, all]) => [outcome, intersect(all, days)] as const)
    .filter(([, left]) => !isEmpty(left));
  return own.length === 0 ? [] : [{ table, gaps: Object.fromEntries(own) }];
}
