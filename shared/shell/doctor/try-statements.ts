import { relationsRead } from '../../core/checks/kind.ts';
import { kindOf } from '../../core/checks/kinds.ts';
import type { Day } from '../../core/days.ts';
import type { Tried } from '../../core/doctor/statements.ts';
import type { TableName } from '../../core/ids.ts';
import { type Pipeline, tablesOf } from '../../core/pipeline.ts';
import { namesOf, promising, type Relation, relationNamed } from '../../core/relation.ts';
import { itemName, type StateItem } from '../../core/state-item.ts';
import { isSelectTable } from '../../core/table-job.ts';
import type { Warehouse } from '../../ports/warehouse.ts';
import { scansOf } from '../../sql/scan.ts';
import { acceptItems, type Refused, refusalOf } from '../accept-items.ts';
import { bytesOfJob } from '../bytes-of-job.ts';
import { inParallel } from '../in-parallel.ts';
import { readerOf } from '../reader.ts';

/** Any day will do: what compiles on one compiles on all. */
const DAY = '2022-01-01' as Day;
const ONE_DAY = [{ from: DAY, to: DAY }];

/**
 * Tries each SELECT of a job, for free. Those that read what is not fit are not asked: they would only say so again.
 *
 * @throws PhasegateError `unavailable`
 */
export async function tryJobs(
  warehouse: Warehouse,
  pipeline: Pipeline,
  unfit: ReadonlySet<TableName>,
): Promise<readonly Tried[]> {
  const tried = new Map<TableName, Tried>();
  const tables = tablesOf(pipeline).filter(isSelectTable);
  await inParallel(tables, async (table) => {
    const { name } = table;
    const read = [name, ...table.needs.map(({ of }) => of)].find((each) => unfit.has(each));
    const answer: Tried =
      read === undefined
        ? answerOf(name, await refusalOf(() => bytesOfJob(warehouse, table, ONE_DAY)))
        : { name, is: 'unasked', why: `${read} is not fit` };
    tried.set(name, answer);
  });
  return tables.flatMap(({ name }) => tried.get(name) ?? []);
}

/** The same of everything that checks ask, each check by its table and id. */
export async function tryChecks(
  warehouse: Warehouse,
  pipeline: Pipeline,
  unfit: ReadonlySet<TableName>,
): Promise<readonly Tried[]> {
  const reader = readerOf(warehouse, {
    id: 'doctor',
    labels: { pipeline: pipeline.name },
    maximumBytes: pipeline.maximumBytesPerQuery,
  });
  const refusedBy = new Map<TableName, Refused>();
  const refusalsOf = async (relation: Relation, items: readonly StateItem[]) => {
    const refused = refusedBy.get(relation.name) ?? new Map();
    refusedBy.set(relation.name, refused);
    for (const scan of scansOf(items)) {
      await acceptItems(reader, scan, relation, scan.items, ONE_DAY, refused);
    }
  };
  const relations = promising(pipeline, namesOf(pipeline));
  const wanted = wantedItems(relations, unfit);
  await inParallel(wanted, async ([name, items]) => {
    const relation = relationNamed(pipeline, name);
    if (relation !== undefined) await refusalsOf(relation, [...items.values()]);
  });
  return relations.flatMap(({ name: table, checks }) =>
    checks.map((check): Tried => {
      const name = `${table} ${check.id}`;
      const { own, others = [] } = kindOf(check).reads(check);
      const read = readBy(table, check).find((each) => unfit.has(each));
      if (read !== undefined) return { name, is: 'unasked', why: `${read} is not fit` };
      const asked = [{ relation: table, items: own }, ...others];
      const reasons = asked.flatMap(({ relation, items }) =>
        items.map((item) => refusedBy.get(relation)?.get(itemName(item))),
      );
      return answerOf(name, reasons.find((reason) => reason !== undefined) ?? null);
    }),
  );
}

type Check = Relation['checks'][number];

const readBy = (table: TableName, check: Check): readonly TableName[] => [
  table,
  ...relationsRead(kindOf(check).reads(check)),
];

/** What the checks of all relations read, by the relation of which it is read; each item once. */
function wantedItems(relations: readonly Relation[], unfit: ReadonlySet<TableName>) {
  const wanted = new Map<TableName, Map<string, StateItem>>();
  for (const { name, checks } of relations) {
    for (const check of checks) {
      if (readBy(name, check).some((each) => unfit.has(each))) continue;
      const { own, others = [] } = kindOf(check).reads(check);
      for (const { relation, items } of [{ relation: name, items: own }, ...others]) {
        const known = wanted.get(relation) ?? new Map<string, StateItem>();
        for (const item of items) known.set(itemName(item), item);
        wanted.set(relation, known);
      }
    }
  }
  return wanted;
}

function answerOf(name: string, refusal: string | null): Tried {
  return refusal === null ? { name, is: 'accepted' } : { name, is: 'refused', why: refusal };
}
