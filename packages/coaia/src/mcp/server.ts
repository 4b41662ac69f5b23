/** An MCP server over a surface; the protocol itself is the library's. */
import {
  McpServer,
  ProtocolError,
  ProtocolErrorCode,
  ResourceNotFoundError,
} from '@modelcontextprotocol/server';
import { version } from '#base';
import { callTool } from './call-tool.ts';
import { renderPrompt } from './prompts/render-prompt.ts';
import type { McpSurface, Resources } from './surface.ts';
import type { Tool } from './tool.ts';

/** A server for one connection, or for one request where there are no connections. */
export function createMcpServer(surface: McpSurface): McpServer {
  const { resources, prompts } = surface;
  const mcp = new McpServer(
    { name: 'coaia', title: 'Coaia', version },
    {
      instructions: surface.instructions,
      capabilities: {
        tools: {},
        ...(resources === undefined ? {} : { resources: {} }),
        ...(prompts === undefined ? {} : { prompts: {} }),
      },
    },
  );
  const { server } = mcp;
  addTools(server, surface);
  if (resources !== undefined) addResources(server, resources);
  if (prompts !== undefined) addPrompts(server, prompts);
  return mcp;
}

/** The part of the library that takes handlers by method: what is shown may differ from call to call. */
type Handlers = McpServer['server'];

function addTools(server: Handlers, { tools, context }: McpSurface): void {
  server.setRequestHandler('tools/list', async () => ({
    tools: (await tools()).map(toListed),
  }));
  server.setRequestHandler('tools/call', async ({ params }) => {
    const tool = (await tools()).find(({ name }) => name === params.name);
    if (tool === undefined)
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown tool: ${params.name}`);
    return callTool(tool, context, params.arguments);
  });
}

function toListed(tool: Tool) {
  return {
    name: tool.name,
    description: tool.description,
    inputSchema: tool.input as { readonly type: 'object' },
    annotations: {
      readOnlyHint: tool.isReadOnly,
      destructiveHint: tool.isDestructive === true,
      openWorldHint: false,
    },
    ...(tool.operation === undefined ? {} : { _meta: { operationId: tool.operation } }),
  };
}

function addResources(server: Handlers, resources: Resources): void {
  const mimeType = 'application/json';
  server.setRequestHandler('resources/list', async () => ({
    resources: (await resources.list()).map((entry) => ({ ...entry, mimeType })),
  }));
  server.setRequestHandler('resources/templates/list', async () => ({
    resourceTemplates: resources.templates.map(({ uri, ...entry }) => ({
      ...entry,
      uriTemplate: uri,
      mimeType,
    })),
  }));
  server.setRequestHandler('resources/read', async ({ params: { uri } }) => {
    const content = await resources.read(uri);
    if (content === undefined) throw new ResourceNotFoundError(uri);
    return { contents: [{ uri, mimeType, text: JSON.stringify(content, null, 2) }] };
  });
}

function addPrompts(server: Handlers, prompts: NonNullable<McpSurface['prompts']>): void {
  server.setRequestHandler('prompts/list', async () => ({
    prompts: prompts.map(({ text: _text, arguments: given, ...entry }) => ({
      ...entry,
      arguments: [...given],
    })),
  }));
  server.setRequestHandler('prompts/get', async ({ params }) => {
    const prompt = prompts.find(({ name }) => name === params.name);
    if (prompt === undefined)
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown prompt: ${params.name}`);
    const text = renderPrompt(prompt, params.arguments ?? {});
    return {
      description: prompt.description,
      messages: [{ role: 'user' as const, content: { type: 'text' as const, text } }],
    };
  });
}
