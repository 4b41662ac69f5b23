/** The calls about prompts over the embedded store, for commands: the same that the client makes by HTTP. */
import { invalidRequest, parseTime } from '#base';
import type { Scope } from '#base';
import type { CurationPorts } from '../ports.ts';
import type { PromptCommandsApi } from './ports.ts';

/** Each call loads its part of the room when it is first used. */
export function createLocalPrompts(ports: CurationPorts, scope: Scope): PromptCommandsApi {
  return {
    async listPrompts({ page = 1, limit = 10, fromUpdatedAt, toUpdatedAt, ...bounds } = {}) {
      const { listPrompts } = await import('./prompts.ts');
      return listPrompts(ports, scope, {
        ...bounds,
        page,
        limit,
        fromUpdatedAt: toTime('fromUpdatedAt', fromUpdatedAt),
        toUpdatedAt: toTime('toUpdatedAt', toUpdatedAt),
      });
    },
    async getPrompt(name, options) {
      const { getPrompt } = await import('./prompts.ts');
      return getPrompt(ports, scope, name, options);
    },
    async createPrompt(body) {
      const { createPrompt } = await import('./create-prompt.ts');
      return createPrompt(ports, scope, body);
    },
    async addPromptLabels(name, version, newLabels) {
      const { addPromptLabels } = await import('./prompts.ts');
      return addPromptLabels(ports, scope, { name, version }, newLabels);
    },
    async deletePrompt(name, selector) {
      const { deletePrompt } = await import('./delete-prompt.ts');
      return deletePrompt(ports, scope, name, selector);
    },
    async listProtectedLabels() {
      const { listProtectedLabels } = await import('./protected-labels.ts');
      return listProtectedLabels(ports, scope);
    },
    async updateProtectedLabels(labels) {
      const { updateProtectedLabels } = await import('./protected-labels.ts');
      return updateProtectedLabels(ports, scope, labels);
    },
  };
}

function toTime(name: string, text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  const time = parseTime(text);
  if (time === undefined) throw invalidRequest(`"${name}" is no ISO 8601 time: ${text}`);
  return time;
}
