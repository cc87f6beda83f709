import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { demoLeague } from '../../shared/cli/demo/crisis.ts';
import { writeLeague } from '../../shared/league/write-league.ts';
import { measure, median } from './measure.ts';
import { secondsPerFact, storyOf } from './story.ts';

const REAL = '../shared/data/nba';
const MAX_RUN_SECONDS = 90;
const MAX_RUN_BYTES = 1.5e9;
const MAX_DEMO_SECONDS = 60;
const MAX_AGAIN_RATIO = 1;

const { values } = parseArgs({ options: { small: { type: 'boolean' }, runs: { type: 'string' } } });
const isSmall = values.small === true;
const repetitions = Number(values.runs ?? (isSmall ? 1 : 3));
const base = mkdtempSync(join(tmpdir(), 'phasegate-bench-'));

type Figure = Readonly<{ what: string; value: number; unit: string; atMost: number | null }>;
const figures: Figure[] = [];
const add = (what: string, value: number, unit: string, atMost: number | null = null) =>
  void figures.push({ what, value: Number(value.toFixed(3)), unit, atMost });

try {
  const input = rawInput();
  const first: number[] = [];
  const again: number[] = [];
  const peaks: number[] = [];
  let world = '';
  for (let n = 0; n < repetitions; n++) {
    world = join(base, `world-${n}`);
    const at = [...input.options, '--world', `local:${world}`];
    await measure(['load', input.directory, ...at]);
    const range = ['--from', input.from, '--to', input.to];
    const run = await measure(['start', ...range, ...at]);
    const whole = await measure(['start', ...range, '--mode', 'all', ...at]);
    first.push(run.seconds);
    again.push(whole.seconds);
    peaks.push(run.peakBytes, whole.peakBytes);
  }
  const isFull = !isSmall && input.isReal;
  add(`${input.what}: run`, median(first), 's', isFull ? MAX_RUN_SECONDS : null);
  add(`${input.what}: run again with --mode all`, median(again), 's');
  add('again / first', median(again) / median(first), 'x', isFull ? MAX_AGAIN_RATIO : null);
  add(
    'peak memory of all processes',
    Math.max(...peaks) / 1e6,
    'MB',
    isFull ? MAX_RUN_BYTES / 1e6 : null,
  );

  const story = await storyOf(world);
  for (const [table, seconds] of Object.entries(story.secondsByJob))
    add(`job ${table}`, seconds, 's');
  for (const [table, seconds] of Object.entries(story.secondsByGate))
    add(`gate ${table}`, seconds, 's');
  const perFact = await secondsPerFact(world);
  add(`store: ${story.facts} facts posted and folded`, story.facts * perFact, 's');

  const size = isSmall ? ['--teams', '10', '--games', '30'] : [];
  const demo = await measure(['demo', '--world', `local:${join(base, 'demo')}`, ...size]);
  add('demo', demo.seconds, 's', isSmall ? null : MAX_DEMO_SECONDS);
  add('demo: peak memory of all processes', demo.peakBytes / 1e6, 'MB');
} finally {
  rmSync(base, { recursive: true, force: true });
}

const missed = figures.filter(({ value, atMost }) => atMost !== null && !(value <= atMost));
console.log(
  JSON.stringify({
    cores: cpus().length,
    repetitions,
    figures,
    missed: missed.map(({ what }) => what),
  }),
);
for (const { what, value, unit, atMost } of figures) {
  const bound =
    atMost === null
      ? ''
      : `  (at most ${Number(atMost.toFixed(2))} ${unit}${value <= atMost ? '' : ': MISSED'})`;
  console.log(`${what.padEnd(60)} ${String(value).padStart(10)} ${unit}${bound}`);
}
process.exitCode = missed.length === 0 ? 0 : 1;

/** The real seasons where they are, otherwise the demo's generated league. */
function rawInput() {
  if (!isSmall && existsSync(REAL)) {
    const options = ['--overlay', 'test/fixtures/nba-real-overlay.yaml'];
    return {
      isReal: true,
      what: 'two real seasons',
      directory: REAL,
      options,
      from: '2021-10-19',
      to: '2023-04-09',
    };
  }
  if (!isSmall) console.warn(`${REAL} is not here: measuring the generated league, without bounds`);
  const size = isSmall ? { teams: 10, gamesPerTeam: 30 } : { teams: 30, gamesPerTeam: 82 };
  const league = demoLeague(size);
  const directory = join(base, 'raw');
  writeLeague(directory, league);
  const days = league.seasons
    .flatMap((season) => season.schedule)
    .filter((game) => game.seasonType === 'regular')
    .map((game) => game.day)
    .sort();
  return {
    isReal: false,
    what: 'generated league',
    directory,
    options: [] as string[],
    from: days[0] ?? '',
    to: days.at(-1) ?? '',
  };
}
