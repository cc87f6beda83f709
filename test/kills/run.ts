/**
 * Kills the process that owns a local world at random moments, as `kill -9` does, and lets the next start finish.
 * Ends with 1 unless each run then passes, no launch is executed twice, every row of every table and verified view
 * is as without a kill, and no job is left running.
 *
 *   npm run kills                        200 kills on a tiny league
 *   npm run kills -- --demo              5 kills on the demo's league
 *   npm run kills -- --times N --seed S  N kills, other moments
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { tinyLeague, wholeLeague } from './league.ts';
import { momentsOf } from './moments.ts';
import type { Moment } from './owner.ts';
import { killStory, type Told, undisturbed } from './story.ts';

const { values: options } = parseArgs({
  options: {
    times: { type: 'string' },
    seed: { type: 'string', default: '1' },
    demo: { type: 'boolean', default: false },
  },
});

/** One waits for the disk while the other computes. */
const AT_ONCE = 2;

const wanted = Number(options.times ?? (options.demo ? 5 : 200));
if (!Number.isInteger(wanted) || wanted < 1) throw new Error(`--times ${options.times}: no count`);
const base = mkdtempSync(join(tmpdir(), 'phasegate-kills-'));
const began = performance.now();
const league = await (options.demo ? wholeLeague : tinyLeague)(join(base, 'league'));
const whole = await undisturbed(league, join(base, 'whole'));
console.log(
  `${league.name}: without a kill ${seconds(whole.milliseconds)} and ${whole.statements} statements; seed ${options.seed}`,
);

let stories = 0;
let kills = 0;
let violated = 0;
let longestOutlived = 0;
await Promise.all(Array.from({ length: AT_ONCE }, tellStories));

console.log(
  `\nKILLS ${kills} in ${stories} stories, ${violated} with a violation; a job outlived the next start by ${seconds(longestOutlived)} at most; ${seconds(performance.now() - began)}`,
);
if (violated === 0) rmSync(base, { recursive: true });
else console.log(`what the violated stories left: ${base}`);
process.exitCode = violated === 0 ? 0 : 1;

async function tellStories(): Promise<void> {
  while (kills < wanted) {
    stories += 1;
    const name = `${league.name}-${options.seed}-${stories}`;
    const moments = momentsOf(options.seed, stories, whole);
    const told = await killStory(league, join(base, name), moments, whole);
    kills += told.kills.length;
    longestOutlived = Math.max(longestOutlived, told.outlivedMs);
    if (told.violations.length > 0) violated += 1;
    for (const line of linesOf(name, told)) console.log(line);
  }
}

function linesOf(name: string, { kills: own, executions, finishMs, violations }: Told): string[] {
  const moments = own.map(
    ({ moment, launches }) => `${momentText(moment)} (${launches} jobs begun)`,
  );
  const what =
    moments.length === 0 ? 'ended before its moment' : `killed ${moments.join(', then ')}`;
  const end = violations.length === 0 ? 'ok' : 'VIOLATED';
  return [
    `${end} ${name}: ${what}; finished in ${seconds(finishMs)}, ${executions} executions`,
    ...violations.map((violation) => `    ${violation.trimEnd().replaceAll('\n', '\n    ')}`),
  ];
}

function momentText(moment: Moment): string {
  return 'statement' in moment
    ? `before statement ${moment.statement}`
    : `after ${moment.milliseconds} ms`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
