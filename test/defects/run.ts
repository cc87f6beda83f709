/**
 * Prints which defect is caught by which check, with which verdict and days. Ends with 1 unless every
 * defect is caught in every world that holds what it needs, nothing else cries, clean data are clean, and
 * each kind of check catches a defect (unless `--only` leaves some out).
 *
 *   npm run defects                 both worlds
 *   npm run defects -- --small      the generated league only
 *   npm run defects -- --only TEXT  defects whose name holds the text
 *   npm run defects -- --json FILE  the matrix as JSON too
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { CHECK_KINDS } from '../../shared/core/checks/kinds.ts';
import { DEFECTS } from './catalog.ts';
import { type Defect, WORLDS } from './defect.ts';
import { alarmsOn } from './known-holes.ts';
import { seen, spilled } from './matrix.ts';
import { HEADER, isCaught, kindsThatCaught, linesOf, type Result } from './matrix-lines.ts';
import { type JudgeUndamaged, judgeDamaged, undamagedJudge } from './scene.ts';
import { type CleanWorld, withCleanWorld } from './worlds.ts';

const { values: options } = parseArgs({
  options: {
    small: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    json: { type: 'string' },
  },
});

/** One waits for the warehouse while the other computes. */
const AT_ONCE = 2;

const results: Result[] = [];
let alarms = 0;
for (const name of options.small ? WORLDS.slice(0, 1) : WORLDS) {
  console.error(`${name}: a clean run`);
  const done = await withCleanWorld(name, tryAll);
  if (done === null) {
    console.warn('NOT CHECKED: the real seasons are absent, so nothing is proven on them');
  }
}
if (options.json !== undefined) {
  writeFileSync(options.json, `${JSON.stringify({ alarms, results }, null, 2)}\n`);
}
const caught = results.filter(isCaught).length;
const idle = options.only === '' ? idleKinds() : [];
for (const kind of idle) {
  console.log(`IDLE    no defect is caught by a FAIL or WARN of a check of kind ${kind}; add one`);
}
console.log(`\nDEFECTS caught ${caught} / tried ${results.length}, alarms on clean data ${alarms}`);
const isDone = caught === results.length && results.length > 0;
process.exitCode = isDone && alarms === 0 && idle.length === 0 ? 0 : 1;

function idleKinds(): readonly string[] {
  const busy = kindsThatCaught(results);
  return CHECK_KINDS.filter((kind) => !busy.has(kind));
}

async function tryAll(world: CleanWorld): Promise<true> {
  alarms += tellClean(world);
  const defects = DEFECTS.filter(
    ({ name, worlds }) => worlds.includes(world.name) && name.includes(options.only),
  );
  const judgeUndamaged = undamagedJudge(world);
  const own: Result[] = [];
  let done = 0;
  const left = defects.entries();
  const tryRest = async () => {
    for (const [at, defect] of left) {
      const result = await resultOf(world, defect, judgeUndamaged);
      own[at] = result;
      done += 1;
      const word = isCaught(result) ? 'caught' : 'ESCAPED';
      const place = `${world.name} ${done}/${defects.length}`;
      console.error(`${place} ${word} ${defect.name}, ${result.seconds.toFixed(1)} s`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, tryRest));
  for (const line of [...HEADER, ...own.flatMap(linesOf)]) console.log(line);
  results.push(...own);
  return true;
}

function tellClean(world: CleanWorld): number {
  const { name, clean } = world;
  const found = alarmsOn(world);
  console.log(`\n${name}: clean data, ${clean.tables.length} relations, ${found.length} alarms`);
  for (const alarm of found) console.log(`ALARM   ${alarm}`);
  return found.length;
}

async function resultOf(
  world: CleanWorld,
  { name, damage: damager }: Defect,
  judgeUndamaged: JudgeUndamaged,
): Promise<Result> {
  const begun = performance.now();
  const outcome = await judgeDamaged(world, damager, judgeUndamaged).then(
    ({ damage, judged, before }) => ({
      seen: damage.caught.map((each) => seen(each, judged, before)),
      spilled: judged instanceof Error ? [] : spilled(damage, judged, world.definition, before),
    }),
    (error: unknown) => ({ seen: [], spilled: [], trouble: String(error) }),
  );
  const seconds = (performance.now() - begun) / 1000;
  return { world: world.name, defect: name, ...outcome, seconds };
}
