import { join } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { openStateFile } from '../../../shared/adapters/local/sqlite-file.ts';
import { sqliteRunStore } from '../../../shared/adapters/local/sqlite-run-store.ts';
import { answerPage } from '../../../shared/adapters/pages/answer-page.ts';
import type { PagePlace } from '../../../shared/adapters/pages/page-route.ts';
import type { Figures } from '../figures.ts';
import { ratioOf, sideBySide } from '../gate/side-by-side.ts';
import { AT, chainOf, runNumbered } from './chain.ts';
import { shellOn } from './shell-on.ts';

const MANY = 1_000;
const FEW = 100;
/** What the page lists. */
const MAX_DOCUMENTS = 50;
const MAX_STATEMENTS = 1;
const MAX_OF_FEW = 1.5;

export type RunsPageBench = Readonly<{ directory: string; rounds: number; isBounded: boolean }>;

/** What it reads to list runs on the page, where there are 1,000 of them and where there are 100. */
export async function runsPageFigures(bench: RunsPageBench, figures: Figures): Promise<void> {
  const { directory, rounds, isBounded } = bench;
  const [many, few] = await Promise.all([
    placeOf(join(directory, 'many-runs.db'), MANY),
    placeOf(join(directory, 'few-runs.db'), FEW),
  ]);
  await many.show();
  const read = many.read();
  await many.show();
  const again = many.read();
  const what = `page of runs, of ${MANY}`;
  figures.add(`${what}: documents read`, again.documents - read.documents, 'documents', {
    atMost: MAX_DOCUMENTS,
  });
  figures.add(`${what}: statements`, again.statements - read.statements, 'statements', {
    atMost: MAX_STATEMENTS,
  });
  const [ofMany, ofFew] = await sideBySide(rounds, [many.show, few.show]);
  if (ofMany === undefined || ofFew === undefined) throw new Error('nothing was timed');
  const { ratio, note } = ratioOf(ofMany, ofFew);
  figures.add(what, ofMany.seconds * 1000, 'ms');
  figures.add(`${what} / of ${FEW}`, ratio, 'x', { atMost: isBounded ? MAX_OF_FEW : null, note });
  many.close();
  few.close();
}

async function placeOf(file: string, count: number) {
  const db = openStateFile(file);
  const counted = countedReads(db);
  const runs = sqliteRunStore(counted.db);
  const { pipeline } = chainOf(2);
  const shell = shellOn(runs, chainOf(2));
  for (let n = 0; n < count; n++) await shell.start(runNumbered(n));
  const definitionNow = () => ({ pipeline, text: '', hash: 'd1' });
  const place = { runs, now: () => AT, definitionNow, world: 'local' } as unknown as PagePlace;
  return {
    read: counted.read,
    close: () => db.close(),
    async show() {
      const { status } = await answerPage(place, '/runs', new URLSearchParams());
      if (status !== 200) throw new Error(`the page of runs answers ${status}`);
    },
  };
}

/** The same file, where every reading statement and every row that it gave is counted. */
function countedReads(db: DatabaseSync) {
  let statements = 0;
  let documents = 0;
  const count = <Answer>(answer: Answer): Answer => {
    statements += 1;
    documents += Array.isArray(answer) ? answer.length : answer === undefined ? 0 : 1;
    return answer;
  };
  const prepare = (sql: string): StatementSync =>
    new Proxy(db.prepare(sql), {
      get: (target, name) => {
        const member = memberOf(target, name);
        const isRead = name === 'all' || name === 'get';
        if (!isRead || typeof member !== 'function') return member;
        return (...given: unknown[]) => count(member(...given));
      },
    });
  const counting = new Proxy(db, {
    get: (target, name) => (name === 'prepare' ? prepare : memberOf(target, name)),
  });
  return { db: counting, read: () => ({ statements, documents }) };
}

/** A method that is bound to what it belongs to, or another member. */
function memberOf(target: object, name: string | symbol): unknown {
  const member: unknown = Reflect.get(target, name);
  return typeof member === 'function' ? member.bind(target) : member;
}
