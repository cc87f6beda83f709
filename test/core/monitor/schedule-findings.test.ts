import { describe, expect, it } from 'vitest';
import { pendingFinding, silentSeason } from '../../../shared/core/monitor/schedule-findings.ts';
import { day, pipelineOf, sameDay, table } from '../build.ts';

const pipeline = pipelineOf(table('a.teams', [sameDay('raw.schedule')]));
const pending = (type: string, ...days: readonly string[]) =>
  days.map((each) => ({ day: day(each), type, games: 2 }));

describe('games of past days that have no end', () => {
  it('are one finding that names their days', () => {
    const games = pending('regular', '2022-01-03', '2022-01-04', '2022-01-09');
    expect(pendingFinding(pipeline, games, 'error')).toMatchObject([
      {
        cause: 'schedule/pending',
        title: 'raw.schedule knows no end of 6 games of past days',
        days: [
          { from: '2022-01-03', to: '2022-01-04' },
          { from: '2022-01-09', to: '2022-01-09' },
        ],
      },
    ]);
  });

  it('of a season type that does not count are none', () => {
    expect(pendingFinding(pipeline, pending('all-star', '2022-02-20'), 'error')).toEqual([]);
    expect(pendingFinding(pipeline, [], 'error')).toEqual([]);
  });
});

describe('a season of which the schedule knows no game', () => {
  const seasonStarts = [
    { season: 2022, start: day('2022-10-18') },
    { season: 2021, start: day('2021-10-19') },
  ];
  const look = (reaches: string | null, to: string, games = pending('regular')) =>
    silentSeason(
      pipeline,
      { reaches: reaches === null ? null : day(reaches), seasonStarts },
      games,
      { to: day(to) },
      'error',
    ).map(({ title }) => title);

  it('is a finding two weeks after its start: an empty schedule expects nothing and looks like a rest', () => {
    expect(look('2022-04-10', '2022-11-01')).toEqual([
      'raw.schedule has no game since season 2022 began on 2022-10-18',
    ]);
    expect(look(null, '2022-11-01').length).toBe(1);
    expect(look('2022-04-10', '2022-10-31')).toEqual([]);
  });

  it('is none once it has one, ended or not, nor between two seasons', () => {
    expect(look('2022-10-18', '2022-11-01')).toEqual([]);
    expect(look('2022-04-10', '2022-11-01', pending('regular', '2022-10-30'))).toEqual([]);
    expect(look('2022-04-10', '2022-08-15')).toEqual([]);
  });
});
