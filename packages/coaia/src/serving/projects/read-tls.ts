/** Certificates of the connection between gateway and host. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Project } from './project.ts';

/** PEM texts. */
export interface LinkTls {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/** The files that `[link] tls` names; undefined: no TLS. */
export async function readTls({
  folder,
  link,
}: Pick<Project, 'folder' | 'link'>): Promise<LinkTls | undefined> {
  if (link.tls === undefined) return undefined;
  const texts = await Promise.all(
    Object.entries(link.tls).map(
      async ([name, file]) => [name, await readFile(resolve(folder, file), 'utf8')] as const,
    ),
  );
  return Object.fromEntries(texts);
}
