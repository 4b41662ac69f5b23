/** Administration over a server: what only a store can do says so, and people are found by their address. */
import { notFound } from '#base';
import type { AdministrationApi, createAdministrationApi } from '@coaia/client';
import { accessErrors } from './errors.ts';

/** The calls of the client, completed. `calls` fails with the program's own codes already. */
export function createRemoteAdministration(
  calls: ReturnType<typeof createAdministrationApi>,
): AdministrationApi {
  const findUserId = async (emailOrId: string) => {
    if (!emailOrId.includes('@')) return emailOrId;
    const address = emailOrId.trim().toLowerCase();
    const found = (await calls.listAccounts()).find(({ email }) => email === address);
    if (found === undefined) throw notFound('User', emailOrId);
    return found.userId;
  };
  const refuse = async (): Promise<never> => {
    throw accessErrors.create(
      'COAIA-0327',
      'This is done on the machine of the server, in its store; a key cannot do it.',
      { hint: 'env -u LANGFUSE_BASE_URL -u LANGFUSE_HOST coaia ...' },
    );
  };
  return {
    ...calls,
    createKey: (owner, draft) =>
      draft.scopes === undefined ? calls.createKey(owner, draft) : refuse(),
    async addAccount(draft) {
      if (draft.role !== undefined) return calls.addAccount(draft);
      const address = draft.email.trim().toLowerCase();
      const known = (await calls.listAccounts()).find(({ email }) => email === address);
      return known ?? calls.addAccount({ ...draft, role: 'MEMBER' });
    },
    listOrganizations: refuse,
    createOrganization: refuse,
    updateAccountPassword: refuse,
    removeAccount: async (user) => calls.removeAccount(await findUserId(user)),
    updateRole: async (user, role, projectId) =>
      calls.updateRole(await findUserId(user), role, projectId),
  };
}
