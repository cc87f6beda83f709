import { isKind } from '../core/errors.ts';
import type { LineagePlace } from '../core/lineage/lineage-event.ts';
import type { Definition } from '../core/pipeline.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { Scheduler } from '../ports/scheduler.ts';
import type { World } from '../ports/world.ts';

/** Who asks, and what the platform has proven of them. */
export type Caller = Readonly<{
  name: string;
  mayRead: boolean;
  /** Jobs: claim a launch, read a definition. */
  mayClaim: boolean;
  mayWrite: boolean;
}>;

export type ApiRequest = Readonly<{ method: string; path: string; body: string; caller: Caller }>;
export type ApiAnswer = Readonly<{ status: number; body: unknown }>;

/** What it takes to answer people, beside what it takes to answer jobs. */
export type PeoplesPlace = Pick<World, 'warehouse' | 'now'> &
  Readonly<{
    evidence: Pick<EvidenceStore, 'get'>;
    scheduler: Scheduler;
    lineage: LineagePlace;
    /** What a run is started with here. */
    definitionNow: () => Definition;
  }>;

/** `people` is null where only jobs are answered. */
export type ApiPlace = Pick<World, 'runs' | 'bus' | 'pipelineOf'> &
  Readonly<{ people: PeoplesPlace | null }>;

type Answer<Place> = (
  place: Place,
  names: readonly string[],
  request: ApiRequest,
) => Promise<ApiAnswer>;

export type Route = Readonly<{
  method: 'GET' | 'POST';
  path: RegExp;
  right: 'mayRead' | 'mayClaim' | 'mayWrite';
  answer: Answer<ApiPlace>;
}>;

/** Answers only where people are answered. */
export function forPeople(answer: Answer<ApiPlace & PeoplesPlace>): Answer<ApiPlace> {
  return async (place, names, request) =>
    place.people === null
      ? refusal(404, 'people are not answered here')
      : answer({ ...place, ...place.people }, names, request);
}

export const ok = (body: unknown): ApiAnswer => ({ status: 200, body });

const STATUS: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  405: 'UNIMPLEMENTED',
  409: 'ABORTED',
  503: 'UNAVAILABLE',
};

/** As Google's own APIs word an error: https://cloud.google.com/apis/design/errors. */
export function refusal(code: number, message: string): ApiAnswer {
  return { status: code, body: { error: { code, message, status: STATUS[code] } } };
}

/** Trouble of ours is not the caller's: it may come again. */
export function statusOf(error: unknown): number {
  if (isKind(error, 'not-found')) return 404;
  return isKind(error, 'invalid-input') ? 400 : 503;
}
