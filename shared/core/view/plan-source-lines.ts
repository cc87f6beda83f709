import type { Calendar } from '../calendar.ts';
import { countDays, isEmpty } from '../day-set.ts';
import type { SourceStanding } from '../plan-sources.ts';
import { counted } from './counted.ts';
import { daySpans } from './day-spans.ts';
import { wrap } from './wrap.ts';

/** The command that brings a source its days, for any world; null where nothing of ours fills it. */
export function fillCommand({ file }: SourceStanding): string | null {
  return file === null ? null : `npx phasegate load DIR --only ${file}`;
}

/** What the sources lack, each with what fills it; nothing when they lack nothing. */
export function planSourceLines(
  sources: readonly SourceStanding[],
  calendar: Calendar,
  inPlace: (command: string) => string,
): string[] {
  return sources.flatMap((standing) => {
    const lacks = lackOf(standing, calendar);
    if (lacks === null) return [];
    const command = fillCommand(standing);
    return [
      ...wrap(`${standing.source}: ${lacks}`, '  '),
      ...(isLacking(standing) ? wrap(howFilled(standing), '    ') : []),
      ...(isLacking(standing) && command !== null ? [`    ${inPlace(command)}`] : []),
    ];
  });
}

function isLacking({ missing, filled }: SourceStanding): boolean {
  return !isEmpty(missing) || (filled.kind === 'whole' && !filled.hasRows);
}

function lackOf({ filled, missing, notDue }: SourceStanding, calendar: Calendar): string | null {
  if (filled.kind === 'whole') return filled.hasRows ? null : 'no rows at all';
  const parts = [
    ...(isEmpty(missing) ? [] : [`no row on ${daySpans(calendar, missing)}`]),
    ...(isEmpty(notDue) ? [] : [`${counted(countDays(notDue), 'day')} not due yet`]),
  ];
  return parts.length === 0 ? null : parts.join('; ');
}

function howFilled({ file, fallback }: SourceStanding): string {
  const chain =
    fallback === null
      ? 'no fallback is declared'
      : `tried in turn: ${fallback.chain.join(', ')}; when all fail: ${fallback.lastResort}`;
  return file === null ? `nothing of ours fills it; ${chain}` : `${chain}; or fill it with:`;
}
