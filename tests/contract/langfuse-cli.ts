/** Runs the official command line against a server, in an empty home. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ApiServer } from './api-server.ts';
import { RUN_ENV } from '../../packages/coaia/src/base/testing.ts';

const PROGRAM = fileURLToPath(
  new URL('../../node_modules/langfuse-cli/bin/langfuse.mjs', import.meta.url),
);

export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface LangfuseCli {
  readonly run: (words: readonly string[], secretKey?: string) => Promise<CliRun>;
  readonly close: () => void;
}

export function openLangfuseCli(
  server: Pick<ApiServer, 'url' | 'publicKey' | 'secretKey'>,
): LangfuseCli {
  const folder = mkdtempSync(join(tmpdir(), 'coaia-langfuse-cli-'));
  return {
    run(words, secretKey = server.secretKey) {
      const child = spawn(process.execPath, [PROGRAM, ...words], {
        cwd: folder,
        env: {
          ...RUN_ENV,
          PATH: process.env['PATH'],
          HOME: folder,
          LANGFUSE_BASE_URL: server.url,
          LANGFUSE_PUBLIC_KEY: server.publicKey,
          LANGFUSE_SECRET_KEY: secretKey,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let stdout = '';
      let stderr = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
      return new Promise((resolve) => {
        child.once('close', (code) => resolve({ code, stdout, stderr }));
      });
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
