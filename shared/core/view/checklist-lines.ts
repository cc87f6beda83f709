import type { Checklist, ChecklistTable } from '../checklist.ts';
import { formatDaySet } from '../day-set.ts';
import { weigh } from '../verdict.ts';
import { spanTexts } from './day-spans.ts';
import { wrap } from './wrap.ts';

/** A checklist for people, at most 80 columns wide. */
export function checklistLines({ state, tables, waivers, overrides, open }: Checklist): string[] {
  const { from, to } = state.request;
  return [
    `checklist of run ${state.run}`,
    `${from}..${to}, ${state.status}, definition ${state.definition}`,
    ...tables.flatMap(tableLines),
    ...(waivers.length === 0 ? ['waivers in force: none'] : ['waivers in force:']),
    ...waivers.flatMap(({ table, check, days, who, until, reason }) =>
      wrap(
        `${table} ${check} on ${spanTexts(days).join(', ')} by ${who} until ${until}: ${reason}`,
        '  - ',
      ),
    ),
    ...(overrides.length === 0 ? ['overrides: none'] : ['overrides:']),
    ...overrides.flatMap(({ table, by, until, reason, refused }) =>
      wrap(`${table} by ${by} until ${until}: ${reason} (refused: ${refused})`, '  - '),
    ),
    ...open.flatMap((why) => wrap(why, 'open: ')),
  ];
}

/** A checklist for machines. */
export function checklistJson({ state, tables, waivers, overrides, open, seals }: Checklist) {
  const { run, status, request, definition } = state;
  return {
    ...{ run, status, request, definition },
    tables,
    waivers: waivers.map((waiver) => ({ ...waiver, days: formatDaySet(waiver.days) })),
    overrides,
    open,
    evidence: seals,
  };
}

function tableLines(listed: ChecklistTable): string[] {
  const { table, verdict, checks, evidence, override, open } = listed;
  const holding = checks.filter((check) => check.verdict === 'PASS').map(({ id }) => id);
  const others = checks.filter((check) => check.verdict !== 'PASS');
  return [
    `[${open === null ? 'x' : ' '}] ${table}: ${override === null ? verdict : 'overridden'}`,
    ...(override === null
      ? []
      : wrap(`signed by ${override.by} until ${override.until}: ${override.reason}`, '    ')),
    ...(holding.length === 0 ? [] : wrap(holding.join(', '), '    PASS ')),
    ...others.flatMap((check) =>
      wrap(`${check.id}: ${check.message}`, `    ${weigh(check.verdict, check.severity)} `),
    ),
    ...(evidence === null
      ? []
      : 'sha256' in evidence.seal
        ? [`    sha256 ${evidence.seal.sha256}`]
        : wrap(evidence.seal.trouble, '    ')),
  ];
}
