/** Templates of a git repository, through the git program. Nothing of the repository is run. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { sharingFailures } from './errors.ts';
import type { Pack } from './pack.ts';
import type { SharingApi, Source } from './ports.ts';

/** How long git may take, in milliseconds. */
const TIMEOUT_MS = 120_000;

/** No hooks, no helpers of other protocols, no links, no programs of the user's settings. */
const SAFE = [
  'core.hooksPath=/dev/null',
  'core.symlinks=false',
  'core.fsmonitor=false',
  'protocol.allow=never',
  'protocol.https.allow=always',
  'protocol.ssh.allow=always',
  'protocol.file.allow=always',
  'protocol.git.allow=always',
  'submodule.recurse=false',
].flatMap((setting) => ['-c', setting]);

/** Clones into a temporary folder, reads it, and removes it. Throws COAIA-5320 and 5324. */
export async function readRepository(
  api: SharingApi,
  cwd: string,
  { text, version }: Source,
  read: (folder: string) => Promise<Pack>,
): Promise<Pack> {
  const address = toAddress(api, cwd, text);
  const folder = await mkdtemp(join(tmpdir(), 'coaia-git-'));
  try {
    const branch = version === undefined ? [] : ['--branch', version];
    const words = ['clone', '--quiet', '--depth', '1', '--no-tags', '--single-branch', ...branch];
    await runGit(api.env, [...SAFE, ...words, '--', address, join(folder, 'r')]);
    return await read(join(folder, 'r'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const PORTS: Readonly<Record<string, number | undefined>> = {
  'https:': 443,
  'ssh:': 22,
  'git:': 9418,
  'file:': 0,
};

/** No password, which would be kept in a log, and no host that reads as an option. */
function isPlain({ hostname, password }: URL): boolean {
  return password === '' && !hostname.startsWith('-');
}

/** The address for git, after asking whether its host may be reached. */
function toAddress(api: SharingApi, cwd: string, text: string): string {
  const plain = text.replace(/^git\+/, '');
  const secure = /^git@([\w.-]+):/.exec(plain);
  if (secure !== null) {
    api.allowGit(secure[1] ?? '', 22);
    return plain;
  }
  if (!/^\w+:\/\//.test(plain)) return resolve(cwd, plain);
  const url = URL.canParse(plain) ? new URL(plain) : undefined;
  const port = url === undefined || !isPlain(url) ? undefined : PORTS[url.protocol];
  if (url === undefined || port === undefined)
    throw sharingFailures.create('COAIA-5320', `${text} is no address of a repository.`, {
      hint: 'coaia pipeline install https://example.com/templates.git@v1',
    });
  if (port !== 0) api.allowGit(url.hostname, Number(url.port || port));
  return plain;
}

/** What git may see of the environment: no secret of this program. */
const SEEN = ['PATH', 'HOME', 'SSH_AUTH_SOCK', 'HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY', 'LANG'];

async function runGit(env: SharingApi['env'], words: readonly string[]): Promise<void> {
  const seen = SEEN.flatMap((name) =>
    env[name] === undefined ? [] : [[name, env[name]] as const],
  );
  const { promise, resolve: succeed, reject } = Promise.withResolvers<undefined>();
  const child = spawn('git', [...words], {
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: TIMEOUT_MS,
    env: {
      PATH: '/usr/local/bin:/usr/bin:/bin',
      ...Object.fromEntries(seen),
      GIT_TERMINAL_PROMPT: '0',
      GIT_SSH_COMMAND: 'ssh -o BatchMode=yes',
    },
  });
  let said = '';
  child.stderr.on('data', (bytes: Buffer) => {
    said = (said + bytes.toString('utf8')).slice(-2000);
  });
  child.on('error', (error) => reject(failed('git is not installed, or cannot be started', error)));
  child.on('close', (code) => {
    const last = said.trim().split('\n').at(-1) ?? '';
    if (code === 0) succeed(undefined);
    else reject(failed(`git could not get the repository: ${last.slice(0, 300)}`));
  });
  await promise;
}

function failed(message: string, cause?: unknown) {
  return sharingFailures.create('COAIA-5324', `${message}.`, { cause });
}
