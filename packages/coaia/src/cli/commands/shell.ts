import { join } from 'node:path';
import { EXIT } from '#base';
import { findHome } from '#config';
import { defineCommand } from '#surface';
import { getIo } from '../context.ts';
import { createSession } from '../shell/session.ts';
import { runText } from '../shell/run-script.ts';
import type { ShellParts } from '../shell/run-script.ts';
import { allCommands } from '../tables.ts';

export const command = defineCommand({
  words: 'shell',
  summary: 'Type commands one after another, with context, history and completion',
  description:
    'Commands are typed without the word coaia. What a command creates is the context of the next: $COAIA_TRACE_ID and its kin are set, and @last is the id made last. Piped text or -c runs as a script that stops at the first failure.',
  positionals: [],
  options: {
    command: {
      type: 'string',
      short: 'c',
      placeholder: 'TEXT',
      summary: 'Run these commands, with ; between, and leave',
    },
    'keep-going': { type: 'boolean', summary: 'Do not stop at the first command that fails' },
    history: {
      type: 'boolean',
      default: true,
      summary: 'Keep what is typed; --no-history does not',
    },
    'allow-shell': { type: 'boolean', summary: 'Let !COMMAND run in the shell of the system' },
  },
  examples: [
    'coaia shell',
    'coaia shell -c "fuse traces create t1 -n demo; fuse traces add-observation -n step"',
  ],
  run: async (context, { options }) => {
    const { flags, env, cwd } = context;
    const io = getIo(context);
    const session = createSession(
      flags.profile === undefined ? env : { ...env, COAIA_PROFILE: flags.profile },
    );
    const parts: ShellParts = {
      // The script is the input; commands in it have none of their own.
      io: { ...io, stdin: async () => Buffer.alloc(0) },
      session,
      entries: allCommands,
      allowShell: options['allow-shell'] === true,
      keepGoing: options['keep-going'] === true,
    };
    if (options.command !== undefined) return (await runText(parts, options.command)).code;
    if (!context.stdinIsTerminal)
      return (await runText(parts, (await context.stdin()).toString('utf8'))).code;
    if (flags.noInput) return EXIT.done;
    const { runInteractive } = await import('../shell/interactive.ts');
    const path = options.history ? join(findHome({ env, cwd }), 'history') : undefined;
    return runInteractive(parts, path);
  },
});
