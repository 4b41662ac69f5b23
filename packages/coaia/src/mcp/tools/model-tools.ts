/** One tool for each served model: what it takes is the model's own signature. */
import { toRowSchema } from '#main/served-models';
import type { McpApi } from '#main/open-mcp';
import type { DeploymentModelDetail } from '@coaia/client';
import type { InputSchema, JsonSchema, Tool } from '../tool.ts';

/** Letters, digits and underscores are what every client takes. */
function toToolName(model: string): string {
  return `predict_${model.replaceAll(/\W/g, '_')}`.slice(0, 64);
}

/** The tools of the models that a gateway serves at this moment. Rejects when the store cannot be opened. */
export async function listModelTools(open: () => Promise<McpApi>): Promise<readonly Tool[]> {
  const api = await open();
  const models = await api.models();
  const { data } = await models.listDeployments();
  const served = data.filter(({ gateways }) => gateways.some(({ state }) => state === 'ready'));
  return Promise.all(served.map(async ({ name }) => toTool(await models.getDeployment(name))));
}

/** Stands where the tools of the models would; calling it fails as listing them did. */
export function toAbsentModels(error: unknown): Tool {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    name: 'predict_unavailable',
    description: `Served models cannot be listed: ${reason}`,
    input: ANYTHING,
    isReadOnly: true,
    run: async () => {
      throw error;
    },
  };
}

async function toTool(model: DeploymentModelDetail): Promise<Tool> {
  const champion = model.versions.find(({ version }) => version === model.traffic?.champion);
  const { signature } = champion ?? model.versions[0] ?? {};
  const what = signature?.description ?? `${signature?.task ?? 'prediction'} model`;
  const outputs = signature?.outputs.map(({ name }) => name).join(', ') ?? '';
  return {
    name: toToolName(model.name),
    description: `Prediction by the served model ${model.name}: ${what}. Answers ${outputs}.`,
    input:
      signature === undefined ? ANYTHING : toInput((await toRowSchema(signature)) as JsonSchema),
    isReadOnly: true,
    async run({ api }, input) {
      const models = await (await api()).models();
      return {
        ...((await models.predict(model.name, input)) as Readonly<Record<string, unknown>>),
      };
    },
  };
}

const ANYTHING: InputSchema = { type: 'object', properties: {} };

function toInput({ properties, required }: JsonSchema): InputSchema {
  return {
    type: 'object',
    properties: properties as Readonly<Record<string, JsonSchema>>,
    required: required as readonly string[],
  };
}
