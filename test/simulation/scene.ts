import { createHash } from 'node:crypto';
import { PhasegateError } from '../../shared/core/errors.ts';
import type { EvidenceText, GateEvidence } from '../../shared/core/evidence.ts';
import type { RunId } from '../../shared/core/ids.ts';
import type { Pipeline } from '../../shared/core/pipeline.ts';
import type { EvidenceStore } from '../../shared/ports/evidence-store.ts';
import type { EvidenceKeeper } from '../../shared/ports/world.ts';
import type { MemoryBus } from './memory-bus.ts';
import type { MemoryRunStore } from './memory-run-store.ts';
import type { Execution, ModelJobRunner } from './model-job-runner.ts';
import type { ModelWarehouse } from './model-warehouse.ts';
import type { Plot } from './plot.ts';
import type { Shape } from './shape.ts';
import type { Story } from './story.ts';

/** What is kept of an evidence here: enough to tell what it stands for. */
export type KeptEvidence = Pick<
  GateEvidence,
  'id' | 'definition' | 'startedAt' | 'verdict' | 'trouble'
>;

/** Everything that those who check may look at. */
export type Scene = Readonly<{
  story: Story;
  plot: Plot;
  shape: Shape;
  store: MemoryRunStore;
  bus: MemoryBus;
  model: ModelWarehouse;
  jobs: ModelJobRunner;
  evidence: ReadonlyMap<string, string>;
  /** What people were told, by key. */
  told: ReadonlyMap<string, string>;
  pipelineOf: (hash: string) => Pipeline;
  /** The last write of each (table, day) by a job, on the story's clock. */
  writes: Map<string, Readonly<{ at: number; by: Execution }>>;
  /** When each table of each run last passed, and when each run last began to read. */
  passedAt: Map<string, number>;
  readingSince: Map<RunId, number>;
  /** Pages that the core asked for, by key. */
  pages: Map<string, string>;
  /** When somebody last changed data that no job of ours wrote. */
  lastForeign: { at: number };
}>;

export function evidenceInMemory(texts: Map<string, string>): EvidenceKeeper {
  const store: EvidenceStore = {
    async put(id, text) {
      const found = texts.get(id);
      if (found !== undefined && found !== text) {
        throw new PhasegateError('conflict', `another text is kept under ${id}`);
      }
      texts.set(id, text);
    },
    async get(id) {
      const text = texts.get(id);
      if (text === undefined) throw new PhasegateError('not-found', `no evidence ${id}`);
      return text;
    },
    list: async () => [...texts.keys()].sort(),
  };
  return { store, textOf, codeVersion: () => 'simulated' };
}

function textOf({ id, definition, startedAt, verdict, trouble }: GateEvidence): EvidenceText {
  const kept: KeptEvidence = { id, definition, startedAt, verdict, trouble };
  const text = JSON.stringify(kept);
  return { text, sha256: createHash('sha256').update(text).digest('hex') };
}

export function keptEvidence({ evidence }: Scene, id: string): KeptEvidence | null {
  const text = evidence.get(id);
  return text === undefined ? null : (JSON.parse(text) as KeptEvidence);
}
