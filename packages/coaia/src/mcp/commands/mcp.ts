/** `coaia mcp`: the MCP server over stdin and stdout. */
import { resolve } from 'node:path';
import { EXIT } from '#base';
import { defineCommand } from '#surface';
import { LEVELS, listTools, parseLevel } from '../toolset.ts';
import { mcpApi } from '../ports.ts';
import { serveOverStdio } from '../stdio.ts';
import type { McpSurface } from '../surface.ts';
import type { Tool } from '../tool.ts';
import { listPrompts } from '../prompts/prompts.ts';
import { openResources } from '../resources/resources.ts';
import type { McpApi } from '#main/open-mcp';

const INSTRUCTIONS =
  'Coaia keeps traces of AI work with prompts, datasets, scores and comments. Tools answer JSON with `success`; a refused call is an error with a reason.';

export const command = defineCommand({
  words: 'mcp',
  summary: 'Serve tools, resources and prompts to agents over stdio (MCP)',
  description:
    'For clients that start a program and speak the Model Context Protocol with it. Works on the store of this ' +
    'home, or on the server that LANGFUSE_BASE_URL and its keys name. stdout carries only the protocol. ' +
    'A running `coaia up` offers its operations at /api/public/mcp as well.',
  needs: mcpApi,
  positionals: [
    { name: 'words', summary: 'Ignored; some configurations say start', variadic: true },
  ],
  options: {
    features: {
      type: 'string',
      placeholder: 'LEVEL',
      summary: `${LEVELS.join(', ')}; STANDARD by default, and for an unknown one`,
    },
    operations: {
      type: 'boolean',
      summary: 'Also one tool for every operation of the API',
    },
    'read-only': { type: 'boolean', summary: 'Only tools that change nothing' },
    'allow-path': {
      type: 'string',
      placeholder: 'DIR',
      repeatable: true,
      summary: 'Folder whose files tools may read; the current one by default',
    },
  },
  endsItself: true,
  examples: ['coaia mcp', 'coaia mcp --features FULL --read-only'],
  async run(context, { options }) {
    const { cwd, env, open, out, signal } = context;
    const told = new Set<string>();
    const tell = (reason: string) => {
      if (!told.has(reason)) out.notice(reason);
      told.add(reason);
    };
    const level = parseLevel(
      options.features ??
        env['COAIA_MCP_FEATURES'] ??
        env['COAIAPY_MCP_FEATURES'] ??
        env['COAIAJS_FEATURES'],
    );
    const isReadOnly = options['read-only'] === true;
    const own = listTools(level, isReadOnly);
    const prompts = listPrompts(level);
    const given = options['allow-path'] ?? [];
    const surface: McpSurface = {
      instructions: INSTRUCTIONS,
      context: {
        api: open,
        folders: given.length === 0 ? [cwd] : given.map((path) => resolve(cwd, path)),
      },
      tools: async () => [
        ...own,
        ...(await listServedModels(open, tell)),
        ...(options.operations === true ? await deriveTools(open, isReadOnly) : []),
      ],
      ...(level === 'MINIMAL' ? {} : { resources: openResources({ cwd, env }, open) }),
      ...(prompts === undefined ? {} : { prompts }),
    };
    await serveOverStdio(surface, signal);
    return EXIT.done;
  },
});

/** Where they cannot be listed, stderr and a tool in their place say why. */
async function listServedModels(
  open: () => Promise<McpApi>,
  tell: (reason: string) => void,
): Promise<readonly Tool[]> {
  const { listModelTools, toAbsentModels } = await import('../tools/model-tools.ts');
  return listModelTools(open).catch((error: unknown) => {
    const tool = toAbsentModels(error);
    tell(tool.description);
    return [tool];
  });
}

/** Loads the declarations, which nobody pays for who does not ask for them. */
async function deriveTools(
  open: () => Promise<McpApi>,
  isReadOnly: boolean,
): Promise<readonly Tool[]> {
  const [api, { isToolOperation, toOperationTool }] = await Promise.all([
    open(),
    import('../operations/derive-tools.ts'),
  ]);
  return (await api.routes())
    .filter((route) => isToolOperation(route) && route.access !== 'organization')
    .filter((route) => !isReadOnly || route.method === 'GET')
    .map((route) => toOperationTool(route, async () => api.request));
}
