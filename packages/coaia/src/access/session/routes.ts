/** Signing in with a password, and what the page asks about its session. */
import { invalidRequest } from '#base';
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import { findSessionToken, SESSION_COOKIE } from '../authenticate.ts';
import { accessErrors } from '../errors.ts';
import { accessPorts } from '../ports.ts';
import { SESSION_MS } from '../sign-in.ts';
import { isPassword } from '../users/password.ts';
import { readUser } from '../users/storage.ts';
import { updatePassword } from '../users/users.ts';
import { getMe, updateSessionProject } from './me.ts';
import { meAnswer, passwordBody, sessionBody, signInAnswer, signInBody } from './schema.ts';

const signIn = defineRoute({
  method: 'POST',
  path: '/api/v1/sign-in',
  operation: 'session.create',
  summary: 'Sign a person in with address and password; answers with the cookie of the page.',
  access: 'open',
  needs: accessPorts,
  body: signInBody,
  response: signInAnswer,
  handler: async ({ api, body, headers }) => {
    requireSameSite(headers);
    const { user, projectId, token } = await api.signInDesk.open(body.email, body.password);
    api.audit({ action: 'user.sign-in', subject: user.id, actor: `user:${user.id}`, projectId });
    const cookie = `${SESSION_COOKIE}=${token}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${SESSION_MS / 1000}`;
    const isSecure = headers.get('x-forwarded-proto') === 'https';
    return {
      json: { user: { id: user.id, email: user.email, name: user.name }, projectId },
      headers: { 'set-cookie': isSecure ? `${cookie}; Secure` : cookie },
    };
  },
});

/** Another page must not sign a browser in: whoever uses it would then work in somebody else's account. */
function requireSameSite(headers: Headers): void {
  const site = headers.get('sec-fetch-site');
  if (site === null || site === 'same-origin' || site === 'none') return;
  throw accessErrors.create('COAIA-0323', 'Signing in from another page is not allowed.');
}

const me = defineRoute({
  method: 'GET',
  path: '/api/v1/me',
  operation: 'me.get',
  summary: 'Say who is asking, with role, permissions, organizations and projects.',
  access: 'page',
  needs: accessPorts,
  response: meAnswer,
  handler: async ({ api, scope }) => ({ json: await getMe(api, scope) }),
});

const password = defineRoute({
  method: 'PUT',
  path: '/api/v1/me/password',
  operation: 'me.updatePassword',
  summary: 'Change the own password; every page session of the person ends.',
  access: 'page',
  needs: accessPorts,
  body: passwordBody,
  status: 204,
  handler: async ({ api, scope, body }) => {
    const { userId } = scope;
    const user = userId === undefined ? undefined : await readUser(api.db, userId);
    if (user === undefined) throw invalidRequest('Only people who are signed in have a password.');
    // Who came by a link has none yet, and has just proved to be meant.
    const isRight =
      user.password_hash === null || (await isPassword(body.current, user.password_hash));
    if (!isRight) throw accessErrors.create('COAIA-0323', 'The current password is not right.');
    await updatePassword(api, scope, user.id, body.next);
    return { status: 204 };
  },
});

const update = defineRoute({
  method: 'PATCH',
  path: '/api/v1/session',
  operation: 'session.update',
  summary: 'Go on in another project that the person may enter.',
  access: 'page',
  needs: accessPorts,
  body: sessionBody,
  response: meAnswer,
  handler: async ({ api, scope, body, headers }) => {
    const token = findSessionToken(headers.get('cookie'));
    if (scope.via !== 'page' || token === undefined)
      throw invalidRequest('A key belongs to one project; use the key of the other one.');
    await updateSessionProject(api, scope, { token, projectId: body.projectId });
    return { json: await getMe(api, { ...scope, projectId: body.projectId }) };
  },
});

export const sessionRoutes: readonly Route[] = [signIn, me, password, update];
