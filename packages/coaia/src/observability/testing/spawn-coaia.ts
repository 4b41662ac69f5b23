/** The program as a real process, with itself on the PATH so that scripts can call `coaia`. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RUN_ENV } from '../../base/testing.ts';

const BIN = fileURLToPath(new URL('../../../bin/coaia.ts', import.meta.url));

export interface SpawnHome {
  /** Working folder and home. */
  readonly home: string;
  /** The store's folder. */
  readonly coaiaHome: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface SpawnResult {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** An empty home whose PATH has a `coaia`; `extra` is added to the environment. */
export function openSpawnHome(extra: Readonly<Record<string, string>> = {}): SpawnHome {
  const home = mkdtempSync(join(tmpdir(), 'coaia-spawn-'));
  const launcher = join(home, 'coaia');
  writeFileSync(launcher, `#!/bin/sh\nexec '${process.execPath}' '${BIN}' "$@"\n`);
  chmodSync(launcher, 0o755);
  const coaiaHome = join(home, '.coaia');
  const env = {
    ...RUN_ENV,
    PATH: `${home}:${process.env['PATH'] ?? ''}`,
    HOME: home,
    COAIA_HOME: coaiaHome,
    ...extra,
  };
  return { home, coaiaHome, env };
}

/** Starts `coaia` with these words. */
export function startCoaia({ home, env }: SpawnHome, words: readonly string[]): ChildProcess {
  return spawn(join(home, 'coaia'), words, { cwd: home, env, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Waits for a started process and collects what it wrote. */
export function readResult(child: ChildProcess): Promise<SpawnResult> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
  return new Promise((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

/** Runs to the end. */
export function spawnCoaia(home: SpawnHome, words: readonly string[]): Promise<SpawnResult> {
  return readResult(startCoaia(home, words));
}
