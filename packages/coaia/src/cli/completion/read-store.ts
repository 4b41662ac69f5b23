/** Names of the store in this home, read by commands that run in this process without a terminal. */
import type { CommandContext } from '#surface';
import { createProcessIo } from '../io.ts';
import { runCli } from '../run.ts';
import { allCommands } from '../tables.ts';
import type { Names } from './cache.ts';
import { readAllNames } from './refresh.ts';

/** Opens the store as any command does. */
export function readStore({ env, cwd }: CommandContext<unknown>): Promise<Names> {
  return readAllNames(runCli, { ...createProcessIo(), env, cwd }, allCommands);
}
