/** Folders whose environment a shell may load by itself: only those that the user named. */
import { realpathSync } from 'node:fs';
import { homePaths, readJsonFile, updateFile } from '#config';

/** The folder without links: a link must not lend its trust. */
function toFolder(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** True when the user has named exactly this folder. */
export function isTrustedFolder(home: string, folder: string): boolean {
  return readJsonFile(homePaths(home).trust)?.[toFolder(folder)] !== undefined;
}

/** Names a folder, or takes its name back. */
export function trustFolder(home: string, folder: string, isTrusted: boolean): string {
  const path = homePaths(home).trust;
  const name = toFolder(folder);
  updateFile(path, () => {
    const others = Object.entries(readJsonFile(path) ?? {}).filter(([key]) => key !== name);
    const all = isTrusted ? [...others, [name, new Date().toISOString()]] : others;
    return `${JSON.stringify(Object.fromEntries(all), null, 2)}\n`;
  });
  return name;
}

/**
 * Variables that decide which programs run or what is loaded into them. A file that changes with a `git pull` must
 * not set them by itself; `env source` still does.
 */
const LOADERS =
  /^(?:PATH|IFS|ENV|BASH_ENV|BASHOPTS|SHELLOPTS|PS[0-4]|PROMPT_COMMAND|CDPATH|FPATH|ZDOTDIR|HOME|SHELL|EDITOR|VISUAL|PAGER|LD_.*|DYLD_.*|GIT_.*|SSH_.*|NODE_OPTIONS|NODE_PATH|PYTHON.*|PERL.*|RUBY.*|JAVA_TOOL_OPTIONS|COAIA_HOME|COAIA_ENV_.*|COAIA_OFFLINE|https?_proxy|HTTPS?_PROXY|ALL_PROXY|NODE_EXTRA_CA_CERTS|NODE_TLS_REJECT_UNAUTHORIZED|SSL_CERT_.*)$/;

/** True for variables that are never loaded by themselves. */
export function isLoader(name: string): boolean {
  return LOADERS.test(name);
}
