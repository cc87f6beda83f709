import type { Command } from 'commander';

const RANGE = '--from 2021-10-19 --to 2023-04-09';
const RUN = 'nba-20211019-20230409-0a1b2c3d';
const TABLE = 'nba_analytics.player_game_summary';

/** At least one line to copy for each command, by its whole name. */
export const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  up: ['up', 'up --world local:.phasegate/demo --port 8080'],
  load: ['load raw', 'load raw --only raw_nbac_schedule'],
  plan: [`plan ${RANGE}`, `plan ${RANGE} --mode failed --phases analytics`],
  start: [`start ${RANGE}`, `start ${RANGE} --plan 0a1b2c3d --by ana --reason "the season"`],
  watch: ['watch', `watch ${RUN} --json`],
  status: ['status', `status ${RUN} --json`],
  gate: [
    `gate ${RANGE}`,
    `gate training-ready ${RANGE} --format md`,
    `gate ${RANGE} --table ${TABLE} --verbose`,
  ],
  explain: [`explain ${RUN}`, `explain ${RANGE} --table ${TABLE}`],
  repair: [`repair ${RUN}`],
  retry: [`retry ${RUN}`],
  pause: [`pause ${RUN}`],
  resume: [`resume ${RUN}`],
  cancel: [`cancel ${RUN} --reason "the wrong season"`],
  override: [
    `override ${RUN} ${TABLE} --by ana --reason "the league lost the file" --until 2026-12-31`,
  ],
  signoff: [`signoff ${RUN} --by ana`],
  'dead list': ['dead list'],
  'dead replay': ['dead replay 3f6c1e2a-0000-4000-8000-000000000000'],
  health: ['health', 'health daily', 'health grid --date 2022-01-31'],
  'schedules list': ['schedules list'],
  'schedules pause': [
    'schedules pause monitor-daily --by ana --reason "the league moved" --until 2026-12-01T00:00:00Z',
  ],
  'schedules resume': ['schedules resume monitor-daily'],
  'schedules run': ['schedules run monitor-daily'],
  doctor: ['doctor', 'doctor --world gcp', 'doctor --json'],
  report: [`report ${RUN}`, `report ${RUN} --format html --output report.html`],
  lineage: [`lineage ${RUN}`, `lineage ${RUN} --send`],
  lock: ['lock --check', 'lock --pipeline mine.yaml'],
  job: [`job ${TABLE}`],
  demo: ['demo', 'demo --teams 10 --games 20'],
};

/** Shows each command's examples below its options. */
export function showExamples(command: Command, parents: readonly string[] = []): void {
  for (const each of command.commands) {
    const names = [...parents, each.name()];
    const lines = EXAMPLES[names.join(' ')] ?? [];
    if (lines.length > 0) {
      const shown = lines.map((line) => `  npx phasegate ${line}`);
      each.addHelpText('after', `\nExamples:\n${shown.join('\n')}`);
    }
    showExamples(each, names);
  }
}
