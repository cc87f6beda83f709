import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { copyWorld, type League, tinyLeague } from './league.ts';
import { executionsIn, startOwner } from './owner.ts';
import { runsIn } from './remembered.ts';
import { type Undisturbed, undisturbed, violationsIn } from './story.ts';

const PATIENCE_MS = 240_000;
/** Between making the world's tables and the run's first job, and somewhere after that. */
const EARLY = 3;

describe('an owner of a world that is killed', () => {
  const base = mkdtempSync(join(tmpdir(), 'phasegate-kills-'));
  let league: League;
  let whole: Undisturbed;

  beforeAll(async () => {
    league = await tinyLeague(join(base, 'league'));
    whole = await undisturbed(league, join(base, 'whole'));
  }, PATIENCE_MS);

  it.each([
    ['between its first statements', () => EARLY],
    ['in the middle of its run', () => Math.round(whole.statements / 2)],
  ])(
    '%s leaves a world in which the next start ends as if nothing had happened',
    async (when, statement) => {
      const directory = join(base, when.replaceAll(' ', '-'));
      copyWorld(league, directory);
      const killed = await startOwner(league, directory, { statement: statement() });
      expect(killed.how).toBe('killed');
      const end = await startOwner(league, directory, null);
      const { violations } = await violationsIn(league, directory, end, whole, 1);
      expect(violations).toEqual([]);
    },
    PATIENCE_MS,
  );

  it(
    'would be told: a world in which nothing was written is no whole one',
    async () => {
      const directory = join(base, 'empty');
      copyWorld(league, directory);
      const killed = await startOwner(league, directory, { statement: EARLY });
      expect(executionsIn(directory)).toEqual([]);
      expect(runsIn(directory)).toBe(0);
      const { violations } = await violationsIn(league, directory, killed, whole, 1);
      const text = violations.join('\n');
      expect(text).toContain('the next start ended with null');
      expect(text).toMatch(/analytics\.team_games: 0 rows \S+, without a kill 40 rows/);
      expect(text).toMatch(/precompute_verified\.form: .*without a kill 32 rows/);
    },
    PATIENCE_MS,
  );
});
