/** A host over fake runtimes, links to it, and calls past them. */
import { Client, credentials, Metadata } from '@grpc/grpc-js';
import type { Batch } from '../../tensors/tensor.ts';
import { hostFailures } from '../errors.ts';
import { openGrpcLink } from '../grpc-link.ts';
import type { GrpcLinkOptions } from '../grpc-link.ts';
import { openGrpcHost } from '../grpc-server.ts';
import type { GrpcHostOptions } from '../grpc-server.ts';
import type { ModelLink } from '../link.ts';
import { methodsOf, serviceOf } from '../protos/registry.ts';
import { openRepository } from '../repository.ts';
import { makeFakeRuntimes } from './fake-runtime.ts';
import { makeManifest } from './make-manifest.ts';

export const closing: (() => Promise<void>)[] = [];

/** After each test: ends what it opened, the newest first. */
export async function closeOpened(): Promise<void> {
  for (const close of closing.splice(0).toReversed()) await close();
}

/** A host over fake runtimes, versions 1 to 3 of `sum`. */
export async function openHost(options: Partial<GrpcHostOptions> = {}) {
  const fakes = makeFakeRuntimes();
  const manifests = [1, 2, 3].map((version) => makeManifest({ version }));
  const repository = openRepository({
    async find(model, version = '3') {
      const manifest = manifests.find((one) => String(one.version) === version);
      if (model === 'sum' && manifest !== undefined) return { manifest, folder: '/' };
      throw hostFailures.create('AO404', `There is no ${model} version ${version}.`);
    },
    list: async () => manifests.map(({ model, version }) => ({ model, version: String(version) })),
    onLine: () => {},
    isSandboxed: false,
    openRuntime: fakes.open,
  });
  const host = await openGrpcHost({ link: repository, host: '127.0.0.1', port: 0, ...options });
  closing.push(
    () => repository.close(),
    () => host.close(),
  );
  return { host, fakes, repository, manifests };
}

export function openLink(address: string, options: Partial<GrpcLinkOptions> = {}): ModelLink {
  const link = openGrpcLink({
    address,
    batch: { enabled: true, maxRows: 64, maxWaitMs: 0, maxQueue: 1000 },
    egressCheck: () => {},
    ...options,
  });
  closing.push(() => link.close());
  return link;
}

/** One row that adds up to 8. */
export const ONE: Batch = {
  rows: 1,
  columns: ['a', 'b', 'c', 'd'].map((name) => ({
    name,
    datatype: 'FP64',
    shape: [1],
    data: new Float64Array([2]),
  })),
};

export const TARGET = { model: 'sum', version: '1' };
export const ask = () => ({ requestId: 'r1', deadline: Date.now() + 5000 });

/** A call past our link: what any client sees. */
export async function call(
  address: string,
  [service, method]: readonly [string, string],
  request: object,
  metadata: Readonly<Record<string, string>> = {},
): Promise<Record<string, unknown>> {
  const found = methodsOf(serviceOf(service))[method];
  if (found === undefined) throw new Error(method);
  const client = new Client(address, credentials.createInsecure());
  const headers = new Metadata();
  for (const [name, value] of Object.entries(metadata)) headers.set(name, value);
  try {
    return await new Promise((resolve, reject) => {
      client.makeUnaryRequest(
        found.path,
        found.requestSerialize,
        found.responseDeserialize,
        request,
        headers,
        (error, value) => (error === null ? resolve(value as never) : reject(error)),
      );
    });
  } finally {
    client.close();
  }
}

export const OIP = 'inference.GRPCInferenceService';
