import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { deadLetters } from '../../shared/adapters/local/dead-letters.ts';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { listDead, replayDead } from '../../shared/cli/dead.ts';
import type { Output } from '../../shared/cli/output.ts';

const TOPIC = 'phasegate-start';

function listening() {
  const said: string[] = [];
  const documents: unknown[] = [];
  const output: Output = {
    line: (text) => void said.push(text),
    note: (text) => void said.push(text),
    json: (value) => void documents.push(value),
    draw: null,
    keep: () => undefined,
  };
  return { said, documents, output };
}

/** A world that nobody runs, with dead letters of these ids. */
function worldWith(...ids: readonly string[]): string {
  const directory = mkdtempSync(join(tmpdir(), 'phasegate-'));
  const db = openStateFile(join(directory, 'state.db'));
  const send = db.prepare(
    'INSERT INTO message (seq, id, topic, data, attempt, due_ms) VALUES (?, ?, ?, ?, 1, 0)',
  );
  for (const [index, id] of ids.entries()) {
    send.run(index + 1, id, TOPIC, '{"frm":1}');
    deadLetters(db).bury({ seq: index + 1, id, topic: TOPIC, data: '{"frm":1}' }, 'frm is unknown');
  }
  db.close();
  return `local:${directory}`;
}

it('a list tells each letter, and the command that sends them again in this world', () => {
  const world = worldWith('m-1', 'm-2');
  const { said, output } = listening();
  expect(listDead({ world }, output)).toBe(0);
  expect(said).toEqual(expect.arrayContaining([`m-1  ${TOPIC}`, '  why: frm is unknown']));
  expect(said.slice(-2)).toEqual([
    '2 dead letters',
    `again: npx phasegate dead replay --all --world ${world}`,
  ]);
});

it('as JSON a list has the beginning of each body', () => {
  const { documents, output } = listening();
  listDead({ world: worldWith('m-1'), json: true }, output);
  expect(documents).toMatchObject([
    { letters: [{ id: 'm-1', topic: TOPIC, reason: 'frm is unknown', body: '{"frm":1}' }] },
  ]);
});

it('letters are sent again by id, or all of them', () => {
  const world = worldWith('m-1', 'm-2', 'm-3');
  const { said, documents, output } = listening();
  expect(replayDead(['m-2', 'm-2'], { world }, output)).toBe(0);
  expect(said).toEqual([
    '1 letter sent again; no process runs this world now, the next start takes them',
  ]);
  expect(replayDead([], { world, all: true, json: true }, output)).toBe(0);
  expect(documents).toEqual([{ replayed: ['m-1', 'm-3'], isServed: false }]);
  expect(replayDead([], { world, all: true }, output)).toBe(0);
  expect(said.at(-1)).toBe('no dead letter to send again');
});

it.each<[string, string[], boolean]>([
  ['nothing is named', [], false],
  ['both ids and all are named', ['m-1'], true],
  ['an id is not known', ['m-9'], false],
])('sends nothing when %s', (_, ids, all) => {
  const world = worldWith('m-1');
  const { documents, output } = listening();
  expect(() => replayDead(ids, { world, all }, output)).toThrowError(
    expect.objectContaining({ kind: 'invalid-input' }),
  );
  listDead({ world, json: true }, output);
  expect(documents).toMatchObject([{ letters: [{ id: 'm-1' }] }]);
});

it('names the command that lists the letters where an id is not known', () => {
  const world = worldWith('m-1');
  expect(() => replayDead(['m-9'], { world }, listening().output)).toThrowError(
    `no dead letter m-9; \`npx phasegate dead list --world ${world}\` lists them`,
  );
});

it('names the command that makes a world where there is none', () => {
  const world = `local:${join(mkdtempSync(join(tmpdir(), 'phasegate-')), 'none')}`;
  expect(() => listDead({ world }, listening().output)).toThrowError(
    `npx phasegate load DIR --world ${world}`,
  );
});
