import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { copyWorld, type League, tinyLeague } from './league.ts';
import { executionsIn, type StartEnd, startOwner } from './owner.ts';
import { runsIn } from './remembered.ts';
import { type Undisturbed, undisturbed, violationsIn } from './story.ts';

const PATIENCE_MS = 240_000;
/** Between making the world's tables and the run's first job, and somewhere after that. */
const EARLY = 3;

describe('an owner of a world that is killed', () => {
  const base = mkdtempSync(join(tmpdir(), 'phasegate-kills-'));
  const directory = join(base, 'killed');
  let league: League;
  let whole: Undisturbed;
  let early: StartEnd;

  beforeAll(async () => {
    league = await tinyLeague(join(base, 'league'));
    copyWorld(league, directory);
    [whole, early] = await Promise.all([
      undisturbed(league, join(base, 'whole')),
      startOwner(league, directory, { statement: EARLY }),
    ]);
  }, PATIENCE_MS);

  it(
    'between its first statements would be told: a world in which nothing was written is no whole one',
    async () => {
      expect(early.how).toBe('killed');
      expect(executionsIn(directory)).toEqual([]);
      expect(runsIn(directory)).toBe(0);
      const copy = join(base, 'empty');
      cpSync(directory, copy, { recursive: true });
      const { violations } = await violationsIn(league, copy, early, whole, 1);
      const text = violations.join('\n');
      expect(text).toContain('the next start ended with null');
      expect(text).toMatch(/analytics\.team_games: 0 rows \S+, without a kill 40 rows/);
      expect(text).toMatch(/precompute_verified\.form: .*without a kill 32 rows/);
    },
    PATIENCE_MS,
  );

  it(
    'between its first statements, and the next one in the middle of its run, leave a world in which the next start ends as if nothing had happened',
    async () => {
      const middle = { statement: Math.round(whole.statements / 2) };
      const killed = await startOwner(league, directory, middle);
      expect(killed.how).toBe('killed');
      expect(executionsIn(directory)).not.toEqual([]);
      const end = await startOwner(league, directory, null);
      // The first of them left no run: only the second may have left one that cannot be joined.
      const { violations } = await violationsIn(league, directory, end, whole, 1);
      expect(violations).toEqual([]);
    },
    PATIENCE_MS,
  );
});
