/** For tests of the room: commands in a home of their own, beside a stand-in for the services. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCoaia } from '#cli/testing';
import type { RunOptions, RunResult } from '#cli/testing';
import { hasProgram } from '../run-program.ts';
import { KEY, openAudioServer } from './audio-server.ts';
import type { AudioServer } from './audio-server.ts';

const { PATH } = process.env;

/** True when this machine has the program. */
export const has = (name: string): boolean => hasProgram(name, { PATH });

export interface AudioHome {
  readonly home: string;
  readonly server: AudioServer;
  /** Variables that lead to the stand-in as an OpenAI-compatible server. */
  readonly openai: Readonly<Record<string, string>>;
  readonly run: (line: string | readonly string[], options?: RunOptions) => Promise<RunResult>;
  readonly readTrace: (
    traceId: string,
    env?: Readonly<Record<string, string>>,
  ) => Promise<{ readonly observations: readonly Readonly<Record<string, unknown>>[] }>;
  close(): Promise<void>;
}

/** Opens both; commands find the programs of this machine unless they are given another PATH. */
export async function openAudioHome(): Promise<AudioHome> {
  const home = mkdtempSync(join(tmpdir(), 'coaia-audio-'));
  const server = await openAudioServer();
  const run: AudioHome['run'] = (line, options) =>
    runCoaia(line, { home, ...options, env: { PATH, ...options?.env } });
  return {
    home,
    server,
    openai: { OPENAI_BASE_URL: `${server.url}/v1`, OPENAI_API_KEY: KEY },
    run,
    async readTrace(traceId, env = {}) {
      return JSON.parse((await run(`fuse traces trace-view ${traceId} --json`, { env })).stdout);
    },
    async close() {
      await server.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
