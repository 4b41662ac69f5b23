/** The files of model-interface/: what callers of a service read. Generated, committed, checked for freshness. */
import { readProto } from '../hosts/protos/read-protos.ts';
import type { Project } from '../projects/project.ts';
import { findSetting } from '../projects/settings.ts';
import { renderReadme } from './interface-readme.ts';
import { toJsonSchema } from './json-schema.ts';
import { toOpenApi } from './openapi.ts';
import type { DescribedModel } from './openapi.ts';
import type { Field } from './signature.ts';
import { toPackages } from './typed-plan.ts';
import { renderTypedProto } from './typed-proto.ts';

export type InterfaceProject = Pick<Project, 'name' | 'description'>;

/**
 * Text by path relative to the project. The same signatures give the same bytes on every machine: settings such as the
 * port are none of the interface.
 */
export function renderInterface(
  project: InterfaceProject,
  models: readonly DescribedModel[],
): ReadonlyMap<string, string> {
  const { name, description } = project;
  const service = { name, ...(description === undefined ? {} : { description }), url: LOCAL_URL };
  const packages = toPackages(models.map((model) => model.name));
  const typed = models.map((model) => {
    const own = packages.get(model.name) ?? '';
    return [`model-interface/${own}.proto`, renderTypedProto(model, own)] as const;
  });
  return new Map([
    ['model-interface/anops.proto', readProto('anops')],
    ['model-interface/inference.proto', readProto('inference')],
    ...typed,
    ['model-interface/signature.json', toJson(toSignatureFile(name, models))],
    ['model-interface/openapi.json', toJson(toOpenApi(service, models))],
    ['model-interface/README.md', renderReadme(service, models)],
  ]);
}

/** Where a project answers when nothing else is set. */
const LOCAL_URL = `http://127.0.0.1:${Number(findSetting('api', 'port')?.default)}`;

const toJson = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;

/** Everything that is known of each model, and a JSON Schema of its rows. */
function toSignatureFile(project: string, models: readonly DescribedModel[]) {
  return {
    format: 1,
    project,
    models: Object.fromEntries(
      models.map(({ name, signature }) => [
        name,
        {
          ...signature,
          inputs: signature.inputs.map(withoutEvidence),
          outputs: signature.outputs.map(withoutEvidence),
          schema: {
            $schema: 'https://json-schema.org/draft/2020-12/schema',
            ...toJsonSchema(signature),
          },
        },
      ]),
    ),
  };
}

/** Where a fact was found may change without the fact. */
function withoutEvidence({ evidence: _, ...facts }: Field): Omit<Field, 'evidence'> {
  return facts;
}
