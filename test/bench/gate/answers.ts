import type { DaySet } from '../../../shared/core/day-set.ts';
import type { Relation } from '../../../shared/core/relation.ts';
import { itemName } from '../../../shared/core/state-item.ts';
import type { Statement, Warehouse } from '../../../shared/ports/warehouse.ts';
import type { Scan } from '../../../shared/sql/scan.ts';
import { isSameValue } from './same-value.ts';

/** A statement, and how its rows are read. */
export type Asked = Readonly<{ scan: Scan; statement: Statement }>;

/** By item: the values found, by day and, of a group, by its key and place in it. */
export type Answers = ReadonlyMap<string, ReadonlyMap<string, unknown>>;

export function askedBy(scan: Scan, relation: Relation, days: DaySet): Asked {
  return { scan, statement: scan.statement(relation, scan.items, days) };
}

/** What these statements answer, read as a gate reads it. */
export async function answersTo(warehouse: Warehouse, all: readonly Asked[]): Promise<Answers> {
  const answers = new Map<string, Map<string, unknown>>();
  for (const { scan, statement } of all) {
    for (const item of scan.items) {
      if (!answers.has(itemName(item))) answers.set(itemName(item), new Map());
    }
    const { rows } = await warehouse.query(statement);
    for (const each of rows.flatMap((row) => scan.read(scan.items, row))) {
      const values = answers.get(each.item);
      if ('value' in each) values?.set(each.day, each.value);
      else {
        for (const [at, cell] of each.group.entries()) {
          values?.set(`${each.day} ${each.group[0]} ${at}`, cell);
        }
      }
    }
  }
  return answers;
}

/** @throws Error unless every item that one answers has the same values in the other, and some has any */
export function mustBeAnsweredBy(one: Answers, other: Answers): void {
  for (const [item, values] of one) {
    const others = other.get(item);
    if (others === undefined) throw new Error(`${item} is answered by one of the two ways only`);
    const differing = [...values].find(([at, value]) => !isSameValue(value, others.get(at)));
    if (differing !== undefined) {
      const [at, value] = differing;
      throw new Error(`${item} on ${at} is ${value} one way and ${others.get(at)} the other`);
    }
    if (values.size !== others.size) {
      throw new Error(`${item} has ${values.size} values one way and ${others.size} the other`);
    }
  }
  if ([...one.values()].every(({ size }) => size === 0)) throw new Error('nothing was answered');
}
