/** `ao serve health`: the question that a container engine asks, because images from nothing have no other program. */
import { EXIT, isCoaiaError } from '#base';
import { findHome, homePaths } from '#config';
import { allowConnection, createEgress } from '#egress';
import { defineCommand } from '#surface';
import { Client, credentials } from '@grpc/grpc-js';
import type { ChannelCredentials } from '@grpc/grpc-js';
import { readProject } from '../../projects/read-project.ts';
import { readTls } from '../../projects/read-tls.ts';
import type { LinkTls } from '../../projects/read-tls.ts';

/** Shorter than the limit that engines are told. */
const LIMIT_MS = 4000;

export const command = defineCommand({
  words: 'ops serve health',
  summary: 'Ask a service on this machine whether it is ready',
  description:
    'What images are asked by. Exit code 0: ready; 1: not ready, or nobody there. With `[link] tls` in the ao.toml of this folder a model host is asked over TLS, with its own certificate.',
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
        : await askGrpc(options.grpc, egressLedger, await readCertificates(cwd, env));
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

/** Those of the host that runs in the same container; without a project (AO110) there are none. */
async function readCertificates(
  cwd: string,
  env: Parameters<typeof findHome>[0]['env'],
): Promise<LinkTls> {
  try {
    return (await readTls(await readProject(cwd, { env }))) ?? {};
  } catch (error) {
    if (isCoaiaError(error) && error.code === 'AO110') return {};
    throw error;
  }
}

/** A host without a key speaks plainly. Nothing is told to it, so it need not prove who it is. */
function toCredentials({ cert, key }: LinkTls): ChannelCredentials {
  if (cert === undefined || key === undefined) return credentials.createInsecure();
  const [keyBytes, certBytes] = [Buffer.from(key), Buffer.from(cert)];
  return credentials.createSsl(null, keyBytes, certBytes, { rejectUnauthorized: false });
}

function askGrpc(port: number, ledgerPath: string, tls: LinkTls): Promise<boolean> {
  allowConnection({ offline: true, ledgerPath }, 'health', '127.0.0.1', port);
  // TLS has no names for numbers.
  const name = { 'grpc.ssl_target_name_override': 'localhost' };
  const client = new Client(`127.0.0.1:${port}`, toCredentials(tls), name);
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
