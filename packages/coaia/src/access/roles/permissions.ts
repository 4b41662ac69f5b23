/** Who may do what: the one table that the API, the page and the docs read. */
import type { Role } from '#base';

/** A person's role, a project key without a role, or a key of an organization. */
export type Holder = Role | 'KEY' | 'ORGANIZATION_KEY';

export interface Permission {
  /** What it allows, as the docs say it. */
  readonly summary: string;
  readonly holders: readonly Holder[];
}

const ADMINS: readonly Holder[] = ['OWNER', 'ADMIN'];
const ADMINS_AND_KEYS: readonly Holder[] = [...ADMINS, 'KEY'];
const ADMINISTRATION: readonly Holder[] = [...ADMINS, 'ORGANIZATION_KEY'];
const WRITERS: readonly Holder[] = ['OWNER', 'ADMIN', 'MEMBER', 'KEY'];
const READERS: readonly Holder[] = [...WRITERS, 'VIEWER'];

const allow = (holders: readonly Holder[], summary: string): Permission => ({ summary, holders });

/** `NONE` holds nothing but what needs no permission: who am I, sign out. */
export const PERMISSIONS = {
  'records:read': allow(READERS, 'Read traces, observations, sessions, users, media and metrics'),
  'records:write': allow(WRITERS, 'Write traces, observations, sessions and media'),
  'records:delete': allow(ADMINS_AND_KEYS, 'Delete traces and sessions'),
  'scores:read': allow(READERS, 'Read scores'),
  'scores:write': allow(WRITERS, 'Write and delete scores'),
  'scoreConfigs:read': allow(READERS, 'Read score configs'),
  'scoreConfigs:write': allow(WRITERS, 'Make and change score configs'),
  'comments:read': allow(READERS, 'Read comments'),
  'comments:write': allow(WRITERS, 'Write comments'),
  'queues:read': allow(READERS, 'Read annotation queues'),
  'queues:write': allow(WRITERS, 'Make annotation queues and work on them'),
  'prompts:read': allow(READERS, 'Read prompts'),
  'prompts:write': allow(WRITERS, 'Make, label and delete prompts'),
  'protectedLabels:read': allow(READERS, 'See which labels are protected'),
  'protectedLabels:write': allow(ADMINS, 'Protect labels, move protected labels'),
  'datasets:read': allow(READERS, 'Read datasets, runs and experiments'),
  'datasets:write': allow(WRITERS, 'Make, change and delete datasets, runs and experiments'),
  'evaluators:read': allow(READERS, 'Read evaluators and their rules'),
  'evaluators:write': allow(WRITERS, 'Make, change and delete evaluators and their rules'),
  'fineTuning:read': allow(READERS, 'Read fine-tuning jobs'),
  'fineTuning:write': allow(ADMINS_AND_KEYS, 'Start and end fine-tuning jobs'),
  'models:read': allow(READERS, 'Read models and prices'),
  'models:write': allow(WRITERS, 'Make, change and delete models and prices'),
  'connections:read': allow(READERS, 'See which model connections there are'),
  'connections:write': allow(ADMINS_AND_KEYS, 'Make, change and delete model connections'),
  'dashboards:read': allow(READERS, 'Read dashboards and widgets'),
  'dashboards:write': allow(WRITERS, 'Make, change and delete dashboards and widgets'),
  'exports:read': allow([...ADMINS_AND_KEYS, 'ORGANIZATION_KEY'], 'See scheduled exports'),
  'exports:write': allow(
    [...ADMINS_AND_KEYS, 'ORGANIZATION_KEY'],
    'Make, change and delete scheduled exports',
  ),
  'mcp:use': allow(
    READERS,
    'Use the MCP server; each of its tools needs the permission of its operation',
  ),
  'stash:read': allow(READERS, 'Read what is kept in the stash'),
  'stash:write': allow(WRITERS, 'Keep and forget values in the stash'),
  'pipelines:read': allow(READERS, 'Read pipeline templates and runs'),
  'pipelines:write': allow(WRITERS, 'Save and delete pipeline templates'),
  'pipelineRuns:read': allow(READERS, 'Read runs of pipelines, schedules and tasks'),
  'pipelineRuns:write': allow(
    WRITERS,
    'Start, cancel and retry runs of pipelines, answer their questions, make schedules',
  ),
  'pipelinePermissions:read': allow(READERS, 'See what pipelines may do beyond asking models'),
  'pipelinePermissions:write': allow(
    ADMINS_AND_KEYS,
    'Say what pipelines may do beyond asking models',
  ),
  'deployments:read': allow(
    READERS,
    'Read served models, their predictions, drift and evaluations',
  ),
  'deployments:write': allow(
    WRITERS,
    'Make versions of served models known, change who gets which, write outcomes',
  ),
  'modelFiles:write': allow(
    ADMINS_AND_KEYS,
    'Upload model files, start and stop gateways on the machine of the server',
  ),
  'playground:use': allow(WRITERS, 'Use the playground'),
  'project:read': allow(READERS, 'Read the settings of the project'),
  'project:write': allow(ADMINS, 'Change the settings of the project'),
  'projects:read': allow(ADMINISTRATION, 'List the projects of the organization'),
  'projects:write': allow(ADMINISTRATION, 'Make, rename and delete projects'),
  'keys:read': allow(ADMINISTRATION, 'List keys; secrets are never shown again'),
  'keys:write': allow(ADMINISTRATION, 'Make and delete keys'),
  'members:read': allow([...ADMINISTRATION, 'MEMBER', 'VIEWER'], 'List people and their roles'),
  'members:write': allow(ADMINISTRATION, 'Invite people, change their roles, remove them'),
  'other:read': allow(READERS, 'Read what has no row of its own'),
  'other:write': allow(WRITERS, 'Write what has no row of its own'),
} as const satisfies Readonly<Record<string, Permission>>;

export type PermissionName = keyof typeof PERMISSIONS;

/** Names in the order of the table. */
export const PERMISSION_NAMES = Object.keys(PERMISSIONS) as readonly PermissionName[];

/** True when the holder may. */
export function hasPermission(holder: Holder, permission: PermissionName): boolean {
  return PERMISSIONS[permission].holders.includes(holder);
}

/** All that a holder may, in the order of the table. */
export function listPermissions(holder: Holder): readonly PermissionName[] {
  return PERMISSION_NAMES.filter((name) => hasPermission(holder, name));
}
