import { readCaller } from '../../edge/caller-token.ts';
import { readCloudConfig } from '../../edge/cloud-config.ts';
import { readExecutionEnded } from '../../edge/execution-ended.ts';
import type { Handler, Topic } from '../../ports/bus.ts';
import { secondsSinceLastDigest } from '../../shell/digest-silence.ts';
import { readStanding } from '../../shell/read-standing.ts';
import { newWatch, reconcile } from '../../shell/reconcile.ts';
import { recordJob } from '../../shell/record-job.ts';
import { answerApi } from '../api.ts';
import { type ApiAnswer, type Caller, refusal } from '../api-route.ts';
import { cronerCrons } from '../croner-crons.ts';
import { handlersOf } from '../handlers.ts';
import { monitorHandler } from '../monitor-handler.ts';
import type { PageAnswer } from '../pages/answer-page.ts';
import { answerReader } from '../pages/answer-reader.ts';
import { readDefinitionFiles } from '../pipeline-files.ts';
import { alertHandler } from './alert-handler.ts';
import { cloudLineage } from './cloud-lineage.ts';
import { cloudMetrics } from './cloud-metrics.ts';
import { cloudNotifier } from './cloud-notifier.ts';
import { inCloudWords } from './in-cloud-words.ts';
import { cloudLog } from './log.ts';
import { cloudMonitoring } from './monitoring.ts';
import { otlpSpans } from './otlp-spans.ts';
import { pushHandler } from './push-handler.ts';
import { inRequestSpan } from './request-span.ts';
import { inSpan } from './span.ts';
import { type CloudWorld, cloudWorld } from './world.ts';

/** What the functions of one deployment do. */
export type Deployed = Readonly<{
  /** @throws what `pushHandler` throws: the message is pushed again */
  onPush(topic: Topic, event: unknown): Promise<void>;
  /** One look of the reconciler. */
  onTick(): Promise<void>;
  onRequest(request: HttpRequest): Promise<ApiAnswer>;
  /** A view of the page, to operators and readers alone. */
  onPage(request: Omit<HttpRequest, 'body'> & Readonly<{ query: string }>): Promise<PageAnswer>;
}>;

export type HttpRequest = Readonly<{
  method: string;
  path: string;
  headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  body: string;
}>;

/**
 * @param target the function that this instance serves; only `notify` has the secrets of the channels
 * @throws PhasegateError `invalid-input` listing all that is wrong with the environment
 */
export function deploy(
  environment: Readonly<Record<string, string | undefined>>,
  target: string,
): Deployed {
  const config = readCloudConfig(environment, target);
  const { project, pipeline, overlay } = config;
  const outside = cloudWorld(config);
  const log = cloudLog(project, (line) => process.stdout.write(line));
  const { place: lineage, teller } = cloudLineage(environment, config, outside, log);
  const metrics = cloudMetrics(environment, config, target, log);
  const world: CloudWorld = {
    ...outside,
    onFolded(steps) {
      teller?.onFolded(steps);
      metrics?.onFolded(steps);
    },
  };
  let definition: ReturnType<typeof readDefinitionFiles> | null = null;
  const definitionNow = () => {
    definition ??= readDefinitionFiles({ pipeline, overlay: overlay ?? undefined });
    return definition;
  };
  const notifier =
    target === 'notify'
      ? inCloudWords(
          cloudNotifier(environment, config, definitionNow().pipeline.alerts, world, log),
        )
      : world.notifier;
  const handlers = handlersOf({ ...world, notifier }, definitionNow);
  const onJobFinished: Handler = async (delivery) => {
    const ended = readExecutionEnded(delivery.data);
    if (ended === null) return handlers['phasegate-job-finished'](delivery);
    const message = await world.jobs.endOf(ended);
    if (message !== null) await recordJob(world, message);
  };
  const monitoring = cloudMonitoring(world, config, definitionNow);
  const { warehouse, now, evidence } = world;
  const { scheduler } = monitoring;
  const people = { warehouse, now, evidence: evidence.store, scheduler, lineage, definitionNow };
  const all = {
    ...handlers,
    'phasegate-job-finished': onJobFinished,
    'phasegate-monitor-due': monitorHandler(monitoring),
    'phasegate-alerts': alertHandler(notifier, log),
  };
  const { monitors } = monitoring;
  const pages = { ...world, ...people, monitors, crons: cronerCrons, world: 'gcp' };
  const callerOf = (headers: HttpRequest['headers']): Caller | null => {
    const name = readCaller(headers, Date.now());
    if (name === null) return null;
    const mayWrite = config.operators.includes(name);
    const mayClaim = mayWrite || config.jobAccounts.includes(name);
    return { name, mayWrite, mayClaim, mayRead: mayWrite || config.readers.includes(name) };
  };
  const watch = newWatch();
  const spans = otlpSpans(config, target, log);
  const sendFigures = async () => {
    const unread = (what: string, error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      log('NOTICE', 'figure-unknown', `${what}: ${why}`);
    };
    if (metrics !== null) await metrics.send(await readStanding(monitoring, unread));
  };
  return {
    onPush(topic, event) {
      const place = { bus: world.bus, environment: config.environment, log, spans };
      return pushHandler(
        place,
        topic,
        all[topic],
      )(event).finally(() => Promise.all([teller?.settled(), metrics?.send()]));
    },

    async onTick() {
      await inSpan(spans, { kind: 'server' }, async () => {
        try {
          await reconcile(world, watch);
          log('INFO', 'reconciled', 'every run was looked at');
        } finally {
          await Promise.all([teller?.settled(), sendFigures()]);
          const seconds = await secondsSinceLastDigest(monitoring);
          if (seconds !== null) {
            const figures = { seconds_since_last_digest: seconds };
            log('INFO', 'digest-age', `the last digest is ${seconds} s old`, {}, figures);
          }
        }
      });
    },

    onRequest(request) {
      return inRequestSpan(spans, request, async () => {
        const caller = callerOf(request.headers);
        if (caller === null) return refusal(401, 'who calls is not known');
        const { method, path, body } = request;
        return answerApi({ ...world, people }, { method, path, body, caller });
      });
    },

    onPage(request) {
      return inRequestSpan(spans, request, () =>
        answerReader(pages, callerOf(request.headers), request),
      );
    },
  };
}
