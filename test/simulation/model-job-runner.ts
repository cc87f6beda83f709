import { PhasegateError } from '../../shared/core/errors.ts';
import type { LaunchId } from '../../shared/core/ids.ts';
import type { JobFinishedMessage } from '../../shared/core/messages.ts';
import type { Pipeline } from '../../shared/core/pipeline.ts';
import type { ExecutionState, Launch } from '../../shared/ports/job-runner.ts';
import { claimLaunch } from '../../shared/shell/claim-launch.ts';
import { runJob } from '../../shared/shell/run-job.ts';
import { selectTablesOf } from '../core/build.ts';
import { call } from './call.ts';
import type { MemoryBus } from './memory-bus.ts';
import type { MemoryRunStore } from './memory-run-store.ts';
import type { ModelWarehouse, Prepared } from './model-warehouse.ts';
import type { Plot } from './plot.ts';
import { type Actor, explained, meet, type Story, say, violate } from './story.ts';
import { type Twist, warehousePort } from './warehouse-port.ts';

export type Execution = {
  readonly launch: Launch;
  readonly name: string;
  state: ExecutionState;
  isCancelled: boolean;
  readonly isUnstoppable: boolean;
  readonly end: (result: JobFinishedMessage['result'], told?: boolean) => void;
};

/** What an execution does instead of its work. */
const BEHAVIOURS = [
  'fails for now',
  'fails for good',
  'is not ready',
  'has no quota',
  'hangs',
  'dies silently',
  'writes nothing',
  'leaves points out',
  'writes half the rows',
  'writes half the days',
  'is interrupted',
  'is slow',
  'ends without a word',
  'is started twice',
  'cannot be stopped',
] as const;
type Behaviour = (typeof BEHAVIOURS)[number];

/** The platform ends what runs longer. */
const TASK_TIMEOUT_MS = 120 * 60_000;
/** Longer than the core waits for an execution that was asked to stop. */
const UNSTOPPABLE_MS = 75 * 60_000;

export type JobRunnerParts = Readonly<{
  story: Story;
  /** That points are missing only warns, so that jobs leave them out more often. */
  warns: boolean;
  plot: Plot;
  store: MemoryRunStore;
  bus: MemoryBus;
  model: ModelWarehouse;
  pipelineOf: (hash: string) => Pipeline;
  /** @returns what is wrong with starting it; it counts once the execution has its fence */
  onStart: (execution: Execution) => string | null;
  /** It has the fence of its launch, and is about to work. */
  onBegin: (execution: Execution, suspicion: string | null) => void;
  onWrite: (execution: Execution, prepared: Prepared) => void;
}>;

export type ModelJobRunner = ReturnType<typeof modelJobRunner>;

/** Runs the real job function against the model; how an execution behaves is drawn from the tape. */
export function modelJobRunner(parts: JobRunnerParts) {
  const { story, warns, plot, store, bus, model, pipelineOf, onStart, onBegin, onWrite } = parts;
  const { clock, tape, rates } = story;
  const executions = new Map<LaunchId, Execution>();
  const cancelled = new Set<LaunchId>();
  const refused = new Map<LaunchId, boolean>();
  const suspicions = new Map<LaunchId, string | null>();

  /** Whoever asks, the answer is the same. */
  function neverStarts(launch: LaunchId): boolean {
    const known = refused.get(launch);
    if (known !== undefined) return known;
    const isRefused = tape.rarely(`${launch} refused`, rates.jobs / 6, 1) === 1;
    if (isRefused) meet(story, 'launch refused for good', launch);
    refused.set(launch, isRefused);
    return isRefused;
  }

  function start(launch: Launch): Execution {
    const drawn = tape.rarely(`${launch.id} behaviour`, rates.jobs, BEHAVIOURS.length);
    const leavesOut = warns && tape.rarely(`${launch.id} leaves out`, 250, 1) === 1;
    const usual = leavesOut ? 'leaves points out' : null;
    const isUnstoppable = plot.kind === 'unstoppable' && executions.size === 0;
    const behaviour = isUnstoppable
      ? 'cannot be stopped'
      : drawn === 0
        ? usual
        : BEHAVIOURS[drawn - 1]!;
    const name = `x-${executions.size + 1}`;
    let isAlive = true;
    const execution: Execution = {
      launch,
      name,
      state: 'running',
      isCancelled: false,
      isUnstoppable: behaviour === 'cannot be stopped',
      end(result, told = true) {
        isAlive = false;
        if (execution.state !== 'running') return;
        execution.state = result === 'succeeded' ? 'succeeded' : 'failed';
        say(story, `job ${launch.id} ends: ${result}${told ? '' : ', and says nothing'}`);
        if (!told) return;
        const { run, id, table, attempt } = launch;
        const retryAt = new Date(clock.now() + 120_000).toISOString();
        const late = isUnstoppable ? tape.draw('unstoppable told', 30) * 10_000 : 0;
        const tell = () =>
          bus.publish('phasegate-job-finished', {
            run,
            launch: id,
            table,
            attempt,
            result,
            message: result === 'succeeded' ? '' : `simulated: ${behaviour}`,
            ...(result === 'not-ready' || result === 'quota' ? { retryAt } : {}),
          });
        if (late === 0) tell();
        else clock.after(late, tell);
      },
    };
    const actor: Actor = {
      name: `job ${launch.table}.${launch.attempt}`,
      isAlive: () => isAlive,
      die: () => execution.end('transient', tape.rarely(`${launch.id} silence`, 500, 1) === 0),
    };
    if (behaviour !== null) meet(story, `job ${behaviour}`, launch.id);
    clock.after(5_000, () => {
      if (isAlive) behave(behaviour, execution, actor);
    });
    clock.after(TASK_TIMEOUT_MS, () => execution.end('transient'), true);
    return execution;
  }

  function behave(behaviour: Behaviour | null, execution: Execution, actor: Actor): void {
    const { end } = execution;
    switch (behaviour) {
      case 'fails for now':
        end('transient');
        return;
      case 'fails for good':
        end('permanent');
        return;
      case 'is not ready':
        end('not-ready');
        return;
      case 'has no quota':
        end('quota');
        return;
      case 'hangs':
        return;
      case 'dies silently':
        end('transient', false);
        return;
      case 'writes nothing':
        end('succeeded');
        return;
      case 'is interrupted':
        end('interrupted');
        return;
      case 'cannot be stopped':
        if (tape.draw(`${execution.launch.id} works`, 2) === 0)
          void work(execution, actor, behaviour);
        else clock.after(UNSTOPPABLE_MS, () => end('transient'));
        return;
      case 'is slow':
        clock.after(6 * 60_000, () => void work(execution, actor, behaviour));
        return;
      case 'is started twice':
        void work(
          { ...execution, name: `${execution.name}-again`, end: () => undefined },
          actor,
          null,
        );
        void work(execution, actor, behaviour);
        return;
      default:
        void work(execution, actor, behaviour);
    }
  }

  async function work(execution: Execution, actor: Actor, behaviour: Behaviour | null) {
    const { launch, name } = execution;
    const tables = selectTablesOf(pipelineOf(launch.definition));
    const table = tables.find(({ name }) => name === launch.table);
    if (table === undefined) throw new Error(`no table ${launch.table}`);
    let chunks = 0;
    const warehouse = warehousePort(story, actor, model, {
      launch: launch.id,
      twist: twistOf(behaviour),
      onAttempt: () => {
        if (store.claimOf(launch.id) !== name) {
          violate(story, '3', `${name} writes for ${launch.id}, and has not its fence`);
        }
      },
      onWrite: (prepared) => {
        onWrite(execution, prepared);
        chunks += 1;
        if (behaviour === 'writes half the days' && chunks === 1) actor.die();
      },
    });
    const place = { runs: store, pipelineOf: async (hash: string) => pipelineOf(hash) };
    let hasBegun = false;
    const claim = async () => {
      const holder = await claimLaunch(place, launch.id, name);
      if (holder === name && !hasBegun) onBegin(execution, suspicions.get(launch.id) ?? null);
      hasBegun = true;
      return holder;
    };
    let pause = behaviour === 'cannot be stopped' ? UNSTOPPABLE_MS : 0;
    const fence = async () => {
      const holder = await call(story, actor, 'claim', claim);
      if (pause > 0) await new Promise<void>((resolve) => clock.after(pause, resolve));
      pause = 0;
      return holder === name;
    };
    const job = { run: launch.run, launch: launch.id, table, days: launch.days };
    const now = () => new Date(clock.now()).toISOString();
    try {
      const ended: unknown = await runJob(warehouse, job, now, () => undefined, fence);
      execution.end(
        ended === 'fenced' ? 'interrupted' : 'succeeded',
        behaviour !== 'ends without a word',
      );
    } catch (error) {
      explained(story, error, `job ${launch.id}`);
      execution.end('transient');
    }
  }

  return {
    async launch(launch: Launch) {
      const found = executions.get(launch.id);
      if (found !== undefined) return { execution: found.name };
      if (cancelled.has(launch.id)) {
        throw new PhasegateError('conflict', `launch ${launch.id} was cancelled`);
      }
      if (neverStarts(launch.id)) {
        throw new PhasegateError('invalid-input', 'simulated: this can never start');
      }
      const execution = start(launch);
      executions.set(launch.id, execution);
      suspicions.set(launch.id, onStart(execution));
      say(story, `job ${launch.id} starts`);
      return { execution: execution.name };
    },

    stateOf: async (launch: LaunchId): Promise<ExecutionState> =>
      executions.get(launch)?.state ?? 'unknown',

    async cancel(launch: LaunchId): Promise<ExecutionState> {
      cancelled.add(launch);
      const execution = executions.get(launch);
      if (execution === undefined) return 'unknown';
      if (execution.state === 'running' && !execution.isCancelled) {
        execution.isCancelled = true;
        const finishes =
          execution.isUnstoppable || tape.rarely(`${launch} finishes`, rates.jobs * 3, 1) === 1;
        if (finishes) meet(story, 'job finishes though cancelled', launch);
        else clock.after(4_000, () => execution.end('cancelled'));
      }
      return execution.state;
    },

    running: async (): Promise<readonly LaunchId[]> =>
      [...executions].filter(([, { state }]) => state === 'running').map(([launch]) => launch),

    /** What there is, without asking: for those who check. */
    all: () => [...executions.values()],
    has: (launch: LaunchId) => executions.has(launch),
  };
}

function twistOf(behaviour: Behaviour | null): Twist {
  switch (behaviour) {
    case 'leaves points out':
      return (wanted) => ({ ...wanted, nulls: wanted.rows, content: `${wanted.content}-unfilled` });
    case 'writes half the rows':
      return (wanted) => ({
        ...wanted,
        rows: Math.ceil(wanted.rows / 2),
        nulls: Math.ceil(wanted.nulls / 2),
        content: `${wanted.content}-half`,
      });
    default:
      return (wanted) => wanted;
  }
}
