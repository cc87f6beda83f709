import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readDefinitionFiles } from '../../shared/adapters/pipeline-files.ts';
import { demoLeague } from '../../shared/cli/demo/crisis.ts';
import { parseDay } from '../../shared/core/days.ts';
import { writeLeague } from '../../shared/league/write-league.ts';
import { cloudFigures } from './cloud/cloud-figures.ts';
import { coreFigures } from './core/core-figures.ts';
import { planFigures } from './core/plan-figures.ts';
import { figureLine, figureList, isMissed } from './figures.ts';
import { dailyLooks } from './gate/daily-looks.ts';
import { gateFigures } from './gate/gate-figures.ts';
import { measure, median } from './measure.ts';
import { pageFigures } from './page/page-figures.ts';
import { secondsPerFact, storyOf } from './story.ts';

const REAL = '../shared/data/nba';
const MAX_RUN_SECONDS = 90;
const MAX_RUN_BYTES = 1.5e9;
const MAX_DEMO_SECONDS = 60;
const MAX_AGAIN_RATIO = 1;

const ROWS = 9_000_000;
const SMALL_ROWS = 300_000;
const SMALL_NIGHTS = 10;

const { values } = parseArgs({
  options: {
    small: { type: 'boolean' },
    runs: { type: 'string' },
    /** Measures the gate alone, after one run. */
    gate: { type: 'boolean' },
    /** Measures runs without jobs and gates: the store, the shell and the judgements. */
    core: { type: 'boolean' },
    /** Measures the view of all tables alone: its answer, and how long it takes to make it. */
    page: { type: 'boolean' },
    /** Measures a plan alone, once its outcomes are read. */
    plan: { type: 'boolean' },
    /** Measures the functions alone: their start, and hand-overs on Google's emulators. */
    cloud: { type: 'boolean' },
  },
});
const isSmall = values.small === true;
const isGateOnly = values.gate === true;
const isPart = [isGateOnly, values.core, values.cloud, values.page, values.plan].includes(true);
const repetitions = Number(values.runs ?? (isSmall || isGateOnly ? 1 : 3));
const base = mkdtempSync(join(tmpdir(), 'phasegate-bench-'));

const figures = figureList();
const { add } = figures;

try {
  if (values.plan === true || !isPart) await planFigures(isSmall ? 5 : 25, !isSmall, figures);
  if (values.core === true || !isPart) await coreFigures({ directory: base, isSmall }, figures);
  if (values.page === true || !isPart) await pageFigures(isSmall ? 3 : 15, !isSmall, figures);
  if (values.cloud === true || !isPart) await cloudFigures({ directory: base, isSmall }, figures);
  if (isGateOnly || !isPart) await runFigures();
} finally {
  rmSync(base, { recursive: true, force: true });
}

const missed = figures.all.filter(isMissed);
console.log(
  JSON.stringify({
    cores: cpus().length,
    repetitions,
    figures: figures.all,
    missed: missed.map(({ what }) => what),
  }),
);
for (const figure of figures.all) console.log(figureLine(figure));
process.exitCode = missed.length === 0 ? 0 : 1;

async function runFigures(): Promise<void> {
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
    if (isGateOnly) continue;
    const whole = await measure(['start', ...range, '--mode', 'all', ...at]);
    first.push(run.seconds);
    again.push(whole.seconds);
    peaks.push(run.peakBytes, whole.peakBytes);
  }
  if (!isGateOnly) {
    const isFull = !isSmall && input.isReal;
    add(`${input.what}: run`, median(first), 's', { atMost: isFull ? MAX_RUN_SECONDS : null });
    add(`${input.what}: run again with --mode all`, median(again), 's');
    add('again / first', median(again) / median(first), 'x', {
      atMost: isFull ? MAX_AGAIN_RATIO : null,
    });
    add('peak memory of all processes', Math.max(...peaks) / 1e6, 'MB', {
      atMost: isFull ? MAX_RUN_BYTES / 1e6 : null,
    });

    const story = await storyOf(world);
    for (const [table, seconds] of Object.entries(story.secondsByJob))
      add(`job ${table}`, seconds, 's');
    for (const [table, seconds] of Object.entries(story.secondsByGate))
      add(`gate ${table}`, seconds, 's');
    const perFact = await secondsPerFact(world);
    add(`store: ${story.facts} facts posted and folded`, story.facts * perFact, 's');

    const size = isSmall ? ['--teams', '10', '--games', '30'] : [];
    const demo = await measure(['demo', '--world', `local:${join(base, 'demo')}`, ...size]);
    add('demo', demo.seconds, 's', { atMost: isSmall ? null : MAX_DEMO_SECONDS });
    add('demo: peak memory of all processes', demo.peakBytes / 1e6, 'MB');
  }
  const definition = readDefinitionFiles({ pipeline: 'nba', ...input.definition });
  const { pipeline } = definition;
  const warehouseFile = join(world, 'warehouse.duckdb');
  await gateFigures(
    {
      warehouseFile,
      directory: base,
      pipeline,
      from: parseDay(input.from),
      to: parseDay(input.to),
      rows: isSmall ? SMALL_ROWS : ROWS,
      portRounds: isSmall ? 1 : 5,
      engineRounds: isSmall ? 3 : 9,
      isBounded: !isSmall,
    },
    figures,
  );
  const range = { from: parseDay(input.from), to: parseDay(input.to) };
  const looks = { warehouseFile, directory: base, definition, ...range };
  await dailyLooks(looks, isSmall ? SMALL_NIGHTS : null, figures);
}

/** The real seasons where they are, otherwise the demo's generated league. */
function rawInput() {
  if (!isSmall && existsSync(REAL)) {
    const overlay = 'test/fixtures/nba-real-overlay.yaml';
    return {
      isReal: true,
      what: 'two real seasons',
      directory: REAL,
      options: ['--overlay', overlay],
      definition: { overlay },
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
    options: [],
    definition: {},
    from: days[0] ?? '',
    to: days.at(-1) ?? '',
  };
}
