/** System packages the tests need. Installed only on Debian, as root, when missing. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

let updated = false;

function runApt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync('apt-get', ['-qq', '-y', ...args], { env, encoding: 'utf8' });
}

/** Installs a package. Returns undefined when it worked, else one line saying why not. */
export function installPackage(name) {
  if (!existsSync('/etc/debian_version')) return `${name} is missing and this is not Debian`;
  if (process.getuid?.() !== 0) return `${name} is missing; as root: apt-get install ${name}`;
  process.stderr.write(`Installing the Debian package ${name}...\n`);
  if (!updated) runApt(['update']);
  updated = true;
  const result = runApt(['install', '--no-install-recommends', name]);
  if (result.status === 0) return undefined;
  const last = (result.stderr ?? '').trim().split('\n').at(-1);
  return `apt-get install ${name} failed: ${last}`;
}
