import type { Day } from '../../shared/core/days.ts';
import type { TableName } from '../../shared/core/ids.ts';
import { sourceDay } from './contents.ts';
import type { Committed } from './memory-run-store.ts';
import { pipelineTables } from './model-warehouse.ts';
import { hold } from './plot.ts';
import type { Scene } from './scene.ts';
import { BOX } from './shape.ts';
import { meet } from './story.ts';
import { momentOf } from './tape.ts';

const DEEDS = [
  'empties a column',
  'deletes a day',
  'rewrites a day',
  'rewrites a source day',
  'deletes a source day',
] as const;
type Deed = (typeof DEEDS)[number];

const NOTHING = { rows: 0, nulls: 0, content: '' };

/** Somebody else writes the tables and the source, at any time. */
export function foreignersWrite(scene: Scene): void {
  const { story, shape, model } = scene;
  const { clock, tape, rates } = story;
  if (rates.foreign === 0) return;
  const lateDay = shape.gameDays[tape.draw('late day', shape.gameDays.length)]!;
  if (tape.draw('is late', 3) === 1) {
    meet(story, 'foreign source day is late', lateDay);
    model.put(BOX, lateDay, NOTHING, null);
    clock.after(momentOf(tape, 'late'), () =>
      write(scene, () => model.put(BOX, lateDay, sourceDay(BOX, lateDay, 0), null)),
    );
  }
  const deeds = 1 + tape.draw('deeds', 2);
  for (let count = 0; count < deeds; count++) {
    const deed = DEEDS[tape.draw('deed', DEEDS.length)]!;
    const day = shape.gameDays[tape.draw('deed day', shape.gameDays.length)]!;
    const tables = pipelineTables(shape.definitions[0].pipeline);
    const table = tables[tape.draw('deed table', tables.length)]!;
    clock.after(momentOf(tape, 'deed'), () => act(scene, deed, table, day, count + 1));
  }
}

/** Just after a table has passed, somebody changes it: before anything has read it. */
export function foreignersReact(scene: Scene, { before, after }: Committed): void {
  const { story, shape, plot } = scene;
  const { tape, rates, clock } = story;
  if (rates.foreign + rates.plot === 0) return;
  for (const [key, { tag }] of Object.entries(after.tables)) {
    const table = key as TableName;
    if (tag !== 'passed' || before?.tables[table]?.tag === tag) continue;
    const isPlotted = plot.kind === 'changed' && !plot.isOvertaken;
    const reaction = tape.rarely('change', isPlotted ? 700 : 120, 3);
    if (reaction === 0) continue;
    if (plot.kind === 'changed') hold(story, plot);
    const day = shape.gameDays[tape.draw('change day', shape.gameDays.length)]!;
    clock.after(tape.draw('change pause', isPlotted ? 3 : 5) * 2, () =>
      act(scene, DEEDS[reaction - 1]!, table, day, 5),
    );
  }
}

function act(scene: Scene, deed: Deed, table: TableName, day: Day, edition: number): void {
  const { story, model } = scene;
  const isOfSource = deed === 'rewrites a source day' || deed === 'deletes a source day';
  const before = model.data.of(table).get(day);
  if (story.tape.isCalm() || (before === undefined && !isOfSource)) return;
  meet(story, `foreign ${deed}`, `${isOfSource ? BOX : table} ${day}`);
  write(scene, () => {
    switch (deed) {
      case 'rewrites a source day':
        return model.put(BOX, day, sourceDay(BOX, day, edition), null);
      case 'deletes a source day':
        return model.put(BOX, day, NOTHING, null);
      case 'deletes a day':
        return model.put(table, day, NOTHING, null);
      case 'empties a column':
        return model.put(table, day, { rows: 2, nulls: 2, content: 'emptied' }, null);
      case 'rewrites a day': {
        const content = `foreign-${before?.content}`;
        return model.put(table, day, { rows: 2, nulls: 0, content }, null);
      }
    }
  });
}

/** The source has all its days again. */
export function mendSource(scene: Scene): void {
  const { shape, model } = scene;
  for (const day of shape.gameDays) {
    if ((model.data.of(BOX).get(day)?.rows ?? 0) > 0) continue;
    write(scene, () => model.put(BOX, day, sourceDay(BOX, day, 9), null));
  }
}

function write({ lastForeign, story }: Scene, put: () => void): void {
  put();
  lastForeign.at = story.clock.now();
}
