/** The shell's own commands. */
import type { CommandEntry } from '#surface';
import { dbCommands } from './commands/db/commands.ts';
import { serverCommands } from './commands/server/commands.ts';

export const cliCommands: readonly CommandEntry[] = [
  ...serverCommands,
  ...dbCommands,
  {
    words: 'help',
    summary: 'Show help for a command, a group or all of it',
    load: () => import('./commands/help.ts'),
  },
  {
    words: 'version',
    summary: 'Show the version',
    load: () => import('./commands/version.ts'),
  },
  {
    words: 'explain',
    summary: 'Explain an error code, offline',
    load: () => import('./commands/explain.ts'),
  },
  {
    words: 'init',
    summary: 'Make a settings file, or set up services question by question',
    load: () => import('./commands/init.ts'),
  },
  {
    words: 'schema',
    summary: 'Print the JSON Schema of a kind of file, for editors',
    load: () => import('./commands/schema.ts'),
  },
  {
    words: 'shell',
    summary: 'Type commands one after another, with context, history and completion',
    load: () => import('./commands/shell.ts'),
  },
  {
    words: 'completion',
    summary: 'Print or install completion for your shell',
    load: () => import('./commands/completion/completion.ts'),
  },
  {
    words: '__complete',
    summary: 'Print names for shell completion',
    hidden: true,
    load: () => import('./commands/completion/complete.ts'),
  },
  {
    words: 'keys',
    summary: 'Print address and keys for SDKs as environment variables',
    load: () => import('./commands/keys.ts'),
  },
  {
    words: 'doctor',
    summary: 'Check this installation and say what to do',
    load: () => import('./commands/doctor.ts'),
  },
  {
    words: 'config show',
    aliases: ['config list', 'settings show'],
    summary: 'Show the settings and where each comes from',
    load: () => import('./commands/config/show.ts'),
  },
  {
    words: 'config get',
    summary: 'Print the value of one setting',
    load: () => import('./commands/config/get.ts'),
  },
  {
    words: 'config set',
    summary: 'Write a setting to your config.json or the project',
    load: () => import('./commands/config/set.ts'),
  },
  {
    words: 'config unset',
    summary: 'Remove a setting from your config.json or the project',
    load: () => import('./commands/config/unset.ts'),
  },
  {
    words: 'config path',
    summary: 'Print the path of the settings file',
    load: () => import('./commands/config/path.ts'),
  },
  {
    words: 'config explain',
    summary: 'Show every source of a setting and which one wins',
    load: () => import('./commands/config/explain.ts'),
  },
  {
    words: 'config validate',
    summary: 'Check settings files: every key and value, with lines',
    load: () => import('./commands/config/validate.ts'),
  },
  {
    words: 'config migrate',
    summary: 'Turn keys of CoAiAPy and coaiajs into names of settings',
    load: () => import('./commands/config/migrate.ts'),
  },
  {
    words: 'config edit',
    summary: 'Edit the settings file in your editor; it is checked before it counts',
    load: () => import('./commands/config/edit.ts'),
  },
  {
    words: 'config schema',
    summary: 'Print the JSON Schema of coaia.json, for editors',
    load: () => import('./commands/config/schema.ts'),
  },
];
