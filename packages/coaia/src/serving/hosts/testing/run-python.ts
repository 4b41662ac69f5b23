/** Debian's grpcio as the other side: an independent client and an independent server. */
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PYTHON } from '../../testing/fixtures.ts';
import type { Presence } from '../../testing/fixtures.ts';
import { toOlderNames } from '../protos/registry.ts';

/** grpcio and protoc. */
export function hasGrpcio(): Presence {
  const python = spawnSync(PYTHON, ['-c', 'import grpc, google.protobuf']);
  const protoc = spawnSync('protoc', ['--version']);
  if (python.status === 0 && protoc.status === 0) return { skip: false, note: '' };
  return { skip: true, note: ' (not run: python3-grpcio or protobuf-compiler is not installed)' };
}

/** Compiles .proto files of the host, reflection also by its older name; returns the path of the descriptor set. */
export function compileProtos(files: readonly string[]): string {
  const cwd = mkdtempSync(join(tmpdir(), 'coaia-protos-'));
  const out = join(cwd, 'set.bin');
  const all = files.flatMap((file) => {
    const text = readFileSync(new URL(`../protos/${file}`, import.meta.url), 'utf8');
    const older = toOlderNames(text);
    return older === text
      ? [[file, text]]
      : [
          [file, text],
          [toOlderNames(file), older],
        ];
  });
  for (const [file = '', text = ''] of all) writeFileSync(join(cwd, file), text);
  const names = all.map(([file = '']) => file);
  const made = spawnSync('protoc', ['-I.', `--descriptor_set_out=${out}`, ...names], { cwd });
  if (made.status !== 0) throw new Error(made.stderr.toString());
  return out;
}

const pathOf = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** Runs the script beside this file and returns what it printed as JSON. */
export async function runPython(file: string, args: readonly string[]): Promise<unknown> {
  const child = spawn(PYTHON, [pathOf(file), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err, code] = await Promise.all([
    readAll(child, 'stdout'),
    readAll(child, 'stderr'),
    new Promise<number | null>((resolve) => child.once('exit', resolve)),
  ]);
  if (code !== 0) throw new Error(err);
  return JSON.parse(out);
}

async function readAll(child: ChildProcess, name: 'stdout' | 'stderr'): Promise<string> {
  let text = '';
  for await (const chunk of child[name] ?? []) text += String(chunk);
  return text;
}

/** Starts the script; it prints its port first and ends when its stdin closes. */
export async function startPython(
  file: string,
  args: readonly string[],
): Promise<{ readonly address: string; readonly stop: () => Promise<void> }> {
  const child = spawn(PYTHON, [pathOf(file), ...args], { stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
    child.once('exit', () => reject(new Error(`${file} ended`)));
  });
  return {
    address: `127.0.0.1:${port}`,
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
