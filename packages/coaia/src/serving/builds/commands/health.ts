/** `ao serve health`: the question that a container engine asks, because images from nothing have no other program. */
import { EXIT } from '#base';
import { findHome, homePaths } from '#config';
import { allowConnection, createEgress } from '#egress';
import { defineCommand } from '#surface';
import { Client, credentials } from '@grpc/grpc-js';

/** Shorter than the limit that engines are told. */
const LIMIT_MS = 4000;

export const command = defineCommand({
  words: 'ops serve health',
  summary: 'Ask a service on this machine whether it is ready',
  description: 'What images are asked by. Exit code 0: ready; 1: not ready, or nobody there.',
  positionals: [],
  options: {
    http: { type: 'number', placeholder: 'PORT', summary: 'A gateway, by `/health`' },
    grpc: { type: 'number', placeholder: 'PORT', summary: 'A model host, by `grpc.health.v1`' },
  },
  examples: ['ao serve health --http 8000'],
  async run({ env, cwd }, { options }) {
    const { egressLedger } = homePaths(findHome({ cwd, env }));
    const isReady =
      options.grpc === undefined
        ? await askHttp(options.http ?? 0, egressLedger)
        : await askGrpc(options.grpc, egressLedger);
    return isReady ? EXIT.done : EXIT.failed;
  },
});

async function askHttp(port: number, ledgerPath: string): Promise<boolean> {
  const egress = createEgress({ offline: true, ledgerPath, readTimeoutMs: LIMIT_MS, env: {} });
  try {
    return (await egress.fetch('health', `http://127.0.0.1:${port}/health`)).ok;
  } catch {
    return false;
  } finally {
    egress.close();
  }
}

/** `HealthCheckResponse { status: SERVING }` as bytes: field 1, value 1. */
const SERVING = Buffer.from([8, 1]);

function askGrpc(port: number, ledgerPath: string): Promise<boolean> {
  allowConnection({ offline: true, ledgerPath }, 'health', '127.0.0.1', port);
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
  return new Promise((resolve) => {
    client.makeUnaryRequest(
      '/grpc.health.v1.Health/Check',
      (request: Buffer) => request,
      (answer) => answer,
      // The whole server: a message without its only field.
      Buffer.alloc(0),
      { deadline: Date.now() + LIMIT_MS },
      (_error, answer) => {
        client.close();
        resolve(answer?.equals(SERVING) === true);
      },
    );
  });
}
