import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readDefinitionFiles } from '../../shared/adapters/pipeline-files.ts';
import type { Day } from '../../shared/core/days.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import type { Monitor } from '../../shared/core/monitor/monitor.ts';
import type { Definition } from '../../shared/core/pipeline.ts';
import { readPipeline } from '../../shared/edge/pipeline-file.ts';

const FILE = resolve(import.meta.dirname, 'season.yaml');

/** The season's tables, watched by the monitors of the NBA pipeline as its file has them. */
export function seasonDefinition(season: number, start: Day): Definition {
  const text = readFileSync(FILE, 'utf8');
  const { pipeline, ...rest } = readPipeline({ file: FILE, text }, null, () => '');
  const calendar = { ...pipeline.calendar, seasonStarts: [{ season, start }] };
  const monitors = readDefinitionFiles({ pipeline: 'nba' }).pipeline.monitors.map(onSeason);
  return { ...rest, pipeline: { ...pipeline, calendar, monitors } };
}

/** Where a monitor names raw tables of the NBA pipeline, it looks at the season's one. */
function onSeason(monitor: Monitor): Monitor {
  const { judges } = monitor;
  if (judges.what !== 'data' || judges.tables === null) return monitor;
  return { ...monitor, judges: { ...judges, tables: [parseTableName('raw.box')] } };
}
