/** What the checks are run against: a stub that records, and a server of our own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCoaia } from '../../packages/coaia/src/cli/testing.ts';
import type { RunOptions, RunResult } from '../../packages/coaia/src/cli/testing.ts';
import { openLangfuseStub } from '../../packages/coaia/src/observability/testing/langfuse-stub.ts';
import type { LangfuseStub } from '../../packages/coaia/src/observability/testing/langfuse-stub.ts';
import { openApiServer } from '../contract/api-server.ts';
import type { ApiServer } from '../contract/api-server.ts';

export type Run = (words: readonly string[], options?: RunOptions) => Promise<RunResult>;

interface Target {
  /** Home and working folder of the commands. */
  readonly home: string;
  /** Variables that lead there. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs `coaia fuse` with these words. */
  readonly run: Run;
  readonly close: () => Promise<void>;
}

function toTarget(env: Readonly<Record<string, string>>, close: () => Promise<void>): Target {
  const home = mkdtempSync(join(tmpdir(), 'coaia-acceptance-'));
  return {
    home,
    env,
    run: (words, options = {}) =>
      runCoaia(['fuse', ...words], { home, ...options, env: { ...env, ...options.env } }),
    async close() {
      await close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** `answer` may replace the usual answer of a call. */
export async function openStubTarget(
  answer?: Parameters<typeof openLangfuseStub>[0],
): Promise<Target & { readonly stub: LangfuseStub }> {
  const stub = await openLangfuseStub(answer);
  return { ...toTarget(stub.env, () => stub.close()), stub };
}

export async function openServerTarget(): Promise<
  Target & {
    readonly server: ApiServer;
    /** Body of a GET below /api/public. */
    // oxlint-disable-next-line typescript/no-explicit-any -- its form is what the checks look at
    readonly read: (path: string) => Promise<any>;
  }
> {
  const server = await openApiServer();
  const env = {
    LANGFUSE_HOST: server.url,
    LANGFUSE_PUBLIC_KEY: server.publicKey,
    LANGFUSE_SECRET_KEY: server.secretKey,
  };
  return {
    ...toTarget(env, () => server.stop()),
    server,
    read: async (path) => (await server.read(path)).body,
  };
}
