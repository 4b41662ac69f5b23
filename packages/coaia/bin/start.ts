/**
 * What both programs do before anything else is loaded. Written so that a much older Node can read the built
 * file and answer with one sentence: no named imports of new functions, no new syntax.
 */
import fs from 'node:fs';
import module from 'node:module';
import { version } from '../src/base/version.ts';

/** Major version of Node the program needs: `node:sqlite` without a flag, the compile cache, `process.loadEnvFile`. */
const NEEDED = 24;

/** Folder for compiled code, in the place each system keeps caches. */
function cacheFolder(): string | undefined {
  const { env, platform } = process;
  if (env['COAIA_COMPILE_CACHE']) return env['COAIA_COMPILE_CACHE'];
  if (env['XDG_CACHE_HOME']) return `${env['XDG_CACHE_HOME']}/coaia/compiled`;
  if (platform === 'win32') return env['LOCALAPPDATA'] && `${env['LOCALAPPDATA']}/coaia/compiled`;
  const caches = platform === 'darwin' ? 'Library/Caches' : '.cache';
  return env['HOME'] && `${env['HOME']}/${caches}/coaia/compiled`;
}

/** True when the call is answered already: Node is too old (exit code 1), or only the version was asked for. */
export function isAnswered(program: string): boolean {
  const running = process.versions.node;
  if (Number(running.split('.')[0]) < NEEDED) {
    process.stderr.write(
      `${program} needs Node ${NEEDED} or newer, this is ${running}: install it from https://nodejs.org or with your version manager (nvm install ${NEEDED}).\n`,
    );
    process.exitCode = 1;
    return true;
  }
  if (process.argv.length !== 3 || !/^(?:--version|-V)$/.test(process.argv[2] || '')) return false;
  process.stdout.write(
    `${program} ${version} (node ${running}, ${process.platform}-${process.arch})\n`,
  );
  return true;
}

/**
 * Makes the folder, whatever the umask says. False when another account could put code there that we would
 * run: then the start is slower and nothing else.
 */
function isOurs(folder: string): boolean {
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (process.getuid === undefined) return true;
    const { mode, uid } = fs.statSync(folder);
    return uid === process.getuid() && (mode & 0o002) === 0;
  } catch {
    return false;
  }
}

/** Turns the compile cache on (not under CI). Programs that run long write it after a few seconds. */
export function openCompileCache(): void {
  const folder = process.env['CI'] ? undefined : cacheFolder();
  if (!folder || !isOurs(folder)) return;
  module.enableCompileCache(folder);
  setTimeout(() => module.flushCompileCache(), 5000).unref();
}
