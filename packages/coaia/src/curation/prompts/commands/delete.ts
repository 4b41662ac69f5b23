/** `coaia fuse prompts delete`: removes a version, or the whole prompt. */
import { EXIT } from '#base';
import { defineCommand } from '#surface';
import { promptsApi } from '../ports.ts';
import { compatOptions } from './options.ts';

export const command = defineCommand({
  words: 'fuse prompts delete',
  summary: 'Delete a version of a prompt, or all of it',
  needs: promptsApi,
  positionals: [{ name: 'name', summary: 'Name of the prompt', required: true }],
  options: {
    ...compatOptions,
    version: { type: 'number', placeholder: 'N', summary: 'Only this version' },
    label: { type: 'string', summary: 'Only the version with this label', compat: true },
  },
  examples: ['coaia prompts delete greet --version 1', 'coaia prompts delete greet --yes'],
  async run({ open, out, flags, confirm, stdinIsTerminal }, { options, args }) {
    const { name } = args;
    const { version, label } = options;
    const what = toWhat(name, version, label);
    // Scripts of CoAiAPy are not asked; they have named what goes.
    const isAsked = stdinIsTerminal || flags.noInput;
    if (isAsked && !(await confirm(`Delete ${what}? This cannot be undone.`))) {
      out.notice('Nothing was deleted.');
      return EXIT.failed;
    }
    const api = await open();
    await api.deletePrompt(name, {
      ...(version === undefined ? {} : { version }),
      ...(label === undefined ? {} : { label }),
    });
    if (flags.json) out.json({ deleted: { name, version, label } });
    else out.confirm(`Deleted ${what}.`);
    return EXIT.done;
  },
});

function toWhat(name: string, version: number | undefined, label: string | undefined): string {
  if (version !== undefined) return `${name} v${version}`;
  return label === undefined
    ? `${name} with all its versions`
    : `the version of ${name} labelled ${label}`;
}
