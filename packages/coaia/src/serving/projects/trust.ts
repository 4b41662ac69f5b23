/** Files that this machine's user allowed to be opened although opening them runs code (pickles, `.rds`). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toIso } from '#base';
import { updateFile } from '#config';

/** A file by its contents; the name is only for reading. */
export interface TrustedFile {
  /** Hex. */
  readonly sha256: string;
  /** Where it was when it was trusted. */
  readonly path: string;
  /** ISO 8601. */
  readonly at: string;
}

function toPath(home: string): string {
  return join(home, 'trust', 'models.json');
}

function isEntry(value: unknown): value is TrustedFile {
  return typeof (value as { readonly sha256?: unknown } | null)?.sha256 === 'string';
}

/** Everything trusted on this machine. A damaged file trusts nothing. `home` is COAIA_HOME. */
export function listTrusted(home: string): readonly TrustedFile[] {
  try {
    const content: unknown = JSON.parse(readFileSync(toPath(home), 'utf8'));
    return Array.isArray(content) ? content.filter(isEntry) : [];
  } catch {
    return [];
  }
}

/** Whether contents with this SHA-256 (hex) may be opened on this machine. */
export function isTrusted(home: string, sha256: string): boolean {
  return listTrusted(home).some((file) => file.sha256 === sha256);
}

/** Trusts contents from now on. */
export function addTrust(
  home: string,
  { path, sha256 }: { readonly path: string; readonly sha256: string },
): void {
  updateFile(toPath(home), () => {
    const others = listTrusted(home).filter((file) => file.sha256 !== sha256);
    return toText([...others, { sha256, path, at: toIso(Date.now()) }]);
  });
}

/** Forgets them. False when they were not trusted. */
export function removeTrust(home: string, sha256: string): boolean {
  if (!isTrusted(home, sha256)) return false;
  updateFile(toPath(home), () =>
    toText(listTrusted(home).filter((file) => file.sha256 !== sha256)),
  );
  return true;
}

function toText(files: readonly TrustedFile[]): string {
  return `${JSON.stringify(files, undefined, 2)}\n`;
}
