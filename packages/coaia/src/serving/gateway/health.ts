/** Whether predictions are possible: of the whole service and of one model. */
import type { RuntimeState } from '../runtimes/runtime.ts';
import type { Answer } from './answer.ts';
import { toJson } from './answer.ts';
import type { Handle } from './addresses.ts';
import type { Gateway } from './gateway.ts';

export interface ModelHealth {
  readonly name: string;
  readonly version: string;
  /** `unknown`: what runs the models does not answer. */
  readonly state: RuntimeState | 'unknown';
  readonly reason?: string;
  /** Absent while no worker runs, and where the link does not say. */
  readonly isSandboxed?: boolean;
  /** Loaded, or loads when it is first asked. */
  readonly isReady: boolean;
}

export interface Health {
  /** There are models, and every version that answers somebody is ready. */
  readonly isReady: boolean;
  readonly models: readonly ModelHealth[];
}

type Told = Pick<ModelHealth, 'state' | 'reason' | 'isSandboxed'>;

const SILENT: Told = { state: 'unknown', reason: 'what runs the models does not answer' };
const NOT_LOADED: Told = { state: 'unloaded' };

/** The champion of each model, and its canary. A link that does not answer leaves every model `unknown`. */
export async function readHealth(gateway: Gateway): Promise<Health> {
  const linked = await gateway.link.list().catch(() => undefined);
  const models = gateway.catalog.list().flatMap(({ name, traffic, versions }) => {
    const answering = [
      traffic.champion,
      ...(traffic.canary === undefined ? [] : [traffic.canary.version]),
    ];
    return answering.map((version): ModelHealth => {
      const found = linked?.find(
        (one) => one.model === name && (one.version ?? String(version)) === String(version),
      );
      const { state, reason, isSandboxed } =
        linked === undefined ? SILENT : (found?.health ?? NOT_LOADED);
      const isLazy = versions.get(version)?.preload === false;
      return {
        name,
        version: String(version),
        state,
        isReady: state === 'ready' || (state === 'unloaded' && isLazy),
        ...(reason === undefined ? {} : { reason }),
        ...(isSandboxed === undefined ? {} : { isSandboxed }),
      };
    });
  });
  return { isReady: models.length > 0 && models.every(({ isReady }) => isReady), models };
}

/** Whether the versions of one model that answer are ready; or that version, which may load when it is asked. */
export async function isModelReady(
  gateway: Gateway,
  name: string,
  version?: string,
): Promise<boolean> {
  if (version !== undefined) {
    const linked = await gateway.link.list().catch(() => []);
    const found = linked.find((one) => one.model === name && (one.version ?? version) === version);
    return found?.health.state === 'ready' || found?.health.state === 'unloaded';
  }
  const { models } = await readHealth(gateway);
  return models.every((one) => one.name !== name || one.isReady);
}

/**
 * `GET /health`: 200, or 503 while a model that should answer cannot. It needs no key, so a service with keys tells
 * names and reasons to nobody here.
 */
export const showHealth: Handle = async (gateway) => {
  const { isReady, models } = await readHealth(gateway);
  const status = isReady ? 'ok' : 'not ready';
  if (gateway.isLocked) return notReady(isReady, { status });
  const shown = models.map(({ isReady: _, ...model }) => model);
  return notReady(isReady, { status, models: shown });
};

/** `GET /ping`, as MLflow, SageMaker and vetiver ask. */
export const ping: Handle = async (gateway) => {
  const { isReady } = await readHealth(gateway);
  return notReady(isReady, { ping: 'pong', status: isReady ? 'online' : 'not ready' });
};

/** 200 or 503 with Retry-After. */
export function notReady(isReady: boolean, value: unknown): Answer {
  return isReady ? toJson(value) : toJson(value, 503, { 'retry-after': '1' });
}
