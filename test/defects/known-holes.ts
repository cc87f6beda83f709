import { bridgeForPeople } from '../../shared/core/calendar.ts';
import {
  type DaySet,
  formatDaySet,
  isEmpty,
  parseDaySet,
  subtract,
} from '../../shared/core/day-set.ts';
import { sourceNamed } from '../../shared/core/pipeline.ts';
import { type Verdict, weigh } from '../../shared/core/verdict.ts';
import type { WorldName } from './defect.ts';
import type { CleanWorld } from './worlds.ts';

/** Why some checks do not pass on clean data, and on which days that is so. */
type Hole = Readonly<{
  reason: string;
  days: DaySet;
  /** `table check`. */
  seenBy: readonly string[];
}>;

const NO_ASSISTED_SHOTS: Hole = {
  reason: 'no source says which shots were assisted, so the feature is NULL everywhere',
  days: parseDaySet('2021-10-19..2023-06-30'),
  seenBy: ['nba_predictions.ml_feature_store_v2 assisted-rate-filled'],
};

const KNOWN: Readonly<Record<WorldName, readonly Hole[]>> = {
  league: [NO_ASSISTED_SHOTS],
  seasons: [
    NO_ASSISTED_SHOTS,
    {
      reason: 'the shots of 2021-22 end in a game of 2022-01-06, and begin again with 2022-23',
      days: parseDaySet('2022-01-06..2022-04-10'),
      seenBy: [
        'nba_raw.bigdataball_play_by_play games',
        'nba_raw.bigdataball_play_by_play shots-of-boxscore',
        'nba_analytics.team_offense_game_summary shot-zones-filled',
        'nba_analytics.team_offense_game_summary shot-zones-add-up',
        'nba_analytics.team_defense_game_summary shot-zones-filled',
        'nba_analytics.team_defense_game_summary shot-zones-add-up',
        'nba_analytics.team_defense_game_summary zone-points-add-up',
        'nba_analytics.player_game_summary paint-filled',
        'nba_analytics.player_game_summary mid-range-filled',
        'nba_analytics.player_game_summary shot-zones-complete',
        'nba_precompute.team_defense_zone_analysis paint-filled',
        'nba_precompute.team_defense_zone_analysis mid-range-filled',
        'nba_precompute.player_shot_zone_analysis sample-is-recent',
        'nba_precompute.player_composite_factors mismatch-filled',
        'nba_predictions.ml_feature_store_v2 mismatch-filled',
      ],
    },
  ],
};

/**
 * What is wrong with the judgement of clean data: whatever does not pass and is no known hole, names
 * days outside of it, or none, or stops a gate; and a known hole that is no more. A source stops no gate: it may
 * FAIL where it has its hole.
 */
export function alarmsOn({ name, clean, definition, schedule }: CleanWorld): readonly string[] {
  const found = clean.tables.flatMap(({ judgement: { table, checks } }) =>
    checks
      .map((check) => ({ ...check, table, verdict: weigh(check.verdict, check.severity) }))
      .filter(({ verdict }) => verdict !== 'PASS'),
  );
  const placeOf = ({ table, id }: (typeof found)[number]) => `${table} ${id}`;
  const isKnown = (each: (typeof found)[number]) =>
    KNOWN[name].some(
      ({ days, seenBy }) =>
        seenBy.includes(placeOf(each)) &&
        mayBe(each.verdict, sourceNamed(definition.pipeline, each.table) !== undefined) &&
        !isEmpty(each.days) &&
        isEmpty(subtract(each.days, days)),
    );
  const open = found
    .filter((each) => !isKnown(each))
    .map((each) => {
      const days = formatDaySet(bridgeForPeople(schedule.calendar, each.days)).join(', ');
      return `${placeOf(each)} ${each.verdict}: ${each.message} (${days})`;
    });
  const gone = KNOWN[name]
    .flatMap(({ seenBy }) => seenBy)
    .filter((place) => !found.some((each) => placeOf(each) === place))
    .map((place) => `${place} passes: it is no known hole any more`);
  return [...open, ...gone];
}

function mayBe(verdict: Verdict, isSource: boolean): boolean {
  return verdict === 'WARN' || (verdict === 'FAIL' && isSource);
}
