/** `ao check --explain` asks the model that the text commands use. */
import type { Scope } from '#base';
import type { CheckAssistant } from '#serving';
import type { Database } from '#store';
import type { TextApi } from '#text';
import type { CoaiaClient } from '@coaia/client';
import type { OpenNeedOptions } from './open-options.ts';
import { openLocalText, openRemoteText } from './open-text.ts';

export async function openLocalAssistant(
  db: Database,
  scope: Scope,
  options: OpenNeedOptions,
): Promise<CheckAssistant> {
  return toAssistant(await openLocalText(db, scope, options));
}

export async function openRemoteAssistant(
  client: CoaiaClient,
  options: OpenNeedOptions,
): Promise<CheckAssistant> {
  return toAssistant(await openRemoteText(client, options));
}

function toAssistant(text: TextApi): CheckAssistant {
  return {
    async explain(question, signal) {
      const model = await text.defaultModel(undefined);
      if (model === undefined) return undefined;
      const messages = [{ role: 'user' as const, content: question }];
      const trace = { name: 'ao check' };
      const { content } = await text.ask({ model, messages, trace, signal });
      return content;
    },
  };
}
