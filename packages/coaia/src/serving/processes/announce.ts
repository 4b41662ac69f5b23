/** Signs of life of a gateway, for `ao ps` and the page. */
import { hostname } from 'node:os';
import type { DeploymentModelState, DeploymentsApi, GatewayInput } from '@coaia/client';
import type { ModelLink } from '../hosts/link.ts';

/** Three missed signs and others count the gateway as lost. */
const EVERY_MS = 5000;

export interface AnnounceOptions {
  readonly deployments: Pick<DeploymentsApi, 'announceGateway'>;
  readonly link: ModelLink;
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly folder: string;
  /** Signs the calls of the workbench; undefined where no keys are asked for. */
  readonly callSecret?: string | undefined;
  /** How drift of its models is judged. */
  readonly monitor: GatewayInput['monitor'];
  /** `model/version` of everything that callers can get, loaded or not. */
  readonly listAnswering: () => ReadonlySet<string>;
  /** Called when a sign could not be given; serving goes on. */
  readonly onError: (error: unknown) => void;
}

/** Tells now and every five seconds; `stop` tells that it ended. */
export function announceLife(options: AnnounceOptions): { stop(): Promise<void> } {
  const startedAt = new Date().toISOString();
  const tell = async (state: GatewayInput['state']) => {
    try {
      const models = state === 'stopped' ? [] : await listStates(options);
      await options.deployments.announceGateway(options.id, {
        name: options.name,
        url: options.url,
        folder: options.folder,
        host: hostname(),
        processId: process.pid,
        state,
        link: options.link.kind,
        models,
        ...(options.monitor === undefined ? {} : { monitor: options.monitor }),
        ...(options.callSecret === undefined ? {} : { callSecret: options.callSecret }),
        startedAt,
      });
    } catch (error) {
      options.onError(error);
    }
  };
  void tell('ready');
  const timer = setInterval(() => void tell('ready'), EVERY_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await tell('stopped');
    },
  };
}

async function listStates({
  link,
  listAnswering,
}: AnnounceOptions): Promise<readonly DeploymentModelState[]> {
  const [linked, answering] = [await link.list(), listAnswering()];
  return linked
    .filter(
      ({ model, version = '', health }) =>
        health.state !== 'unloaded' || answering.has(`${model}/${version}`),
    )
    .map(({ model, version, health }) => {
      const { state, reason, workers, busy, queued, restarts, bytes, isSandboxed } = health;
      return {
        model,
        version: version ?? '',
        state,
        workers,
        busy,
        queued,
        restarts,
        ...(reason === undefined ? {} : { reason }),
        ...(bytes === undefined ? {} : { bytes }),
        ...(isSandboxed === undefined ? {} : { isSandboxed }),
      };
    });
}
