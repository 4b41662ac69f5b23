/** The calls about prompts over a server, where protection belongs to that server's owner. */
import type { PromptsApi } from '@coaia/client';
import { promptErrors } from './errors.ts';
import type { PromptCommandsApi } from './ports.ts';

/** Adds what only an owner may do, as refusals, to the calls of the client. */
export function createRemotePrompts(api: PromptsApi): PromptCommandsApi {
  const refuse = async () => {
    throw promptErrors.create(
      'COAIA-2005',
      'Protected labels are kept by the owner of a server, on its page or on its machine; keys may not read or change them.',
    );
  };
  return { ...api, listProtectedLabels: refuse, updateProtectedLabels: refuse };
}
