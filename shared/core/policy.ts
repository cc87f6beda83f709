import type { Check } from './check.ts';
import type { Pipeline } from './pipeline.ts';

/** Which thresholds count: those of a range that is filled again, or those of a look at the last days. */
export const POLICIES = ['backfill', 'daily'] as const;
export type Policy = (typeof POLICIES)[number];

type Judged = Readonly<{ checks: readonly Check[]; dailyChecks?: readonly Check[] }>;

/** The pipeline with its checks as this policy has them. A check that says nothing of a policy is the same under both. */
export function pipelineUnder(pipeline: Pipeline, policy: Policy): Pipeline {
  if (policy === 'backfill') return pipeline;
  return {
    ...pipeline,
    sources: pipeline.sources.map(underDaily),
    phases: pipeline.phases.map((phase) => ({ ...phase, tables: phase.tables.map(underDaily) })),
  };
}

function underDaily<Each extends Judged>(each: Each): Each {
  return { ...each, checks: each.dailyChecks ?? each.checks };
}
