import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { expectedDays } from '../../shared/core/calendar.ts';
import { type DaySpan, eachDay } from '../../shared/core/day-set.ts';
import type { Day } from '../../shared/core/days.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import type { Pipeline } from '../../shared/core/pipeline.ts';
import { type Relation, relationNamed } from '../../shared/core/relation.ts';
import type { Assessment } from '../../shared/shell/assess.ts';
import type { Damage, Damager, Scene, Undamaged } from './defect.ts';
import { judgeFile } from './judge-file.ts';
import type { CleanWorld } from './worlds.ts';

/** What is left of a world after a defect, or why that cannot be judged; and how it was judged without the defect. */
export type Aftermath = Readonly<{
  damage: Damage;
  judged: Assessment | Error;
  before: Assessment;
}>;

/** Damages a copy of a clean world behind everybody's back, and judges what is left. */
export async function judgeDamaged(
  world: CleanWorld,
  damager: Damager,
  judgeUndamaged: JudgeUndamaged,
): Promise<Aftermath> {
  return withCopy(world, async (file) => {
    const damage = await withStranger(file, world, damager);
    const { pipeline = world.definition.pipeline, range = world.range, undamaged } = damage;
    const judged = await judgeFile(file, pipeline, range, 'defect').catch(asError);
    const isOwn = undamaged === undefined && damage.pipeline === undefined;
    const before = isOwn ? world.clean : await judgeUndamaged(undamaged ?? { pipeline }, range);
    return { damage, judged, before };
  });
}

export type JudgeUndamaged = (undamaged: Undamaged, range: DaySpan) => Promise<Assessment>;

/** Judges copies of the clean world, equal ones once. */
export function undamagedJudge(world: CleanWorld): JudgeUndamaged {
  const all: { asked: unknown; judged: Promise<Assessment> }[] = [];
  return ({ pipeline, statements = [] }, range) => {
    const asked = { pipeline, statements, range };
    const known = all.find((each) => isDeepStrictEqual(each.asked, asked));
    if (known !== undefined) return known.judged;
    const judged = judgeCopy(world, pipeline, statements, range);
    all.push({ asked, judged });
    return judged;
  };
}

function judgeCopy(
  world: CleanWorld,
  pipeline: Pipeline,
  statements: readonly string[],
  range: DaySpan,
): Promise<Assessment> {
  return withCopy(world, async (file) => {
    await withStranger(file, world, async ({ run }) => {
      for (const statement of statements) await run(statement);
    });
    return judgeFile(file, pipeline, range, 'undamaged');
  });
}

async function withCopy<Result>(
  world: CleanWorld,
  work: (file: string) => Promise<Result>,
): Promise<Result> {
  const directory = mkdtempSync(join(tmpdir(), 'phasegate-defect-'));
  const file = join(directory, 'warehouse.duckdb');
  try {
    copyFileSync(world.file, file);
    return await work(file);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

async function withStranger<Result>(
  file: string,
  { definition, schedule, range }: CleanWorld,
  damager: (scene: Scene) => Promise<Result>,
): Promise<Result> {
  const instance = await DuckDBInstance.create(file);
  const db = await instance.connect();
  const relation = (name: string): Relation => {
    const found = relationNamed(definition.pipeline, parseTableName(name));
    if (found === undefined) throw new Error(`${name} has no days`);
    return found;
  };
  const rows: Scene['rows'] = async (sql) =>
    (await db.runAndReadAll(sql)).getRowObjectsJson() as Record<string, string | null>[];
  try {
    return await damager({
      definition,
      schedule,
      range,
      rows,
      run: async (sql) => void (await db.run(sql)),
      daysOf: (name) => [
        ...eachDay(expectedDays(schedule.calendar, [range], relation(name).bootstrapDays)),
      ],
      daysWith: async (name, where, having = 'COUNT(*) > 0') => {
        const day = relation(name).dayColumn;
        const inside = `${day} BETWEEN '${range.from}' AND '${range.to}'`;
        const found = await rows(
          `SELECT ${day} AS day FROM ${name} WHERE ${inside} AND (${where})
           GROUP BY ${day} HAVING ${having} ORDER BY ${day}`,
        );
        return found.map((row) => row.day as Day);
      },
    });
  } finally {
    db.closeSync();
    instance.closeSync();
  }
}
