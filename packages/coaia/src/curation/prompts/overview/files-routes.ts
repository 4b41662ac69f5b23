/** Prompts as files over HTTP: what `coaia prompts sync` reads and writes. */
import { defineRoute, type Route } from '#surface';
import { z } from 'zod';
import { curationPorts } from '../../ports.ts';
import { createLocalPrompts } from '../local-prompts.ts';
import { LATEST } from '../prompt.ts';
import { toPromptFile, toPromptPath } from '../prompt-file.ts';
import { readPromptFiles } from '../read-prompt-files.ts';

const MAX_FILES = 500;

const name = z.string().min(1);

const get = defineRoute({
  method: 'GET',
  path: '/api/v1/projects/:projectId/prompt-files',
  operation: 'prompts.readFile',
  summary:
    'Read a version of a prompt, by default the newest, as the file that coaia prompts sync writes.',
  access: 'page',
  needs: curationPorts,
  query: z.object({ name, version: z.coerce.number().int().min(1).max(1_000_000_000).optional() }),
  response: z.object({ path: z.string(), text: z.string() }),
  async handler({ api, scope, query }) {
    const selector = query.version === undefined ? { label: LATEST } : { version: query.version };
    const prompt = await createLocalPrompts(api, scope).getPrompt(query.name, {
      ...selector,
      resolve: false,
    });
    return { json: { path: toPromptPath(prompt.name), text: await toPromptFile(prompt) } };
  },
});

const post = defineRoute({
  method: 'POST',
  path: '/api/v1/projects/:projectId/prompt-files',
  operation: 'prompts.writeFiles',
  summary:
    'Make a version from each prompt file that differs; with dryRun only say what would be done.',
  access: 'page',
  needs: curationPorts,
  body: z.object({
    files: z.array(z.object({ path: z.string().min(1), text: z.string() })).max(MAX_FILES),
    dryRun: z.boolean().default(false),
  }),
  response: z.object({
    files: z.array(
      z.object({
        file: z.string(),
        name: z.string(),
        result: z.enum(['created', 'labelled', 'same', 'failed']),
        version: z.int().optional(),
        reason: z.string().optional(),
      }),
    ),
  }),
  async handler({ api, scope, body }) {
    const prompts = createLocalPrompts(api, scope);
    return { json: { files: await readPromptFiles(prompts, body.files, body.dryRun) } };
  },
});

export const promptFileRoutes: readonly Route[] = [get, post];
