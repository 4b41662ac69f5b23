/** Opens an address with the program the system has for it. */
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/** Hands the address to the system; false when there is no display or no such program. Does not wait. */
export function openBrowser(url: string, env: Env, platform: string = process.platform): boolean {
  const opener = findOpener(env, platform);
  if (opener === undefined) return false;
  const [program, ...words] = opener;
  const child = spawn(program, [...words, url], {
    detached: true,
    stdio: 'ignore',
    env,
    windowsHide: true,
  });
  child.on('error', () => undefined);
  child.unref();
  return true;
}

/** The program and its first words, or undefined where nobody would see a browser. */
export function findOpener(env: Env, platform: string): readonly [string, ...string[]] | undefined {
  if (platform === 'darwin') return ['open'];
  // `start` takes its first quoted word for a window title.
  if (platform === 'win32') return ['cmd', '/c', 'start', ''];
  if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return undefined;
  return isInstalled('xdg-open', env) ? ['xdg-open'] : undefined;
}

function isInstalled(program: string, env: Env): boolean {
  return (env['PATH'] ?? '').split(delimiter).some((folder) => {
    if (folder === '') return false;
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
