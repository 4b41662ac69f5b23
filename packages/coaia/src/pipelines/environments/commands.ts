/** The command lines of environments. Modules load when their words are typed. */
import type { CommandEntry } from '#surface';

const actions: readonly Omit<CommandEntry, 'aliases'>[] = [
  {
    words: 'env init',
    summary: 'Make an environment file with the variables of a trace',
    load: () => import('./commands/init.ts'),
  },
  {
    words: 'env list',
    summary: 'List environments, or the variables of one',
    load: () => import('./commands/list.ts'),
  },
  {
    words: 'env set',
    summary: 'Set a variable in an environment file, or for this shell only',
    load: () => import('./commands/set.ts'),
  },
  {
    words: 'env get',
    summary: 'Print the value of one variable',
    load: () => import('./commands/get.ts'),
  },
  {
    words: 'env unset',
    summary: 'Remove a variable from an environment file, or from this shell only',
    load: () => import('./commands/unset.ts'),
  },
  {
    words: 'env source',
    summary: 'Print lines that load an environment into a shell',
    load: () => import('./commands/source.ts'),
  },
  {
    words: 'env clear',
    summary: 'Delete an environment file',
    load: () => import('./commands/clear.ts'),
  },
  {
    words: 'env save',
    summary: 'Save the current COAIA_ variables into an environment file',
    load: () => import('./commands/save.ts'),
  },
  {
    words: 'env resolve',
    summary: 'Show what each variable is and where it comes from',
    load: () => import('./commands/resolve.ts'),
  },
  {
    words: 'env show',
    groupDefault: 'env',
    summary: 'Show an environment, or where a variable comes from, by name',
    load: () => import('./commands/show.ts'),
  },
  {
    words: 'env exec',
    summary: 'Run a command with the variables of an environment',
    load: () => import('./commands/exec.ts'),
  },
  {
    words: 'env use',
    summary: 'Use a profile in this folder from now on',
    load: () => import('./commands/use.ts'),
  },
  {
    words: 'env profiles',
    summary: 'List profiles, which is in use, and which are protected',
    load: () => import('./commands/profiles.ts'),
  },
  {
    words: 'env diff',
    summary: 'Compare the variables of two environments',
    load: () => import('./commands/diff.ts'),
  },
  {
    words: 'env copy',
    summary: 'Copy an environment under another name',
    load: () => import('./commands/copy.ts'),
  },
  {
    words: 'env promote',
    summary: 'Copy chosen variables from one environment to another',
    load: () => import('./commands/promote.ts'),
  },
  {
    words: 'env view',
    summary: 'Show the file of an environment, also an encrypted one',
    load: () => import('./commands/view.ts'),
  },
  {
    words: 'env edit',
    summary: 'Edit an environment, also an encrypted one, in your editor',
    load: () => import('./commands/edit.ts'),
  },
  {
    words: 'env keygen',
    summary: 'Make the key that opens encrypted environments',
    load: () => import('./commands/keygen.ts'),
  },
  {
    words: 'env encrypt',
    summary: 'Encrypt an environment, or another file of variables',
    load: () => import('./commands/encrypt.ts'),
  },
  {
    words: 'env decrypt',
    summary: 'Write the plain file of an encrypted environment, or print it',
    load: () => import('./commands/decrypt.ts'),
  },
  {
    words: 'env rotate',
    summary: 'Encrypt environments again, under fresh keys',
    load: () => import('./commands/rotate.ts'),
  },
  {
    words: 'env recipients list',
    summary: 'Show the keys that environments are encrypted for',
    load: () => import('./commands/recipients-list.ts'),
  },
  {
    words: 'env recipients add',
    summary: 'Encrypt environments for one more key',
    load: () => import('./commands/recipients-add.ts'),
  },
  {
    words: 'env recipients remove',
    summary: 'No longer encrypt environments for a key',
    load: () => import('./commands/recipients-remove.ts'),
  },
  {
    words: 'env hook',
    summary: 'Print lines that load the environment of a trusted folder on entering it',
    load: () => import('./commands/hook.ts'),
  },
  {
    words: 'env trust',
    summary: 'Let the hook load the environment of a folder',
    load: () => import('./commands/trust.ts'),
  },
  {
    words: 'env reload',
    summary: 'Print what a shell loads and forgets in this folder; the hook calls it',
    hidden: true,
    load: () => import('./commands/reload.ts'),
  },
];

export const environmentCommands: readonly CommandEntry[] = [
  ...actions.map((entry) => ({
    ...entry,
    aliases: [entry.words.replace(/^env/, 'environment')],
  })),
  {
    words: 'shell-init',
    summary: 'Print a function that lets coaia env change this shell',
    load: () => import('./commands/shell-init.ts'),
  },
];
