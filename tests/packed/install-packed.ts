/** Packs the built program and installs it into an empty prefix, with an empty home and without a network. */
import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../../packages/coaia/dist', import.meta.url));

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Manifest {
  readonly name?: string;
  readonly scripts?: Readonly<Record<string, string>>;
}

export interface Installed {
  readonly home: string;
  readonly bin: string;
  /** What npm said while installing. */
  readonly messages: string;
  /** package.json of everything that was installed. */
  readonly manifests: readonly Manifest[];
  readonly bytes: number;
  readonly env: Readonly<Record<string, string>>;
  run(args: readonly string[], program?: string): Promise<Finished>;
  remove(): Promise<void>;
}

/** Runs a program to its end; a non-zero exit code is a result, not an error. */
export function runProgram(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Finished> {
  return new Promise((resolve) => {
    execFile(
      file,
      [...args],
      { env, timeout: 120_000, maxBuffer: 64 << 20 },
      (error, stdout, stderr) => {
        const code = typeof error?.code === 'number' ? error.code : 1;
        resolve({ code: error === null ? 0 : code, stdout, stderr });
      },
    );
  });
}

async function measure(folder: string): Promise<{ bytes: number; manifests: Manifest[] }> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  const manifests = files.filter((file) => file.endsWith('/package.json'));
  return {
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    manifests: await Promise.all(
      manifests.map(async (file) => JSON.parse(await readFile(file, 'utf8')) as Manifest),
    ),
  };
}

/** `npm pack` of the build, then `npm install --global --offline` into a fresh prefix. */
export async function installPacked(): Promise<Installed> {
  const folder = await mkdtemp(join(tmpdir(), 'coaia-packed-'));
  const home = join(folder, 'home');
  const prefix = join(folder, 'prefix');
  await Promise.all([mkdir(home), mkdir(prefix)]);
  const env = {
    HOME: home,
    PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
    NO_COLOR: '1',
  };
  const packed = await runProgram(
    'npm',
    ['pack', dist, '--pack-destination', folder, '--silent'],
    env,
  );
  if (packed.code !== 0) throw new Error(`npm pack failed: ${packed.stderr}`);
  const tarball = join(folder, packed.stdout.trim());
  const installed = await runProgram(
    'npm',
    ['install', '--global', '--offline', '--prefix', prefix, tarball],
    env,
  );
  if (installed.code !== 0) throw new Error(`npm install failed: ${installed.stderr}`);
  const bin = join(prefix, 'bin');
  return {
    home,
    bin,
    env,
    messages: installed.stdout + installed.stderr,
    ...(await measure(join(prefix, 'lib/node_modules'))),
    run: (args, program = 'coaia') => runProgram(join(bin, program), args, env),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Starts `coaia up` and waits for its address. `close` ends it as a service manager would and returns its exit code. */
export async function openServer({
  bin,
  env,
  home,
}: Installed): Promise<{ url: string; close(): Promise<number | null> }> {
  const child = spawn(join(bin, 'coaia'), ['up', '--port', '0'], {
    env,
    cwd: home,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    const listen = (line: string) => {
      said += `${line}\n`;
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
      if (found !== undefined) resolve(found);
    };
    createInterface({ input: child.stdout }).on('line', listen);
    createInterface({ input: child.stderr }).on('line', listen);
    void ended.then((code) => reject(new Error(`coaia up ended with ${code}:\n${said}`)));
  });
  return {
    url,
    close() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
