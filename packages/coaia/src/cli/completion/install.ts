/** Where a shell looks for its completion, and the line in its start-up file where it does not look by itself. */
import { join } from 'node:path';
import { createFolder, readSmallFile, toUserHome, updateFile, writeWholeFile } from '#config';
import type { Env } from '#config';
import { cliErrors } from '../errors.ts';
import type { Shell } from './shells.ts';

export interface InstallPlan {
  /** The script. */
  readonly path: string;
  /** Start-up file and the lines it needs; none where the shell finds the script by itself. */
  readonly startUp?: { readonly path: string; readonly lines: string };
}

const BEGIN = '# coaia completion';
const END = '# end of coaia completion';

/** Where the script goes. Throws COAIA-0508 for shells that have no fixed place, and without a home folder. */
export function planInstall(shell: Shell, env: Env, home: string): InstallPlan {
  const user = toUserHome(env);
  if (user === undefined) throw noPlace(shell, 'neither HOME nor USERPROFILE is set');
  const config = env['XDG_CONFIG_HOME'] || join(user, '.config');
  const own = join(home, 'completion');
  const source = (path: string) => `[ -r '${path}' ] && . '${path}'`;
  switch (shell) {
    case 'bash': {
      const path = join(own, 'coaia.bash');
      return { path, startUp: { path: join(user, '.bashrc'), lines: source(path) } };
    }
    case 'zsh': {
      const path = join(own, '_coaia');
      const lines = `fpath=('${own}' $fpath)\n(( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }\n${source(path)}`;
      return { path, startUp: { path: join(env['ZDOTDIR'] || user, '.zshrc'), lines } };
    }
    case 'fish':
      return { path: join(config, 'fish', 'completions', 'coaia.fish') };
    case 'nushell': {
      const path = join(config, 'nushell', 'coaia.nu');
      return {
        path,
        startUp: { path: join(config, 'nushell', 'config.nu'), lines: `use '${path}' *` },
      };
    }
    case 'carapace':
      return { path: join(config, 'carapace', 'specs', 'coaia.yaml') };
    case 'powershell':
      throw noPlace(shell, 'the profile of PowerShell lies elsewhere on every system');
  }
}

function noPlace(shell: Shell, why: string) {
  const hint =
    shell === 'powershell'
      ? 'coaia completion powershell >> $PROFILE'
      : `coaia completion ${shell} > FILE`;
  return cliErrors.create('COAIA-0508', `The completion cannot be installed: ${why}.`, { hint });
}

/** Writes the script and the lines; lines that are there already are replaced. */
export function install(plan: InstallPlan, script: string): void {
  createFolder(join(plan.path, '..'));
  writeWholeFile(plan.path, script);
  const { startUp } = plan;
  if (startUp === undefined) return;
  const block = `${BEGIN}\n${startUp.lines}\n${END}\n`;
  updateFile(startUp.path, () => {
    const text = readSmallFile(startUp.path) ?? '';
    const begin = text.indexOf(`${BEGIN}\n`);
    const end = text.indexOf(`${END}\n`, begin);
    if (begin !== -1 && end !== -1) {
      const next = text.slice(0, begin) + block + text.slice(end + END.length + 1);
      return next === text ? undefined : next;
    }
    return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${block}`;
  });
}
