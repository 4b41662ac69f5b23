/** The official client over a real `coaia mcp`, with everything that it wrote. */
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../../bin/coaia.ts', import.meta.url));

/** What a tool answered. */
export interface Answer {
  readonly isError: boolean;
  // oxlint-disable-next-line typescript/no-explicit-any -- its form is what the tests check
  readonly value: any;
}

export interface StdioClient {
  readonly client: Client;
  call(name: string, input?: Readonly<Record<string, unknown>>): Promise<Answer>;
  close(): Promise<void>;
}

/** Starts it in a folder with an environment of its own. */
export async function openStdioClient(
  place: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
  words: readonly string[] = [],
): Promise<StdioClient> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [BIN, 'mcp', ...words],
    cwd: place.cwd,
    env: { ...place.env },
    stderr: 'pipe',
  });
  const client = new Client({ name: 'test', version: '1.0.0' });
  await client.connect(transport);
  return {
    client,
    async call(name, input = {}) {
      const { content, structuredContent, isError } = await client.callTool({
        name,
        arguments: { ...input },
      });
      const [first] = content as readonly { readonly text: string }[];
      const value: unknown = JSON.parse(first?.text ?? '{}');
      if (JSON.stringify(value) !== JSON.stringify(structuredContent))
        throw new Error('text and structure differ');
      return { isError: isError === true, value };
    },
    close: () => client.close(),
  };
}
