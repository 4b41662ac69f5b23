/** `ao run bench`: how fast the running service answers. */
import { EXIT } from '#base';
import { findHome, homePaths } from '#config';
import { allowConnection } from '#egress';
import { defineCommand } from '#surface';
import type { CommandContext } from '#surface';
import { measure } from '../bench/measure.ts';
import type { Measurement } from '../bench/measure.ts';
import { openRawConnection, toBytes } from '../bench/raw-connection.ts';
import type { RawConnection } from '../bench/raw-connection.ts';
import { MEASUREMENT } from '../../predictions/log/tallies.ts';
import { chooseModel } from '../call/choose-model.ts';
import { openGatewayClient } from '../call/gateway-client.ts';
import type { GatewayClient } from '../call/gateway-client.ts';
import { requireCount } from '../require-count.ts';
import { openBuiltIn } from '../tasks/own-task.ts';

export const command = defineCommand({
  words: 'ops bench',
  summary: 'Measure how fast the running service answers',
  description:
    'So many callers send the example of the model again and again, each waiting for its answer. Callers and service share this computer, so a service alone would be faster. Percentiles are of every single request, the first second left out. The requests carry the tag `bench`: they are in the log like all others, and no part of what drift is judged by.',
  positionals: [],
  options: {
    clients: { type: 'number', default: 16, summary: 'Callers at the same time' },
    seconds: { type: 'number', default: 5, summary: 'How long' },
    model: { type: 'string', placeholder: 'NAME', summary: 'Which model, when there are several' },
    'api-key': { type: 'string', placeholder: 'KEY', summary: 'Key to send' },
  },
  takesRest: true,
  restUsage: '',
  examples: ['ao bench', 'ao bench --clients 64 --seconds 10'],
  async run(context, { options, rest }) {
    const { out, flags, signal } = context;
    const { project, code } = await openBuiltIn(context, 'bench', rest);
    if (code !== undefined) return code;
    requireCount('clients', options.clients);
    requireCount('seconds', options.seconds);
    const client = openGatewayClient(context, project, options['api-key']);
    const model = chooseModel(project, options.model).name;
    const { example } = await client.readModel({ model }).finally(client.close);
    const { clients } = options;
    const { seconds } = options;
    out.notice(`${clients} callers for ${seconds} s: ${JSON.stringify(example)}`);
    const callers = openCallers(context, client, { model, example, clients });
    const result = await measure({
      clients,
      seconds,
      signal,
      async send(number) {
        const status = await callers[number]?.send();
        if (status !== 200) throw new Error(`status ${status}`);
      },
    });
    for (const caller of callers) caller.close();
    if (flags.json) out.json({ model, clients, ...result });
    else for (const line of toLines(result)) out.line(line);
    return result.errors === 0 ? EXIT.done : EXIT.failed;
  },
});

interface Load {
  readonly model: string;
  readonly example: Readonly<Record<string, unknown>>;
  readonly clients: number;
}

/** One connection for each caller. */
function openCallers(
  { env, cwd }: CommandContext<unknown>,
  { url, headers }: GatewayClient,
  { model, example, clients }: Load,
): readonly RawConnection[] {
  const address = new URL(url);
  const ledgerPath = homePaths(findHome({ cwd, env })).egressLedger;
  // The question for the model's page was told already, if it could not be recorded.
  const rules = { offline: false, ledgerPath, onUnrecorded: () => undefined };
  allowConnection(rules, 'bench', address.hostname, Number(address.port));
  const path = `/v1/models/${encodeURIComponent(model)}/predict`;
  const bytes = toBytes(address.host, {
    path,
    body: JSON.stringify(example),
    headers: { ...headers, 'X-Tags': MEASUREMENT },
  });
  return Array.from({ length: clients }, () => openRawConnection(address, bytes));
}

function toLines({
  requests,
  errors,
  seconds,
  perSecond,
  ms,
  firstError,
}: Measurement): readonly string[] {
  const round = (value: number) => value.toFixed(value < 10 ? 2 : 1);
  return [
    `${requests} requests in ${seconds.toFixed(1)} s, ${errors} errors${firstError === undefined ? '' : `, the first: ${firstError}`}`,
    `${perSecond.toFixed(0)} requests/s`,
    `p50 ${round(ms.p50)} ms, p90 ${round(ms.p90)} ms, p99 ${round(ms.p99)} ms, longest ${round(ms.max)} ms`,
  ];
}
