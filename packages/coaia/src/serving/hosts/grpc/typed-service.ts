/** `anops.NAME.Model` for each model of the catalog: its rows as messages with a field for each input and output. */
import type { Message } from '@bufbuild/protobuf';
import type { FileDescriptorProto } from '@bufbuild/protobuf/wkt';
import { TensorError } from '../../tensors/frame.ts';
import type { Signature } from '../../signatures/signature.ts';
import { toPackages, toTypedService } from '../../signatures/typed-plan.ts';
import type { CatalogModel, ModelCatalog } from '../../versions/catalog.ts';
import { hostFailures } from '../errors.ts';
import { begin } from './call.ts';
import type { CallContext } from './call.ts';
import { predictRows } from './predict-rows.ts';
import type { ServedModels } from './served-models.ts';
import { openTypedMessages } from './typed-messages.ts';
import type { TypedMessages, TypedMethod } from './typed-messages.ts';

interface Request {
  readonly row?: Message;
  readonly rows?: readonly Message[];
  readonly version: string;
  readonly requestId: string;
}

export interface TypedServices {
  /** Names of services of the models that the catalog has now. */
  readonly names: () => readonly string[];
  /** What describes them: that of the version that answers whoever names none. */
  readonly files: () => readonly FileDescriptorProto[];
  /** Bytes in, bytes out: which messages they are is known when the version is. */
  readonly handle: (
    service: string,
    method: 'Predict' | 'PredictBatch',
    bytes: Buffer,
    context: CallContext,
  ) => Promise<Buffer>;
}

/** Without a catalog there are none. */
export function createTypedServices(models: ServedModels, catalog?: ModelCatalog): TypedServices {
  const known = new WeakMap<Signature, TypedMessages>();
  const open = (name: string, signature: Signature): TypedMessages => {
    const before = known.get(signature);
    if (before?.file.package === `anops.${name}`) return before;
    const made = openTypedMessages(name, signature);
    known.set(signature, made);
    return made;
  };
  const list = () => listTyped(catalog?.list() ?? []);
  return {
    names: () => list().map(({ service }) => service),
    files: () => list().map(({ name, signature }) => open(name, signature).file),
    async handle(service, method, bytes, context) {
      const found = list().find((one) => one.service === service);
      if (found === undefined)
        throw hostFailures.create('AO404', `There is no model behind ${service} any more.`);
      const { model, name, signature } = found;
      const usual = pick(open(name, signature), method);
      const first = decode(usual, bytes);
      const target = await models.choose(model, first.version, context.header);
      const options = begin(context, target, first.requestId);
      const own = (await models.reader(target))?.signature ?? signature;
      const messages = open(name, own);
      const asked = own === signature ? first : decode(pick(messages, method), bytes);
      const isBatch = method === 'PredictBatch';
      const given = isBatch ? (asked.rows ?? []) : [asked.row ?? nothing()];
      const rows = given.map((row, index) =>
        messages.readRow(row, isBatch ? `rows[${index}]` : 'row'),
      );
      const path = isBatch ? 'rows' : '';
      const answer = await predictRows(models, { target, rows, path, options }, context);
      const predictions = answer.outputs.map((row) => messages.writeRow(row));
      return pick(messages, method).response.serialize({
        ...answer.about,
        ...(isBatch ? { predictions } : { prediction: predictions[0] }),
      });
    },
  };
}

/** A request without a row is a row without values. */
const nothing = () => ({ $typeName: 'none' }) satisfies Message;

const pick = (messages: TypedMessages, method: string): TypedMethod =>
  method === 'Predict' ? messages.single : messages.batch;

function decode({ request }: TypedMethod, bytes: Uint8Array): Request {
  try {
    return request.deserialize(bytes) as Request;
  } catch (error) {
    throw new TensorError(`The bytes are no such message: ${(error as Error).message}`);
  }
}

/** Models whose inputs are known. */
function listTyped(all: readonly CatalogModel[]) {
  const packages = toPackages(all.map(({ name }) => name));
  return all.flatMap((model) => {
    const signature = model.versions.get(model.traffic.champion)?.signature;
    const name = packages.get(model.name);
    if (signature === undefined || signature.inputs.length === 0 || name === undefined) return [];
    return [{ model: model.name, name, service: toTypedService(name), signature }];
  });
}
