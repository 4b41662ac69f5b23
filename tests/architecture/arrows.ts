/** The one table of who may import whom. ARCHITECTURE.md embeds it; `npm run docs` writes it there. */

/** Shared lower layers, lowest first. */
export const floors = [
  'base',
  'surface',
  'config',
  'jinja',
  'store',
  'queue',
  'cache',
  'blobs',
  'egress',
  'sandbox',
  'access',
  'runs',
] as const;

/** Folders of one capability each. */
export const rooms = [
  'observability',
  'curation',
  'pipelines',
  'models',
  'tools',
  'contexts',
  'agents',
  'replay',
  'audio',
  'text',
  'stash',
  'github',
  'serving',
  'webhooks',
  'plugins',
  'migration',
] as const;

/** Rooms that a room may know besides every floor. */
const neighbours: Readonly<Partial<Record<(typeof rooms)[number], readonly string[]>>> = {
  agents: ['tools', 'models', 'contexts'],
  replay: ['agents', 'contexts', 'curation', 'observability'],
  pipelines: ['observability', 'curation', 'models', 'tools'],
  curation: ['observability', 'models'],
  contexts: ['models'],
  text: ['models'],
  audio: ['models'],
  serving: ['observability', 'curation'],
  migration: ['observability', 'curation'],
};

/** Folder under `packages/coaia/src` (or `bin`) to the folders its files may import. */
export const arrows: Readonly<Record<string, readonly string[]>> = {
  base: [],
  surface: ['base'],
  config: ['base'],
  jinja: ['base'],
  store: ['base'],
  sandbox: ['base'],
  queue: ['store', 'base'],
  cache: ['store', 'base'],
  blobs: ['store', 'base'],
  egress: ['store', 'base'],
  access: ['store', 'cache', 'config', 'surface', 'base'],
  runs: ['access', 'queue', 'blobs', 'store', 'base'],
  ...Object.fromEntries(rooms.map((room) => [room, [...(neighbours[room] ?? []), ...floors]])),
  main: [...rooms, ...floors],
  mcp: ['main', ...floors],
  http: ['main', 'mcp', ...floors],
  cli: ['main', 'http', 'mcp', ...floors],
  bin: ['cli', 'base'],
};

/** Arrows beyond the first drawing, each with its reason. */
export const reasons: readonly string[] = [
  '`http` and `cli` import floors: they handle the errors, settings, scopes and shapes that floors declare.',
  '`http` and `cli` import `mcp`: the server answers agents at an address, and `coaia mcp` is a command.',
  '`cli` imports `http`: `coaia up` is a command of the shell, and the server is what it opens.',
  '`migration` imports `observability` and `curation`: a copied trace goes in as their events, and a prompt with what it includes.',
  '`bin` imports `base`: `--version` answers without loading the shell.',
];

/** Folders that may import `@coaia/client` at run time; every folder may import its types. */
export const clientUsers: readonly string[] = ['main', 'cli'];

/** Libraries that only the named folders may import, so that what they hide stays hidden. */
export const keepers: Readonly<Record<string, readonly string[]>> = {
  'node:sqlite': ['store'],
  pg: ['store'],
  hono: ['http'],
  '@hono/node-server': ['http'],
  'node:http': ['egress', 'http', 'serving'],
  'node:https': ['egress'],
  'node:http2': ['egress'],
  undici: ['egress'],
  ioredis: ['queue', 'stash'],
  bullmq: ['queue'],
  croner: ['runs'],
  'age-encryption': ['config'],
  '@grpc/grpc-js': ['serving'],
  'onnxruntime-web': ['serving'],
  'smol-toml': ['serving'],
  'tar-stream': ['serving'],
  '@astral-sh/ruff-wasm-nodejs': ['serving'],
};

function list(names: readonly string[]): string {
  const rest = names.filter((name) => !floors.some((floor) => floor === name));
  const own = rooms.every((room) => rest.includes(room))
    ? ['every room', ...rest.filter((name) => !rooms.some((room) => room === name))]
    : rest;
  const every = floors.every((floor) => names.includes(floor));
  const shown = [
    ...own,
    ...(every ? ['every floor'] : names.filter((name) => !rest.includes(name))),
  ];
  return shown.length === 0
    ? 'nothing'
    : shown.map((name) => (name.includes(' ') ? name : `\`${name}\``)).join(', ');
}

/** The table as it stands in ARCHITECTURE.md. */
export function renderArrows(): string {
  const rows = Object.entries(arrows).map(([from, to]) => `| \`${from}\` | ${list(to)} |`);
  return [
    '| Folder | May import |',
    '|---|---|',
    ...rows,
    '',
    ...reasons.map((reason) => `- ${reason}`),
  ].join('\n');
}
