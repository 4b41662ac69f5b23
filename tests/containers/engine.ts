/** A container engine for tests: podman with settings that work as root on machines without systemd, or docker. */
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Finished {
  readonly code: number;
  readonly output: string;
}

export interface Engine {
  readonly name: 'podman' | 'docker';
  run(args: readonly string[], seconds?: number): Promise<Finished>;
}

/**
 * Container limits that need no rights: raising them takes CAP_SYS_RESOURCE, which containers in containers lack.
 * runc and cgroupfs work where cgroups are mixed and systemd does not run.
 */
const SETTINGS = `[containers]
default_ulimits=["nofile=1024:1024","nproc=1024:1024"]
[engine]
runtime="runc"
cgroup_manager="cgroupfs"
events_logger="file"
`;

/** Rights that every container of the tests goes without. */
export const HARDENED: readonly string[] = [
  '--read-only',
  '--cap-drop=ALL',
  '--security-opt=no-new-privileges',
  '--user=65532:65532',
];

const isThere = (name: string) =>
  ['/usr/bin', '/usr/sbin', '/usr/local/bin'].some((folder) => existsSync(`${folder}/${name}`));

/** The engine, or why there is none. Everything that podman keeps lies in `folder`. */
export function openEngine(folder: string): Engine | { readonly reason: string } {
  if (process.getuid?.() !== 0) return { reason: 'containers are started as root' };
  if (isThere('podman') && isThere('runc')) return openPodman(folder);
  const isAnswering = isThere('docker') && hasDaemon();
  return isAnswering ? toEngine('docker', {}) : { reason: 'podman with runc is not installed' };
}

function hasDaemon(): boolean {
  try {
    execFileSync('docker', ['version'], { stdio: 'ignore', timeout: 10_000 });
    return true;
  } catch {
    return false;
  }
}

function openPodman(folder: string): Engine {
  mkdirSync(folder, { recursive: true });
  const [settings, storage] = [join(folder, 'containers.conf'), join(folder, 'storage.conf')];
  writeFileSync(settings, SETTINGS);
  const places = `graphroot="${join(folder, 'graph')}"\nrunroot="${join(folder, 'run')}"\n`;
  writeFileSync(storage, `[storage]\ndriver="overlay"\n${places}`);
  return toEngine('podman', {
    CONTAINERS_CONF: settings,
    CONTAINERS_STORAGE_CONF: storage,
  });
}

function toEngine(name: Engine['name'], env: Readonly<Record<string, string>>): Engine {
  const run: Engine['run'] = (args, seconds = 60) =>
    new Promise((resolve) => {
      execFile(
        name,
        [...args],
        { env: { ...process.env, ...env }, timeout: seconds * 1000, maxBuffer: 16 << 20 },
        (error, stdout, stderr) => {
          const code = typeof error?.code === 'number' ? error.code : 1;
          resolve({ code: error === null ? 0 : code, output: `${stdout}${stderr}` });
        },
      );
    });
  return { name, run };
}
