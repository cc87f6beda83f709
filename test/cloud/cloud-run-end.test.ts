import { expect, it } from 'vitest';
import { endOfExecution } from '../../shared/adapters/gcp/cloud-run-end.ts';
import type { Execution, TaskEnd } from '../../shared/adapters/gcp/cloud-run-execution.ts';

const execution: Execution = {
  job: 'j',
  name: 'j-x',
  createdAt: 0,
  isOver: true,
  hasSucceeded: false,
  isCancelled: false,
  taskCount: 1,
  environment: {},
  logs: '',
};
const well: TaskEnd = { hasSucceeded: true, exitCode: 0, isTimedOut: false };
const exited = (exitCode: number): TaskEnd => ({ ...well, hasSucceeded: false, exitCode });
const late = (exitCode: number): TaskEnd => ({ ...exited(exitCode), isTimedOut: true });
const resultOf = (tasks: readonly TaskEnd[], wasAsked = false, more: Partial<Execution> = {}) =>
  endOfExecution({ ...execution, ...more }, tasks, wasAsked).result;

it('a task that ran out of time may be tried again, whatever it exits with', () => {
  expect([late(143), late(1), late(75), late(0)].map((task) => resultOf([task]))).toEqual(
    Array(4).fill('transient'),
  );
});

it('a task that the platform ended, or that never began, may be tried again', () => {
  expect([resultOf([exited(0)]), resultOf([])]).toEqual(['transient', 'transient']);
});

it('a launch that was asked to stop is cancelled, even if Cloud Run says nothing of that', () => {
  expect(resultOf([exited(1)], true)).toBe('cancelled');
  expect(resultOf([exited(143)], false, { isCancelled: true })).toBe('cancelled');
});

it('work that was done by then is done, cancelled or not', () => {
  expect(resultOf([well], true, { isCancelled: true })).toBe('succeeded');
  expect(resultOf([], true, { hasSucceeded: true })).toBe('succeeded');
});

it('work of which a task is not known is not done', () => {
  expect(resultOf([well], false, { taskCount: 2 })).toBe('transient');
  expect(resultOf([well, exited(130)], false, { taskCount: 2 })).toBe('interrupted');
});

it('an execution of which one task failed by itself did not lose its launch', () => {
  const of = (...tasks: TaskEnd[]) =>
    endOfExecution({ ...execution, taskCount: tasks.length }, tasks, false).mayHaveLost;
  expect([of(exited(130), exited(130)), of(exited(130), exited(3)), of()]).toEqual([
    true,
    false,
    false,
  ]);
});
