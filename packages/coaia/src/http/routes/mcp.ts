/** `POST /api/public/mcp`: the Model Context Protocol over streamable HTTP, without sessions. */
import { z } from 'zod';
import { defineRoute } from '#surface';
import { platformPorts } from './platform-ports.ts';

const query = z.object({
  tools: z.string().optional().describe('Only tools of these families, separated by commas'),
  readOnly: z
    .enum(['true', 'false', '1', '0', ''])
    .optional()
    .describe('Only tools that change nothing'),
});

export const callMcp = defineRoute({
  method: 'POST',
  path: '/api/public/mcp',
  operation: 'mcp.call',
  summary: 'One message of the Model Context Protocol; tools are the operations of this server.',
  access: 'project',
  needs: platformPorts,
  query,
  rawBody: true,
  handler: async ({ api, scope, query: asked, body, headers }) => {
    const families = asked.tools
      ?.split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '');
    // The protocol library loads with the first message, not with the server.
    const { answerMcp } = await import('#mcp/endpoint');
    const response = await answerMcp(
      { routes: api.routes(), dispatch: api.dispatch },
      {
        request: toRequest(api.baseUrl(), headers, body as Uint8Array<ArrayBuffer>),
        scope,
        isReadOnly: asked.readOnly === 'true' || asked.readOnly === '1',
        ...(families === undefined || families.length === 0 ? {} : { families }),
      },
    );
    return { response };
  },
});

/** The message as it came; its bytes are decoded already. */
function toRequest(baseUrl: string, given: Headers, body: Uint8Array<ArrayBuffer>): Request {
  const headers = new Headers(given);
  for (const name of ['content-encoding', 'content-length', 'transfer-encoding'])
    headers.delete(name);
  return new Request(`${baseUrl}/api/public/mcp`, { method: 'POST', headers, body });
}
