import { describe, expect, it } from 'vitest';
import { tableLines } from '../../../shared/core/explain/explain-lines.ts';
import { explainTable } from '../../../shared/core/explain/explain-table.ts';
import { repairableDays } from '../../../shared/core/explain/repairable-days.ts';
import { parseTableName } from '../../../shared/core/ids.ts';
import type { Pipeline, Source } from '../../../shared/core/pipeline.ts';
import { dayCoverage, games, pipelineOf, sameDay, table } from '../build.ts';
import { around, jan, judged, lacking, schedule } from './judged.ts';

const RAW = parseTableName('raw.box');
const TEAM = parseTableName('a.team');
const rawBox: Source = {
  name: RAW,
  key: ['game_date'],
  dayColumn: 'game_date',
  columns: table('a.t').columns,
  requireDayFilter: false,
  fallback: null,
  due: null,
  load: { file: 'raw_box', columns: [], select: '' },
  checks: [],
};

/** raw.box, which nobody judges → a.team → b.form, which reads nine games back. */
const pipeline = withSource(rawBox);

function withSource(source: Source): Pipeline {
  const base = pipelineOf(
    table('a.team', [sameDay('raw.box')]),
    table('b.form', [games('a.team', 9)]),
  );
  return { ...base, sources: [...base.sources, source] };
}

/** Why a.team, without rows on these days, fails where raw.box has none on those. */
function teamWithout(days: string, rawWithout: string) {
  const team = judged(pipeline, 'a.team', jan(days));
  return explainTable(around(pipeline, [team], undefined, lacking(jan(rawWithout))), team);
}

describe('a source that nobody judges and that has no row', () => {
  it('is the cause on the days that read it, and the end of the chain', () => {
    const [told] = teamWithout('3..6', '3..5').checks;
    expect(told?.chain).toMatchObject([
      { relation: RAW, check: null, days: jan('3..5'), explains: 3, of: 4, onSameDays: true },
    ]);
    expect(told?.root).toEqual({
      kind: 'source',
      relation: RAW,
      file: 'raw_box',
      days: jan('3..5'),
    });
  });

  it('is told as what it lacks, and that nobody judges it', () => {
    const text = tableLines(teamWithout('3..4', '3..4'), schedule.calendar)
      .join(' ')
      .replaceAll(/\s+/g, ' ');
    expect(text).toContain(
      'because on 2 of these 2 days raw.box has no row: 2022-01-03..2022-01-04 (2 days) nobody judges raw.box',
    );
    expect(text).toContain('raw.box is a source, loaded from raw_box');
  });

  it('is found through a window, behind the table that it left without rows', () => {
    const form = judged(pipeline, 'b.form', jan('4..10'));
    const team = judged(pipeline, 'a.team', jan('3'));
    const surroundings = around(pipeline, [team, form], undefined, lacking(jan('3')));
    const [told] = explainTable(surroundings, form).checks;
    expect(told?.chain.map(({ relation, check }) => [relation, check])).toEqual([
      [TEAM, 'days'],
      [RAW, null],
    ]);
    expect(told?.root).toMatchObject({ kind: 'source', days: jan('3') });
  });

  it('is no cause of days that do not read what it lacks', () => {
    expect(teamWithout('3..4', '7').checks[0]?.root).toMatchObject({
      kind: 'own',
      relation: TEAM,
      unpromised: [RAW],
    });
  });

  it('is no cause where more days hold without its rows than fail', () => {
    expect(teamWithout('3', '3..5').checks[0]?.root.kind).toBe('own');
  });

  it('leaves no day for a run to repair by itself', () => {
    expect(repairableDays([teamWithout('3..5', '3..5')])).toEqual({});
  });

  it('takes no day from a repair when it has rows on all days that are read', () => {
    expect(repairableDays([teamWithout('3..5', '7')])).toEqual({ [TEAM]: jan('3..5') });
  });

  it('is the cause although it is judged, when none of its checks fails there', () => {
    const patient = withSource({ ...rawBox, checks: [{ ...dayCoverage, severity: 'warn' }] });
    const team = judged(patient, 'a.team', jan('3'));
    const surroundings = around(
      patient,
      [judged(patient, 'raw.box', jan('3')), team],
      undefined,
      lacking(jan('3')),
    );
    const [told] = explainTable(surroundings, team).checks;
    expect(told?.chain).toMatchObject([
      { relation: RAW, check: null, message: 'no blocking check of raw.box fails there' },
    ]);
    expect(told?.root).toMatchObject({ kind: 'source', days: jan('3') });
  });
});
