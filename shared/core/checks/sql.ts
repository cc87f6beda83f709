import { daySetOf } from '../day-set.ts';
import type { Day } from '../days.ts';
import type { TableName } from '../ids.ts';
import { unknown } from '../judge/facts.ts';
import { type Counted, judgeShareOf } from '../judge/share-of.ts';
import { groupsOf, type TableProfile } from '../profile.ts';
import type { SqlQuestion } from '../question.ts';
import { itemName, type StateItem } from '../state-item.ts';
import type { Base, Thresholds } from './base.ts';
import type { CheckKind } from './kind.ts';

/**
 * A person's own assertion as two SELECTs: the rows that could break it, counted by day, and the rows
 * that do. Asked alone, under the byte cap: an error of it makes no other check UNKNOWN.
 */
export type Sql = Base &
  Thresholds &
  Readonly<{
    kind: 'sql';
    breaks: string;
    population: string;
    /** Relations that the texts read beside their own. */
    reads: readonly TableName[];
  }>;

export const sql: CheckKind<Sql> = {
  reads: (check) => ({ own: [itemOf(check)] }),
  columns: () => [],
  problems: (check, relation) => {
    const said = new Set<string>([relation.name, ...check.reads]);
    return [...tablesIn(check)]
      .filter((name) => !said.has(name))
      .map((name) => `reads ${name} and does not say so; accepted: reads: [${name}]`);
  },
  judge: (check, { profile }, days) => {
    const item = itemName(itemOf(check));
    const answers = answersOf(profile, item, days);
    const senseless = answers.filter(({ population, breaks }) => breaks > population);
    const [worst] = senseless;
    if (worst !== undefined) {
      return {
        ...unknown(
          `${worst.breaks} rows break it on ${worst.day}, where only ${worst.population} could: breaks and population do not belong together`,
        ),
        days: daySetOf(senseless.map(({ day }) => day)),
      };
    }
    const counted = new Map(
      answers.map(({ day, population, breaks }): [Day, Counted] => [
        day,
        { eligible: population, holds: population - breaks },
      ]),
    );
    return judgeShareOf(
      check,
      days,
      (day) => counted.get(day) ?? null,
      'rows',
      `${check.id} holds`,
    );
  },
};

/** What a question was answered of one day. */
export type Answer = Readonly<{ day: Day; population: number; breaks: number }>;

/** Days that were asked about; one of which nothing was said has neither population nor breaks. */
export function answersOf(
  profile: TableProfile,
  item: string,
  days: readonly Day[],
): readonly Answer[] {
  return days.flatMap((day) => {
    const state = profile.days.get(day);
    if (state?.values[item] === undefined) return [];
    const [, population = 0, breaks = 0] = groupsOf(state, item)[0] ?? [];
    return [{ day, population: Number(population), breaks: Number(breaks) }];
  });
}

function itemOf({ breaks, population, reads }: Sql): Extract<StateItem, { kind: 'question' }> {
  return { kind: 'question', question: { kind: 'sql', breaks, population, reads } };
}

/** Tables that the texts name in backquotes. */
function tablesIn({ breaks, population }: SqlQuestionTexts): ReadonlySet<string> {
  const names = `${breaks}\n${population}`.matchAll(/`([a-z_][a-z0-9_]*\.[a-z_][a-z0-9_]*)`/g);
  return new Set([...names].flatMap(([, name]) => name ?? []));
}

type SqlQuestionTexts = Pick<SqlQuestion, 'breaks' | 'population'>;
