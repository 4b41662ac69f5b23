/** `ao run smoke`: every example once. */
import { EXIT, isObject, renderCsvRow } from '#base';
import { defineCommand } from '#surface';
import type { CommandContext } from '#surface';
import { compareExpected } from '../../checks/expected.ts';
import { readExamples } from '../../checks/examples.ts';
import type { Example } from '../../checks/examples.ts';
import type { ModelSettings, Project } from '../../projects/project.ts';
import type { Signature } from '../../signatures/signature.ts';
import { openGatewayClient } from '../call/gateway-client.ts';
import type { GatewayClient } from '../call/gateway-client.ts';
import { openBuiltIn } from '../tasks/own-task.ts';

interface Result {
  readonly model: string;
  readonly row: number;
  /** Undefined when it was answered as expected. */
  readonly problem?: string;
}

export const command = defineCommand({
  words: 'ops smoke',
  summary: 'Predict every example once',
  description:
    'Sends each row of examples.csv to the running service. A column `expected` is compared with the answer, to as many digits as it has. Ends with 1 when a row fails.',
  positionals: [],
  options: { 'api-key': { type: 'string', placeholder: 'KEY', summary: 'Key to send' } },
  takesRest: true,
  restUsage: '',
  examples: ['ao smoke'],
  async run(context, { options, rest }) {
    const { out, flags } = context;
    const { project, code } = await openBuiltIn(context, 'smoke', rest);
    if (code !== undefined) return code;
    const client = openGatewayClient(context, project, options['api-key']);
    const results: Result[] = [];
    try {
      for (const model of project.models) results.push(...(await tryModel(client, project, model)));
    } finally {
      client.close();
    }
    const failed = results.filter(({ problem }) => problem !== undefined);
    if (flags.json) out.json({ rows: results.length, failed: failed.length, results });
    else print(context, results.length, failed);
    return failed.length === 0 ? EXIT.done : EXIT.failed;
  },
});

function print({ out }: CommandContext<unknown>, count: number, failed: readonly Result[]): void {
  for (const { model, row, problem = '' } of failed) out.line(`${model} row ${row}: ${problem}`);
  out.line(
    `${count - failed.length} of ${count} examples answered${failed.length === 0 ? '.' : ` as they should be.`}`,
  );
}

async function tryModel(
  client: GatewayClient,
  project: Project,
  model: ModelSettings,
): Promise<readonly Result[]> {
  const page = await client.readModel({ model: model.name });
  const { rows, from } = readExamples(project.folder, model, page as unknown as Signature);
  const results: Result[] = [];
  for (const example of rows) {
    const problem = await tryRow(client, model.name, example, from);
    results.push({
      model: model.name,
      row: example.number,
      ...(problem === undefined ? {} : { problem }),
    });
  }
  return results;
}

async function tryRow(
  client: GatewayClient,
  model: string,
  { row, expected }: Example,
  from: 'text' | 'json',
): Promise<string | undefined> {
  const names = Object.keys(row).filter((name) => name !== 'expected');
  const csv = `${renderCsvRow(names)}\n${renderCsvRow(names.map((name) => row[name]))}\n`;
  try {
    const { predictions } = await client.predict({ model }, from === 'text' ? csv : row);
    const [answer] = predictions;
    if (answer === undefined) return 'there was no prediction';
    const values = isObject(answer) ? answer : { prediction: answer };
    return expected === undefined ? undefined : compareExpected(values, expected);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
