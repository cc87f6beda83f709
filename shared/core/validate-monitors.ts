import type { Monitor } from './monitor/monitor.ts';
import type { Pipeline } from './pipeline.ts';
import { type Problem, repeated } from './problem.ts';
import { relationNamed } from './relation.ts';

/** Everything wrong with the monitors that a schema cannot see: names used twice, tables and gates that do not exist, repairs that none of them would open. */
export function monitorProblems(pipeline: Pipeline): readonly Problem[] {
  const duplicates = repeated(pipeline.monitors.map(({ name }) => name)).map((name) => ({
    path: ['monitors'],
    message: `two monitors are called ${name}`,
  }));
  const dangling = pipeline.monitors.flatMap((monitor, index) =>
    problemsOfMonitor(pipeline, monitor).map((message) => ({
      path: ['monitors', index, 'judges'],
      message: `monitor ${monitor.name}: ${message}`,
    })),
  );
  return [...duplicates, ...dangling, ...repairedByNobody(pipeline)];
}

/** Only a look at the grid opens runs. */
function repairedByNobody({ phases, monitors }: Pipeline): readonly Problem[] {
  if (monitors.some(({ judges }) => judges.what === 'grid')) return [];
  return phases.flatMap(({ tables }, phase) =>
    tables.flatMap(({ name, autoRepair }, index) => {
      if (autoRepair === null) return [];
      const message = `${name} has autoRepair, and no monitor would do it; accepted: with a monitor that judges { what: grid }`;
      return [{ path: ['phases', phase, 'tables', index, 'autoRepair'], message }];
    }),
  );
}

function problemsOfMonitor(pipeline: Pipeline, { judges }: Monitor): readonly string[] {
  if (judges.what !== 'data') return [];
  const { tables, gate } = judges;
  if (gate !== null && tables !== null) return ['has tables and a gate; accepted: one of them'];
  const gates = pipeline.gates.map(({ name }) => name);
  if (gate !== null && !gates.includes(gate)) {
    return [
      `gate ${gate} is not in the pipeline; accepted: ${gates.join(', ') || 'none is there'}`,
    ];
  }
  return (tables ?? []).flatMap((name) => {
    const relation = relationNamed(pipeline, name);
    if (relation === undefined) return [`${name} is neither a table nor a source with days`];
    return relation.checks.length === 0 ? [`${name} has no checks; add some to it`] : [];
  });
}
