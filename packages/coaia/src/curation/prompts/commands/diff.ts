/** `coaia fuse prompts diff`: what differs between two versions. */
import { defineCommand } from '#surface';
import type { Prompt, PromptsApi } from '@coaia/client';
import { promptsApi } from '../ports.ts';
import { promptErrors } from '../errors.ts';
import { LATEST } from '../prompt.ts';
import { renderDiff, renderWords, toPromptDiff } from './diff-view.ts';
import { compatOptions } from './options.ts';
import { findPrompt } from './make-version.ts';

export const command = defineCommand({
  words: 'fuse prompts diff',
  summary: 'Show what differs between two versions',
  description:
    'Versions are numbers or labels. Without the second it is the newest; without both, the newest against the one before.',
  needs: promptsApi,
  positionals: [
    { name: 'name', summary: 'Name of the prompt', required: true },
    { name: 'from', summary: 'Version or label' },
    { name: 'to', summary: 'Version or label' },
  ],
  options: {
    ...compatOptions,
    words: { type: 'boolean', summary: 'One text with [-removed-] and {+added+} words' },
  },
  examples: ['coaia prompts diff greet 1 2', 'coaia prompts diff greet production latest --words'],
  async run({ open, out, flags }, { options, args }) {
    const api = await open();
    const to = await readVersion(api, args.name, args.to ?? LATEST);
    const from = await readVersion(api, args.name, args.from ?? (await findBefore(api, to)));
    if (flags.json) out.json(toPromptDiff(from, to));
    else if (options.words === true) out.line(renderWords(from, to));
    else {
      const lines = renderDiff(from, to, (kind, text) => out.style(kind, text));
      if (lines.length === 0)
        out.notice(`${to.name} v${from.version} and v${to.version} are the same.`);
      for (const line of lines) out.line(line);
    }
  },
});

/** A number is a version, anything else a label. As written, since parts that are put in have versions of their own. */
function readVersion(api: PromptsApi, name: string, which: string): Promise<Prompt> {
  return /^\d+$/.test(which)
    ? api.getPrompt(name, { version: Number(which), resolve: false })
    : api.getPrompt(name, { label: which, resolve: false });
}

async function findBefore(api: PromptsApi, to: Prompt): Promise<string> {
  for (let version = to.version - 1; version >= 1; version--) {
    const found = await findPrompt(api, to.name, { version, resolve: false });
    if (found !== undefined) return String(found.version);
  }
  throw promptErrors.create('COAIA-2000', `${to.name} has only the version ${to.version}.`, {
    hint: `coaia prompts get ${to.name}`,
  });
}
