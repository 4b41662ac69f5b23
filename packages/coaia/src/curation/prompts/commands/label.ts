/** `coaia fuse prompts label`: moves labels to a version. */
import { defineCommand } from '#surface';
import { promptErrors } from '../errors.ts';
import { promptsApi } from '../ports.ts';
import { findPrompt } from './make-version.ts';
import { compatOptions } from './options.ts';

export const command = defineCommand({
  words: 'fuse prompts label',
  summary: 'Put labels on a version',
  description: 'A label is on one version at a time, so it leaves the version it was on.',
  needs: promptsApi,
  positionals: [
    { name: 'name', summary: 'Name of the prompt', required: true },
    { name: 'version', summary: 'Number of the version', required: true },
    { name: 'labels', summary: 'Labels', required: true, variadic: true },
  ],
  options: compatOptions,
  examples: [
    'coaia prompts label greet 2 production',
    'coaia fuse prompts label set greet 2 staging',
  ],
  async run({ open, out, flags }, { args }) {
    const { name, labels } = args;
    const version = toVersion(args.version);
    const api = await open();
    const before = await Promise.all(
      labels.map(async (label) => findPrompt(api, name, { label, resolve: false })),
    );
    const prompt = await api.addPromptLabels(name, version, labels);
    if (flags.json) {
      out.json(prompt);
      return;
    }
    for (const [index, label] of labels.entries())
      out.confirm(toLine(name, label, before[index]?.version, version));
  },
});

function toVersion(text: string): number {
  const version = Number(text.replace(/^v/, ''));
  if (Number.isInteger(version) && version >= 1) return version;
  throw promptErrors.create('COAIA-2010', `A version is a whole number from 1, not ${text}.`, {
    hint: 'coaia prompts label NAME VERSION LABEL',
  });
}

/** `greet: production v1 -> v2   (undo: coaia prompts label greet 1 production)`. */
function toLine(name: string, label: string, from: number | undefined, to: number): string {
  if (from === undefined) return `${name}: ${label} -> v${to}`;
  if (from === to) return `${name}: ${label} stays on v${to}`;
  const word = /^[\w./-]+$/.test(name) ? name : `'${name.replaceAll("'", String.raw`'\''`)}'`;
  return `${name}: ${label} v${from} -> v${to}   (undo: coaia prompts label ${word} ${from} ${label})`;
}
