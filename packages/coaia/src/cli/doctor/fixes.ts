/** What doctor repairs by itself: nothing that could lose anything. */
import { chmodSync, existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createFolder, findHome, homePaths } from '#config';
import { toCachePath } from '../completion/cache.ts';
import { getIo } from '../context.ts';
import { runCli } from '../run.ts';
import { allCommands } from '../tables.ts';
import type { CheckInput, CheckResult } from './check.ts';

type Fix = (input: CheckInput) => string | undefined | Promise<string | undefined>;

function close(path: string, mode: number): string | undefined {
  if (process.platform === 'win32' || !existsSync(path) || (statSync(path).mode & 0o077) === 0)
    return undefined;
  chmodSync(path, mode);
  return `closed ${path} to others`;
}

const fixHome: Fix = ({ context: { env, cwd } }) => {
  const { home } = homePaths(findHome({ env, cwd }));
  if (existsSync(home)) return close(home, 0o700);
  createFolder(home);
  return `made ${home}`;
};

const fixModes: Fix = ({ context: { env, cwd } }) => {
  const { database, credentials, config, server } = homePaths(findHome({ env, cwd }));
  return (
    [database, credentials, config, server]
      .map((path) => close(path, 0o600))
      .filter(Boolean)
      .join('; ') || undefined
  );
};

/** Totals and indexes that can be counted again; `db check` keeps a backup when it has to. */
const fixContent: Fix = async ({ context }) => {
  const io = { ...getIo(context), stdout: () => true, stderr: () => true };
  const code = await runCli(['db', 'check', '--repair', '--yes'], io, allCommands);
  return code === 0 ? 'repaired the store' : undefined;
};

const fixCache: Fix = ({ context: { env, cwd } }) => {
  const path = toCachePath(homePaths(findHome({ env, cwd })).cache);
  if (!existsSync(path)) return undefined;
  try {
    JSON.parse(readFileSync(path, 'utf8'));
    return undefined;
  } catch {
    rmSync(path, { force: true });
    return `removed the damaged ${path}`;
  }
};

const fixes: Readonly<Record<string, Fix>> = {
  home: fixHome,
  'file modes': fixModes,
  content: fixContent,
  completion: fixCache,
};

/** Repairs what the results complain about; returns what was done. */
export async function fixAll(
  input: CheckInput,
  results: readonly CheckResult[],
): Promise<readonly string[]> {
  const done: string[] = [];
  for (const [name, fix] of Object.entries(fixes)) {
    const result = results.find((one) => one.name === name);
    const isWanted = name === 'home' || (result !== undefined && result.status !== 'ok');
    const said = isWanted ? await fix(input) : undefined;
    if (said !== undefined) done.push(said);
  }
  return done;
}
