import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { looseningsOf } from '../../shared/core/loosening.ts';
import { tablesOf } from '../../shared/core/pipeline.ts';
import { promisesOf } from '../../shared/core/promises.ts';
import { readDefinition, readPipeline } from '../../shared/edge/pipeline-file.ts';

const TINY = readFileSync('test/fixtures/tiny.yaml', 'utf8');

const GRID =
  "monitors: [{ name: grid, cron: '0 9 * * *', timeZone: UTC, judges: { what: grid } }]\n";

/** The tiny pipeline with lines in its phase `analytics`, in its table `team_games`, and in its source `raw.box`. */
function read(
  parts: Readonly<{ phase?: string; table?: string; source?: string; monitors?: string }>,
) {
  const { phase = '', table = '', source = '', monitors = GRID } = parts;
  const text = TINY.replace('  - name: analytics\n', `  - name: analytics\n${phase}`)
    .replace('      - name: analytics.team_games\n', `      - name: analytics.team_games\n${table}`)
    .replace('  - name: raw.box\n', `  - name: raw.box\n${source}`);
  return readPipeline({ file: 'tiny.yaml', text: `${text}${monitors}` }, null, () => '');
}

const NOON = { daysAfter: 1, at: '12:00' };

describe('a due time in a pipeline file', () => {
  it('is one of the day after where it is only a time, and that of its phase where a table has none', () => {
    const { pipeline } = read({
      phase: "    due: '12:00'\n    readyBy: { daysAfter: 2, at: '06:30' }\n",
      source: "    due: { at: '07:00', daysAfter: 0 }\n",
    });
    expect(tablesOf(pipeline).map(({ due }) => due)).toEqual([NOON, null]);
    expect(pipeline.phases.map(({ readyBy }) => readyBy)).toEqual([
      { daysAfter: 2, at: '06:30' },
      null,
    ]);
    expect(pipeline.sources.map(({ due }) => due)).toEqual([null, { daysAfter: 0, at: '07:00' }]);
  });

  it('stands beside how often monitors may repair a table, which is never where nothing is said', () => {
    const { pipeline } = read({
      table: '        autoRepair: { maximumDays: 3, perWeek: 2 }\n',
    });
    expect(tablesOf(pipeline).map(({ autoRepair }) => autoRepair)).toEqual([
      { maximumDays: 3, perWeek: 2 },
      null,
    ]);
    const table = '        autoRepair: { maximumDays: 3, perWeek: 2 }\n';
    expect(() => read({ table, monitors: '' })).toThrow(
      'analytics.team_games has autoRepair, and no monitor would do it',
    );
    expect(() => read({ table: '        autoRepair: { maximumDays: 3 }\n' })).toThrow('perWeek');
    expect(() => read({ table: '        autoRepair: { maximumDays: 0, perWeek: 1 }\n' })).toThrow(
      'maximumDays',
    );
  });

  it("of a table counts instead of its phase's", () => {
    const { pipeline } = read({
      phase: "    due: '12:00'\n",
      table: "        due: { at: '09:00' }\n",
    });
    expect(tablesOf(pipeline)[0]?.due).toEqual({ daysAfter: 1, at: '09:00' });
  });

  it('comes back the same from a kept definition', () => {
    const definition = read({ phase: "    due: '12:00'\n    readyBy: '14:00'\n" });
    expect(readDefinition(definition.text).pipeline).toEqual(definition.pipeline);
  });

  it('is a promise: later, or none, is less; earlier is more', () => {
    const promised = (phase: string) => promisesOf(read({ phase }).pipeline);
    const noon = promised("    due: '12:00'\n");
    const later = promised("    due: '12:01'\n");
    const nextDay = promised("    due: { daysAfter: 2, at: '12:00' }\n");
    const loosened = (before: typeof noon, after: typeof noon) =>
      looseningsOf(before, after).map(({ field }) => field);
    expect(loosened(noon, later)).toEqual(['dueTime']);
    expect(loosened(noon, nextDay)).toEqual(['dueDays']);
    expect(loosened(noon, promised(''))).toEqual(['dueDays', 'dueTime']);
    expect(loosened(later, noon)).toEqual([]);
    expect(loosened(promised(''), noon)).toEqual([]);
  });

  it.each(['12', '24:00', '7:00', '12:60', 'noon'])('of %j is refused', (at) => {
    expect(() => read({ phase: `    due: '${at}'\n` })).toThrow('due');
    expect(() => read({ source: `    due: { at: '${at}' }\n` })).toThrow('due');
  });
});
