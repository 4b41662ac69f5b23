import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openTestDatabases } from '#store/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRoomServer } from '../observability/testing/open-room-server.ts';
import type { RoomServer } from '../observability/testing/open-room-server.ts';
import { openSpawnHome } from '../observability/testing/spawn-coaia.ts';
import type { SpawnHome } from '../observability/testing/spawn-coaia.ts';
import { openStdioClient } from './testing/stdio-client.ts';
import type { StdioClient } from './testing/stdio-client.ts';
import { PREPARATION, walkTools } from './testing/walk-tools.ts';

const BIN = fileURLToPath(new URL('../../bin/coaia.ts', import.meta.url));

/** Tools of ours at every level. */
const MORE = 10;

let home: SpawnHome;
let opened: StdioClient[];

beforeEach(() => {
  opened = [];
  home = openSpawnHome();
});
afterEach(async () => {
  for (const client of opened) await client.close();
  rmSync(home.home, { recursive: true, force: true });
});

async function open(words: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  const client = await openStdioClient({ cwd: home.home, env: { ...home.env, ...env } }, words);
  opened.push(client);
  return client;
}

const countOf = async ({ client }: StdioClient) => (await client.listTools()).tools.length - MORE;

describe('levels', () => {
  it('have 20, 20, 20 and 22 tools and our own, prompts and resources as they say', async () => {
    const expected = {
      MINIMAL: [20, undefined],
      STANDARD: [20, 2],
      OBSERVABILITY: [20, 2],
      FULL: [22, 3],
      unheard: [20, 2],
    } as const;
    for (const [level, [tools, prompts]] of Object.entries(expected)) {
      const one = await open(['start', '--features', level]);
      expect([level, await countOf(one)]).toEqual([level, tools]);
      const capabilities = one.client.getServerCapabilities();
      expect(capabilities?.resources === undefined).toBe(prompts === undefined);
      const found =
        capabilities?.prompts === undefined ? undefined : (await one.client.listPrompts()).prompts;
      expect(found?.length).toBe(prompts);
    }
  });

  it('come from the environment as well, by the names of the Python and JavaScript servers', async () => {
    for (const name of ['COAIA_MCP_FEATURES', 'COAIAPY_MCP_FEATURES', 'COAIAJS_FEATURES'])
      expect(await countOf(await open([], { [name]: 'full' }))).toBe(22);
  });

  it('do not let tools be called that they do not list', async () => {
    const { client } = await open(['--read-only']);
    const { tools } = await client.listTools();
    expect(tools.every(({ annotations }) => annotations?.readOnlyHint === true)).toBe(true);
    for (const name of ['coaia_tash', 'coaia_fuse_media_upload', 'nonsense'])
      await expect(client.callTool({ name, arguments: {} })).rejects.toThrow(
        `Unknown tool: ${name}`,
      );
  });
});

describe('the store of this home', () => {
  it('answers every tool', async () => {
    writeFileSync(join(home.home, 'note.txt'), 'hello');
    const other = await open(['--operations']);
    await walkTools(await open(['--features', 'FULL']), {
      isLocal: true,
      async prepare() {
        for (const [tool, , body] of PREPARATION)
          expect((await other.call(tool, body)).isError).toBe(false);
      },
    });
  });

  it('refuses what is wrong, with the reason', async () => {
    const one = await open(['--features', 'FULL']);
    expect(await one.call('coaia_fuse_trace_create', {})).toMatchObject({
      isError: true,
      value: { success: false, code: 'COAIA-0800', error: 'The argument trace_id is missing.' },
    });
    expect(await one.call('coaia_fuse_trace_get', { trace_id: 'none' })).toMatchObject({
      isError: true,
      value: { success: false, code: 'COAIA-0003' },
    });
    const observation = { observation_id: 'o', trace_id: 't', name: 'n' };
    expect(
      await one.call('coaia_fuse_add_observation', { ...observation, start_time: '259916143022' }),
    ).toMatchObject({ isError: true, value: { code: 'COAIA-0800' } });
    const upload = { trace_id: 't', file_path: '/etc/hostname' };
    expect(await one.call('coaia_fuse_media_upload', upload)).toMatchObject({
      isError: true,
      value: { code: 'COAIA-0802' },
    });
    expect((await one.call('coaia_fetch', { key: 'none' })).isError).toBe(true);
  });

  it('offers the operations as tools when asked', async () => {
    const one = await open(['--operations']);
    const { tools } = await one.client.listTools();
    const created = tools.find(({ name }) => name === 'prompts_create');
    expect(created).toMatchObject({
      inputSchema: { required: ['name', 'prompt'] },
      annotations: { readOnlyHint: false, destructiveHint: false },
      _meta: { operationId: 'prompts.create' },
    });
    const made = await one.call('prompts_create', { name: 'a/b', prompt: 'hi', labels: ['x'] });
    expect(made.value).toMatchObject({ success: true, version: 1 });
    const read = await one.call('prompts_get', { promptName: 'a/b', label: 'x' });
    expect(read.value).toMatchObject({ success: true, prompt: 'hi' });
  });

  it('shows templates, environment files and prompts', async () => {
    mkdirSync(join(home.home, '.coaia/templates'), { recursive: true });
    writeFileSync(
      join(home.home, '.coaia/templates/walk.yaml'),
      'name: walk\ndescription: A walk\nvariables:\n  - name: who\nsteps: []\n',
    );
    writeFileSync(join(home.home, '.coaia-env'), 'COAIA_TRACE_ID=t1\nMY_API_KEY=secret\n');
    const { client } = await open(['--features', 'FULL']);
    const read = async (uri: string) => {
      const [content] = (await client.readResource({ uri })).contents;
      return JSON.parse((content as { readonly text: string }).text) as unknown;
    };
    const { resources } = await client.listResources();
    expect(resources.map(({ uri }) => uri)).toEqual(['coaia://templates/', 'coaia://env/project']);
    const { templates } = (await read('coaia://templates/')) as {
      readonly templates: readonly { readonly name: string }[];
    };
    expect(templates.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['walk', 'simple-trace', 'llm-chain']),
    );
    expect(await read('coaia://templates/simple-trace')).toMatchObject({ name: 'simple-trace' });
    expect(await read('coaia://templates/walk')).toMatchObject({ description: 'A walk' });
    expect(await read('coaia://templates/walk/variables')).toEqual({
      name: 'walk',
      variables: [{ name: 'who', type: 'string', required: true }],
    });
    expect(await read('coaia://env/project')).toMatchObject({
      variables: { COAIA_TRACE_ID: 't1', MY_API_KEY: '***' },
    });
    await expect(client.readResource({ uri: 'coaia://templates/..%2Fx' })).rejects.toThrow();
    const { messages } = await client.getPrompt({
      name: 'analyze_audio_workflow',
      arguments: { file_path: 'a.wav' },
    });
    const text = (messages[0]?.content as { readonly text: string } | undefined)?.text;
    expect(text).toContain('recording a.wav');
    expect(text).toContain('{{summary_style}}');
  });

  it('writes nothing but the protocol to stdout', async () => {
    const child = spawn(process.execPath, [BIN, 'mcp'], { cwd: home.home, env: home.env });
    let stdout = '';
    child.stdout.on('data', (piece: Buffer) => (stdout += piece.toString('utf8')));
    const send = (message: unknown) => child.stdin.write(`${JSON.stringify(message)}\n`);
    send({
      jsonrpc: '2.0',
      id: 1,
      method: 'initialize',
      params: {
        protocolVersion: '2025-06-18',
        capabilities: {},
        clientInfo: { name: 'raw', version: '1' },
      },
    });
    send({ jsonrpc: '2.0', method: 'notifications/initialized' });
    const call = { name: 'coaia_tash', arguments: { key: 'k', value: 'v' } };
    send({ jsonrpc: '2.0', id: 2, method: 'tools/call', params: call });
    await expect.poll(() => stdout.split('\n').length, { timeout: 30_000 }).toBe(3);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.stdin.end();
    expect(await ended).toBe(0);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(lines).toMatchObject([
      { jsonrpc: '2.0', id: 1, result: { serverInfo: { name: 'coaia' } } },
      { jsonrpc: '2.0', id: 2, result: { structuredContent: { success: true } } },
    ]);
  });
});

describe.each(openTestDatabases())('a server on $name', ({ open: openStore }) => {
  let server: RoomServer;
  beforeEach(async () => {
    server = await openRoomServer(await openStore());
  });
  afterEach(() => server.close());

  it('answers every tool', async () => {
    writeFileSync(join(home.home, 'note.txt'), 'hello');
    const env = {
      LANGFUSE_BASE_URL: server.url,
      LANGFUSE_PUBLIC_KEY: 'pk-lf-own',
      LANGFUSE_SECRET_KEY: 'sk-lf-own',
    };
    await walkTools(await open(['--features', 'FULL'], env), {
      isLocal: false,
      async prepare() {
        for (const [, path, body] of PREPARATION) await server.send('POST', path, body);
      },
    });
  });
});
