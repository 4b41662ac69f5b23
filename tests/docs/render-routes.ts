/** docs/reference/routes.md: one heading per method and path. */
import { toPermission } from '../../packages/coaia/src/access/index.ts';
import type { Route } from '../../packages/coaia/src/surface/index.ts';
import { toPageHead, toSentence } from './markdown.ts';

const access: Readonly<Record<Route['access'], string>> = {
  open: 'Anyone may call it.',
  project: 'Needs a key pair (Basic) or the signed-in page.',
  scores: 'Needs a key pair (Basic), the signed-in page, or the public key alone (Bearer).',
  organization:
    'Needs the key pair of an organization (Basic), or an owner or admin on the signed-in page.',
  either: 'Needs the key pair of a project or of its organization (Basic), or the signed-in page.',
  page: "Needs the signed-in page or a key pair; Coaia's own, not part of the Langfuse API.",
};

/** People need this permission by their role; permissions.md says who has it. */
function toPermissionNote(route: Route): string {
  const permission = toPermission(route);
  return permission === undefined ? '' : ` Permission \`${permission}\`.`;
}

/** In the order of their paths. */
export function renderRoutes(routes: readonly Route[]): string {
  const sorted = routes.toSorted(
    (a, b) => a.path.localeCompare(b.path, 'en') || a.method.localeCompare(b.method, 'en'),
  );
  const head = toPageHead('Routes', 'Every address the server answers, besides the page itself.');
  const sections = sorted.flatMap((route) => [
    `## ${route.method} ${route.path}`,
    '',
    `${toSentence(route.summary)} ${access[route.access]} Operation \`${route.operation}\`.${toPermissionNote(route)}`,
    '',
  ]);
  return [...head, ...sections].join('\n');
}
