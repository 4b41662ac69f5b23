/** What the commands of prompts need: the embedded store or a server, behind one interface. */
import type { PromptsApi } from '@coaia/client';
import { needs } from '#surface';

/** The calls of the API, and what only the owner of a store can do. */
export interface PromptCommandsApi extends PromptsApi {
  listProtectedLabels(): Promise<readonly string[]>;
  /** Replaces the list; refused over a key. */
  updateProtectedLabels(labels: readonly string[]): Promise<readonly string[]>;
}

export const promptsApi = needs<PromptCommandsApi>('prompts');
