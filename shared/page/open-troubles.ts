import { louder } from '../core/monitor/monitor.ts';
import type { MonitorState, OpenFinding } from '../core/monitor/monitor-state.ts';

/** What one monitor knows. */
export type Watching = Readonly<{ monitor: string; state: MonitorState }>;

/** One open trouble, however many monitors see it. */
export type OpenTrouble = Readonly<{
  finding: OpenFinding;
  /** Those that see it, the one that told it first. */
  monitors: readonly string[];
  /** Since when the first of them sees it. */
  since: string;
}>;

/** Everything that is open, once a cause: the loudest first, then the oldest. */
export function openTroubles(watching: readonly Watching[]): readonly OpenTrouble[] {
  const seen = watching.flatMap(({ monitor, state }) =>
    state.open.map((finding) => ({ monitor, finding })),
  );
  const troubles = [...Map.groupBy(seen, ({ finding }) => finding.cause).values()].flatMap(
    (all) => {
      const told = all.toSorted((a, b) => later(a.finding.toldAt, b.finding.toldAt));
      const [first] = told;
      if (first === undefined) return [];
      return {
        finding: { ...first.finding, severity: loudestOf(all.map(({ finding }) => finding)) },
        monitors: told.map(({ monitor }) => monitor),
        since: all.map(({ finding }) => finding.since).sort()[0] ?? first.finding.since,
      };
    },
  );
  return troubles.toSorted(
    (a, b) => loudness(a, b) || (a.since < b.since ? -1 : a.since > b.since ? 1 : 0),
  );
}

/** Where two see the same, who sees it as worse counts. */
function loudestOf(findings: readonly OpenFinding[]): OpenFinding['severity'] {
  return findings.map(({ severity }) => severity).reduce(louder);
}

/** What was told last comes first, what never was last. */
function later(a: string | null, b: string | null): number {
  return (b ?? '') < (a ?? '') ? -1 : (b ?? '') > (a ?? '') ? 1 : 0;
}

function loudness(a: OpenTrouble, b: OpenTrouble): number {
  const [one, other] = [a.finding.severity, b.finding.severity];
  if (one === other) return 0;
  return louder(one, other) === one ? -1 : 1;
}
