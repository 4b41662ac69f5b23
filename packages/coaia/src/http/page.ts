/** The web page: its files, the fallback to index.html, and the one-time sign-in link. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSession, SESSION_COOKIE, SESSION_MS } from '#access';
import type { Access, HeaderSource } from '#access';
import { commonErrors } from '#base';
import { PAGE_HEADERS } from './answer-headers.ts';
import { httpErrors } from './errors.ts';
import type { Call, RouteHandler } from './handle-route.ts';
import { toPageAddress } from './langfuse-links.ts';
import { listPageFiles } from './page-files.ts';
import type { Encoding, PageFile } from './page-files.ts';

export interface Page {
  /** The file at an address. */
  find(address: string): PageFile | undefined;
}

/** Where the page may lie: beside the bundle, or built in the repository. */
const FOLDERS = ['./web/', '../web/', '../../../web/dist/'];

/** Opens the built page, or undefined when nobody has built it. */
export function findPage(
  folders = FOLDERS.map((folder) => fileURLToPath(new URL(folder, import.meta.url))),
): Page | undefined {
  const folder = folders.find((candidate) => existsSync(join(candidate, 'index.html')));
  return folder === undefined ? undefined : openPage(folder);
}

/** Opens a folder with an index.html. The list is made again when index.html was replaced by a new build. */
export function openPage(folder: string): Page {
  const root = folder.replace(/[\\/]$/, '');
  let files = listPageFiles(root);
  let builtAt = toBuildTime(root);
  return {
    find(address) {
      if (address === '/index.html' && toBuildTime(root) !== builtAt) {
        files = listPageFiles(root);
        builtAt = toBuildTime(root);
      }
      return files.get(address);
    },
  };
}

function toBuildTime(root: string): number | undefined {
  return statSync(join(root, 'index.html'), { throwIfNoEntry: false })?.mtimeMs;
}

/** Answers everything outside the API. */
export function toPageHandler(page: Page | undefined, access: Access): RouteHandler {
  return async (call) => {
    const { c } = call;
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD')
      throw commonErrors.create('COAIA-0004', `${c.req.method} is not allowed here.`, {
        headers: { allow: 'GET, HEAD' },
      });
    const token = c.req.query('k');
    // Link previews ask with HEAD; they must not use the link up.
    if (token !== undefined && c.req.method === 'GET') return signIn(call, token, access);
    const moved = toPageAddress(c.req.path, new URL(c.req.url).searchParams);
    return moved === undefined ? toPageAnswer(page, call) : toRedirect(call, moved);
  };
}

/** A file of the page, or its index for addresses that a browser opens. */
async function toPageAnswer(page: Page | undefined, call: Call): Promise<Response> {
  const { path } = call.c.req;
  const wantsPage = call.headers.get('accept')?.includes('text/html') === true;
  if (page === undefined) return toMissingPage(call);
  const own = path === '/' ? undefined : page.find(path);
  const file = own ?? (path === '/' || wantsPage ? page.find('/index.html') : undefined);
  if (file !== undefined) return toFileAnswer(file, call);
  throw httpErrors.create('COAIA-0405', `There is no ${path} on this server.`);
}

function toRedirect({ requestId }: Call, location: string): Response {
  const headers = { ...PAGE_HEADERS, 'cache-control': 'no-store', 'x-request-id': requestId };
  return new Response(null, { status: 302, headers: { ...headers, location } });
}

async function signIn(call: Call, token: string, access: Access): Promise<Response> {
  const session = await openSession(access, token);
  const url = new URL(call.c.req.url);
  url.searchParams.delete('k');
  const location = session === undefined ? '/sign-in?expired=1' : `${toOwnPath(url)}${url.search}`;
  const cookie = `${SESSION_COOKIE}=${session}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${SESSION_MS / 1000}`;
  const isSecure = call.headers.get('x-forwarded-proto') === 'https';
  return new Response(null, {
    status: 302,
    headers: {
      ...PAGE_HEADERS,
      'cache-control': 'no-store',
      'x-request-id': call.requestId,
      location,
      ...(session === undefined ? {} : { 'set-cookie': isSecure ? `${cookie}; Secure` : cookie }),
    },
  });
}

/** A path that starts with one slash only; two would be another host. */
function toOwnPath(url: URL): string {
  return `/${url.pathname.replace(/^[/\\]+/, '')}`;
}

async function toFileAnswer(file: PageFile, call: Call): Promise<Response> {
  const encoding = findEncoding(file, call.headers);
  const content = await file.read(encoding);
  const headers: Record<string, string> = {
    ...PAGE_HEADERS,
    'x-request-id': call.requestId,
    'cache-control': file.isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag: content.etag,
    ...(file.encodings.length > 1 ? { vary: 'accept-encoding' } : {}),
  };
  const known = call.headers.get('if-none-match')?.split(',') ?? [];
  if (known.some((tag) => tag.trim().replace(/^W\//, '') === content.etag))
    return new Response(null, { status: 304, headers });
  headers['content-type'] = file.type;
  if (encoding !== 'identity') headers['content-encoding'] = encoding;
  headers['content-length'] = String(content.bytes.length);
  return new Response(content.bytes as Uint8Array<ArrayBuffer>, { status: 200, headers });
}

/** The best encoding that both sides know; `q=0` means no. */
function findEncoding(file: PageFile, headers: HeaderSource): Encoding {
  const accepted = new Set<string>();
  for (const part of headers.get('accept-encoding')?.split(',') ?? []) {
    const [name = '', ...parameters] = part.trim().toLowerCase().split(';');
    if (!parameters.some((parameter) => /^\s*q=0(?:\.0*)?$/.test(parameter))) accepted.add(name);
  }
  return file.encodings.find((encoding) => accepted.has(encoding)) ?? 'identity';
}

const MISSING = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Coaia</title></head>
<body><h1>The page is not built</h1>
<p>The server runs and its API answers, but the web page is missing from this installation.</p>
<p>In a copy of the repository run <code>npm run build</code>, then reload.</p></body></html>
`;

function toMissingPage(call: Call): Response {
  return new Response(MISSING, {
    status: 503,
    headers: {
      ...PAGE_HEADERS,
      'x-request-id': call.requestId,
      'cache-control': 'no-store',
      'content-type': 'text/html; charset=utf-8',
    },
  });
}
