/** `coaia models connections test`: really calls the server of a connection. */
import { defineCommand } from '#surface';
import { connectionsApi } from '../../ports.ts';
import { findByName, listAllConnections } from '../find-by-name.ts';
import { noConnection } from '../find-connection.ts';

export const command = defineCommand({
  words: 'models connections test',
  summary: 'Call the server of a connection',
  description:
    'Asks for the models of the server, which costs nothing. With --model that model answers one word, which is recorded as a trace. Without a name all connections are tried.',
  needs: connectionsApi,
  positionals: [{ name: 'name', summary: 'Name or id of the connection; all when absent' }],
  options: {
    model: { type: 'string', short: 'm', placeholder: 'MODEL', summary: 'Ask this model, too' },
  },
  examples: ['coaia models connections test', 'coaia models connections test ollama -m llama3.2'],
  async run({ open, out, flags }, { options, args }) {
    const api = await open();
    const tried =
      args.name === undefined ? await listAllConnections(api) : [await findByName(api, args.name)];
    if (tried.length === 0) throw noConnection();
    const { model } = options;
    for (const { id, provider } of tried) {
      const result = await api.testConnection(id, model === undefined ? {} : { model });
      if (flags.json) {
        out.json(result);
        continue;
      }
      const count = result.models.length === 1 ? '1 model' : `${result.models.length} models`;
      out.line(`${provider}: ${result.baseUrl} answers in ${result.latencyMs} ms, ${count}.`);
      for (const name of result.models.slice(0, SHOWN)) out.line(`  ${name}`);
      if (result.models.length > SHOWN) out.line(`  and ${result.models.length - SHOWN} more`);
      if (result.answer !== null) out.line(`${model}: ${result.answer}`);
    }
  },
});

const SHOWN = 20;
