/** What the commands of the MCP server need. */
import type { McpApi } from '#main/open-mcp';
import { needs } from '#surface';

/** The store of this home or a server, behind one interface. */
export const mcpApi = needs<McpApi>('mcp');
