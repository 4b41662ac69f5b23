/** The Node that runs inside an image: a copy of the one that runs now. */
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ArchiveEntry } from './archive.ts';
import { buildFailures } from './errors.ts';
import { NODE_PATH, STATE_FOLDER } from './image-facts.ts';

/** Names of systems and processors as images have them: `linux/amd64`. */
export function toPlatform(platform = process.platform, arch = process.arch): string {
  return `${platform}/${arch === 'x64' ? 'amd64' : arch}`;
}

/** Libraries of the C library that it loads by name when it looks up hosts. */
const BY_NAME = ['libnss_files.so.2', 'libnss_dns.so.2', 'libresolv.so.2'];

/** AO505 unless the Node of this machine runs on that platform. */
export function checkPlatform(wanted: string): void {
  const own = toPlatform();
  if (wanted === own && own.startsWith('linux/')) return;
  throw buildFailures.create(
    'AO505',
    `This machine's Node is for ${own}, and its copy goes into the image, so an image for ${wanted} cannot be made here. The bundle is made, and serves for every machine.`,
    { hint: own.startsWith('linux/') ? `ao build --platform ${own}` : 'ao run up' },
  );
}

/** Node alone, for a base that has a C library. */
export function listNode(): readonly ArchiveEntry[] {
  return [
    { path: NODE_PATH.slice(1), content: realpathSync(process.execPath), mode: 0o755 },
    { path: STATE_FOLDER.slice(1), owner: 65_532, mode: 0o750 },
  ];
}

/**
 * A root folder with nothing but Node and the libraries that it loads, as this process has loaded them, each under
 * its own path; accounts, name look-up, and folders to write to.
 */
export function listBareRoot(): readonly ArchiveEntry[] {
  // Looking up the names of open connections takes seconds.
  Object.assign(process.report, { excludeNetwork: true });
  const report = process.report.getReport() as unknown as {
    readonly sharedObjects: readonly string[];
  };
  const loaded = report.sharedObjects.filter((path) => path.startsWith('/') && existsSync(path));
  const libc =
    loaded.find((path) => /\/libc\.so|\/libc\.musl|ld-musl/.test(path)) ?? '/lib/libc.so';
  const named = BY_NAME.map((name) => join(dirname(libc), name)).filter((path) => existsSync(path));
  return [
    ...listNode(),
    ...[...new Set([...loaded, ...named])].map((path) => ({
      path: path.slice(1),
      content: realpathSync(path),
      mode: 0o755,
    })),
    { path: 'tmp', mode: 0o1777 },
    toText(
      'etc/passwd',
      'root:x:0:0:root:/root:/sbin/nologin\nao:x:65532:65532:ao:/var/lib/coaia:/sbin/nologin\n',
    ),
    toText('etc/group', 'root:x:0:\nao:x:65532:\n'),
    toText('etc/nsswitch.conf', 'hosts: files dns\n'),
  ];
}

function toText(path: string, text: string): ArchiveEntry {
  return { path, content: Buffer.from(text) };
}
