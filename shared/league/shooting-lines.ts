import { POINTS, type Spot, type Try } from './offence.ts';
import { emptyLine, type OpenLine, type Stat } from './stat-line.ts';

/** Shooting and points of each player of the lineup; everything else is 0. */
export function shootingLines(lineup: readonly Spot[], tries: readonly Try[]): OpenLine[] {
  const lines = lineup.map(emptyLine);
  for (const { shooter, kind, made } of tries) {
    const line = lines[shooter]!;
    const count = (attempted: Stat, scored: Stat) => {
      line[attempted] += 1;
      if (made) line[scored] += 1;
    };
    if (kind === 'free') count('ft_attempted', 'ft_made');
    else count('fg_attempted', 'fg_made');
    if (kind === 'three') count('three_pt_attempted', 'three_pt_made');
    if (made) line.points += POINTS[kind];
  }
  return lines;
}
