/** docs/reference/clients.md: which client called which operation with success, from a recorded run. */
import { readFileSync } from 'node:fs';
import type { RecordedCall } from '../../bench/lib/recording-proxy.ts';
import type { Route } from '../../packages/coaia/src/surface/index.ts';
import { toPageHead } from './markdown.ts';

/** How clients are named in the table, by what they say of themselves. */
const CLIENTS: readonly (readonly [name: string, says: RegExp])[] = [
  ['JS SDK 5', /^javascript 5|^OTel-OTLP-Exporter-JavaScript/],
  ['JS SDK 3', /^langfuse-js 3/],
  ['Python SDK 4', /^python 4/],
  ['Python SDK 3', /^python 3/],
  ['Python SDK 2', /^python 2/],
  ['langfuse-cli', /^langfuse-cli/],
  ['CoAiAPy', /^python-requests/],
];

/** Reads what `COAIA_RECORD_CALLS` made. */
export function readCalls(file: string): readonly RecordedCall[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as RecordedCall);
}

/** Operations of the Langfuse API among the routes, by address. */
export function listPublicRoutes(routes: readonly Route[]): readonly Route[] {
  return routes
    .filter(({ path }) => path.startsWith('/api/public/'))
    .toSorted(
      (a, b) => a.path.localeCompare(b.path, 'en') || a.method.localeCompare(b.method, 'en'),
    );
}

/** The name of an operation in the table. */
export function toOperationName({ method, path }: Pick<Route, 'method' | 'path'>): string {
  return `${method} ${path.replaceAll(/:(\w+)(?:\{[^}]*\})?/g, '{$1}')}`;
}

/** The page. A call counts when it was answered with success. */
export function renderClients(routes: readonly Route[], calls: readonly RecordedCall[]): string {
  const done = calls.filter(({ status }) => status < 400);
  const rows = listPublicRoutes(routes).map((route) => {
    const isOwn = toMatcher(route);
    const own = done.filter(isOwn);
    const cells = CLIENTS.map(([, says]) => {
      const count = own.filter(({ client }) => says.test(client)).length;
      return count === 0 ? '' : 'yes';
    });
    return `| \`${toOperationName(route)}\` | ${cells.join(' | ')} |`;
  });
  return [
    ...toPageHead(
      'Clients',
      'Which client called which operation of the Langfuse API with success, recorded from the suites that run the official clients against a real server: `npm run compatibility` writes this page. An empty cell says that the client does not use the operation, or that no suite makes it do so.',
      'compatibility',
    ),
    `| Operation | ${CLIENTS.map(([name]) => name).join(' | ')} |`,
    `|---|${CLIENTS.map(() => '---|').join('')}`,
    ...rows,
    '',
  ].join('\n');
}

function toMatcher(route: Route): (call: RecordedCall) => boolean {
  // The last parameter of some addresses may hold slashes that a client did not encode.
  const pattern = route.path.replaceAll(/:\w+(?:\{[^}]*\})?/g, '[^/]+');
  const exact = new RegExp(`^${pattern}/?$`);
  return ({ method, path }) => method === route.method && exact.test(path);
}
