import { z } from 'zod';
import { parsePercent } from '../../core/percent.ts';
import { checkDocument } from './document.ts';
import { count, identifier, percent } from './words.ts';

export const dayCoverage = checkDocument(
  'day-coverage',
  { atLeastPercent: percent },
  ({ atLeastPercent }) => ({ atLeast: parsePercent(atLeastPercent) }),
);

export const grainCoverage = checkDocument(
  'grain-coverage',
  {
    grain: z.enum(['games', 'team-games', 'teams']).describe('What the schedule is counted in'),
    game: identifier.optional().describe('The column of the game; for games and team-games'),
    team: identifier.optional().describe('The column of the team; for team-games and teams'),
    atLeastPercent: percent,
    perDayPercent: percent.optional().describe('Of each day; default: atLeastPercent'),
  },
  ({ grain, game, team, atLeastPercent, perDayPercent }) => ({
    grain,
    game: game ?? null,
    team: team ?? null,
    atLeast: parsePercent(atLeastPercent),
    perDay: parsePercent(perDayPercent ?? atLeastPercent),
  }),
);

export const distinctGames = checkDocument(
  'distinct-games',
  {
    game: identifier.describe('The column of the game'),
    atLeast: count.describe('Games over the whole range'),
  },
  ({ game, atLeast }) => ({ game, atLeast }),
);

export const unique = checkDocument(
  'unique',
  {
    columns: z.array(identifier).nonempty().optional().describe("Default: the table's key"),
  },
  ({ columns }, { key }) => ({ columns: columns ?? key }),
);
