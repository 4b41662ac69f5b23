/** The files of the built page, listed once: an address is looked up in the list and never becomes a path. */
import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';

export type Encoding = 'br' | 'gzip' | 'identity';

/** One form of a file, ready to be sent. */
export interface PageContent {
  readonly bytes: Uint8Array;
  readonly etag: string;
}

export interface PageFile {
  readonly type: string;
  /** The name carries a hash of the content, so that it may be kept for ever. */
  readonly isImmutable: boolean;
  /** Encodings worth offering, best first. */
  readonly encodings: readonly Encoding[];
  /** Content in an encoding; read and compressed on first use, then kept. */
  readonly read: (encoding: Encoding) => Promise<PageContent>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

const COMPRESSIBLE = new Set([
  '.html',
  '.js',
  '.mjs',
  '.css',
  '.json',
  '.webmanifest',
  '.map',
  '.svg',
  '.txt',
  '.wasm',
]);
/** Vite writes `name-<8 characters>.ext` into assets/. */
const HASHED = /^\/assets\/.+[-.][\w-]{8,}\.\w+$/;

const gzip = promisify(zlib.gzip);
const brotli = promisify(zlib.brotliCompress);

/** Regular files below a folder by address (`/assets/app-1a2b3c4d.js`). Links, dot files and `.br`/`.gz` are left out. */
export function listPageFiles(folder: string): ReadonlyMap<string, PageFile> {
  const files = new Map<string, PageFile>();
  addFiles(files, folder, '');
  return files;
}

/** Walks by hand: the recursive listing of Node follows links to folders. */
function addFiles(files: Map<string, PageFile>, folder: string, prefix: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const address = `${prefix}/${entry.name}`;
    const path = join(folder, entry.name);
    if (entry.name.startsWith('.') || /\.(?:br|gz)$/.test(entry.name)) continue;
    if (entry.isDirectory()) addFiles(files, path, address);
    else if (entry.isFile()) files.set(address, toPageFile(path, address));
  }
}

function toPageFile(path: string, address: string): PageFile {
  const extension = extname(address).toLowerCase();
  const isCompressible = COMPRESSIBLE.has(extension) && statSync(path).size > 512;
  const contents = new Map<Encoding, Promise<PageContent>>();
  return {
    type: TYPES[extension] ?? 'application/octet-stream',
    isImmutable: HASHED.test(address),
    encodings: isCompressible ? ['br', 'gzip', 'identity'] : ['identity'],
    read(encoding) {
      const known = contents.get(encoding);
      if (known !== undefined) return known;
      const content = readContent(path, encoding);
      contents.set(encoding, content);
      content.catch(() => contents.delete(encoding));
      return content;
    },
  };
}

async function readContent(path: string, encoding: Encoding): Promise<PageContent> {
  const bytes = await readEncoded(path, encoding);
  const digest = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
  return { bytes, etag: `"${digest}"` };
}

/** The form made at build time if it is there, otherwise compressed now. */
async function readEncoded(path: string, encoding: Encoding): Promise<Uint8Array> {
  if (encoding === 'identity') return readFile(path);
  const built = await readFile(`${path}.${encoding === 'br' ? 'br' : 'gz'}`).catch(() => undefined);
  if (built !== undefined) return built;
  const bytes = await readFile(path);
  if (encoding === 'gzip') return gzip(bytes, { level: 9 });
  return brotli(bytes, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 9 } });
}
