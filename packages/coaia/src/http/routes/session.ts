/** The signed-in page: what it needs to know first, and the way out. */
import { z } from 'zod';
import { closeSession, findProject, findSessionToken, SESSION_COOKIE } from '#access';
import { isAdministrator, notFound } from '#base';
import type { Scope } from '#base';
import { defineRoute } from '#surface';
import { LANGFUSE_VERSION, platformPorts } from './platform-ports.ts';
import type { PlatformPorts } from './platform-ports.ts';

const project = z.object({ id: z.string(), name: z.string() });

const session = z.object({
  project,
  projects: z.array(project),
  server: z.object({
    version: z.string(),
    coaia: z.string(),
    baseUrl: z.string(),
    store: z.enum(['sqlite', 'postgres']),
  }),
  credentials: z.object({ publicKey: z.string().nullable(), secretKey: z.string().nullable() }),
  sample: z.object({ loaded: z.boolean() }),
  limits: z.record(z.string(), z.number()),
});

export const getSession = defineRoute({
  method: 'GET',
  path: '/api/v1/session',
  operation: 'session.get',
  summary: 'Project, server and keys for the page that is signed in.',
  access: 'page',
  needs: platformPorts,
  response: session,
  handler: async ({ api, scope }) => {
    const found = await findProject(api.db, scope.projectId);
    if (found === undefined) throw notFound('Project', scope.projectId);
    const own = { id: found.id, name: found.name };
    return {
      json: {
        project: own,
        projects: [own],
        server: {
          version: LANGFUSE_VERSION,
          coaia: api.version,
          baseUrl: api.baseUrl(),
          store: api.db.dialect.name,
        },
        credentials: await toCredentials(api, scope),
        sample: { loaded: await api.hasSample(found.id) },
        limits: api.limits,
      },
    };
  },
});

export const signOut = defineRoute({
  method: 'POST',
  path: '/api/v1/sign-out',
  operation: 'session.delete',
  summary: 'Ends the page session and clears its cookie.',
  access: 'page',
  needs: platformPorts,
  status: 204,
  handler: async ({ api, headers }) => {
    const token = findSessionToken(headers.get('cookie'));
    if (token !== undefined) await closeSession(api.access, token);
    const cookie = `${SESSION_COOKIE}=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0`;
    return { status: 204, headers: { 'set-cookie': cookie } };
  },
});

/**
 * The pair of this project; the secret only while it lies in credentials.json, and only for owners, admins and who
 * has it already: it may do more than the caller.
 */
async function toCredentials(api: PlatformPorts, scope: Scope) {
  const credentials = await api.access.findCredentials();
  const isKnown = isAdministrator(scope) || scope.publicKey === credentials?.publicKey;
  if (credentials?.projectId === scope.projectId)
    return {
      publicKey: credentials.publicKey,
      secretKey: isKnown ? credentials.secretKey : null,
    };
  const rows = await api.db.read<{ public_key: string }>(
    'SELECT public_key FROM api_keys WHERE project_id = ? AND scopes IS NULL ORDER BY created_at LIMIT 1',
    [scope.projectId],
  );
  return { publicKey: rows[0]?.public_key ?? null, secretKey: null };
}
