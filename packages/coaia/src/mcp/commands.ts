/** The command line of the MCP server; importing this loads nothing of it. */
import type { CommandEntry } from '#surface';

export const mcpCommands: readonly CommandEntry[] = [
  {
    words: 'mcp',
    summary: 'Serve tools, resources and prompts to agents over stdio (MCP)',
    load: () => import('./commands/mcp.ts'),
  },
];
