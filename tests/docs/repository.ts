/** The repository's own documents, for the tests that hold them true. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../architecture/scan.ts';

const skipped = /(?:^|\/)(?:node_modules|dist|\.git|\.coaia)(?:\/|$)/;

/** Every Markdown file, by its path from the root. */
export function readPages(): ReadonlyMap<string, string> {
  const top = readdirSync(root).filter((name) => name.endsWith('.md'));
  const folders = ['docs', 'examples', 'packages', 'bench'].filter((name) =>
    existsSync(join(root, name)),
  );
  const below = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(folder, name),
    ),
  );
  const pages = [...top, ...below].filter((path) => path.endsWith('.md') && !skipped.test(path));
  return new Map(pages.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

/** GitHub's anchors of a page's headings. */
export function toAnchors(text: string): ReadonlySet<string> {
  const headings = [...text.replaceAll(/```[^]*?```/g, '').matchAll(/^#+ (.+)$/gm)];
  return new Set(
    headings.map(([, title = '']) =>
      title
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** Sentences about links of one page that lead nowhere. `pages` resolves anchors of other pages. */
export function checkLinks(
  path: string,
  text: string,
  pages: ReadonlyMap<string, string>,
): readonly string[] {
  const plain = text.replaceAll(/```[^]*?```/g, '').replaceAll(/`[^`\n]*`/g, '');
  const breaches: string[] = [];
  for (const [, target = ''] of plain.matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^[a-z]+:/.test(target)) continue;
    const [file = '', anchor] = target.split('#');
    const to = file === '' ? path : join(dirname(path), file);
    if (file !== '' && !existsSync(join(root, to)))
      breaches.push(`${path}: ${target} does not exist`);
    else if (anchor !== undefined && !toAnchors(pages.get(to) ?? '').has(anchor))
      breaches.push(`${path}: ${target} has no such heading`);
  }
  return breaches;
}

interface Manifest {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** A package.json by the path of its folder. */
export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;
}

/** All direct dependencies of a manifest with their versions. */
export function listDependencies(manifest: Manifest): readonly (readonly [string, string])[] {
  const { dependencies, devDependencies, optionalDependencies } = manifest;
  return Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
}
