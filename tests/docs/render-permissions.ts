/** docs/reference/permissions.md: the table of roles and permissions, as the server enforces it. */
import { PERMISSION_NAMES, PERMISSIONS } from '../../packages/coaia/src/access/index.ts';
import type { Holder } from '../../packages/coaia/src/access/index.ts';
import { toPageHead, toTable } from './markdown.ts';

const COLUMNS: readonly (readonly [Holder, string])[] = [
  ['OWNER', 'Owner'],
  ['ADMIN', 'Admin'],
  ['MEMBER', 'Member'],
  ['VIEWER', 'Viewer'],
  ['NONE', 'None'],
  ['KEY', 'Project key'],
  ['ORGANIZATION_KEY', 'Organization key'],
];

/** One row per permission, one column per role and kind of key. */
export function renderPermissions(): string {
  const head = toPageHead(
    'Permissions',
    'What each role, and each kind of key without a role, may do. Every route in routes.md names its permission.',
  );
  const titles = ['Permission', 'Allows', ...COLUMNS.map(([, title]) => title)];
  const rows = PERMISSION_NAMES.map((name) => {
    const { holders, summary }: { readonly holders: readonly Holder[]; readonly summary: string } =
      PERMISSIONS[name];
    const marks = COLUMNS.map(([holder]) => (holders.includes(holder) ? 'yes' : ''));
    return [`\`${name}\``, summary, ...marks];
  });
  return [...head, ...toTable(titles, rows)].join('\n');
}
