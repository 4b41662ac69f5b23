/** What a model gives, seen by asking it: the example goes in, the columns that come out are its outputs. */
import { isCoaiaError } from '#base';
import { openRuntime } from '../runtimes/open-runtime.ts';
import type { Runtime } from '../runtimes/runtime.ts';
import type { Batch, Tensor } from '../tensors/tensor.ts';
import type { VersionManifest } from '../versions/version.ts';
import type { Finding } from './finding.ts';
import { toDatatype } from './merge-clues.ts';
import { compileReader } from './reader.ts';
import type { Explanation, Field, FieldType, Signature } from './signature.ts';

export interface SeenOutputs {
  readonly outputs: readonly Field[];
  readonly explanation?: Explanation;
  /** As the worker says it: a fitted object inside of code has a platform of its own. */
  readonly findings: readonly Finding[];
}

/** `folder` is what the manifest's files are relative to, `env` what the model's code sees. AO208 when the model fails on its example. */
export async function seeOutputs(
  manifest: VersionManifest,
  { folder, env }: { readonly folder: string; readonly env: Readonly<Record<string, string>> },
): Promise<SeenOutputs> {
  const onLine = () => undefined;
  const runtime = openRuntime(manifest, folder, { onLine, isSandboxed: 'auto', env });
  try {
    const reader = compileReader(manifest.signature, { onNa: 'pass', outOfRange: 'ignore' });
    const { batch } = reader.readRows([manifest.signature.example]);
    await runtime.ready();
    const deadline = Date.now() + 60_000;
    const { outputs } = await runtime.predict(batch, { requestId: 'signature', deadline });
    const explained = await seeExplanation(runtime, batch, manifest);
    return { outputs: outputs.map((tensor) => toField(tensor, manifest.signature)), ...explained };
  } catch (error) {
    return { outputs: [], findings: [toFinding(manifest, error)] };
  } finally {
    await runtime.close();
  }
}

/** AO211 when the user's own `explain` fails on the example; exact terms that cannot be had are not offered. */
async function seeExplanation(
  runtime: Runtime,
  batch: Batch,
  manifest: VersionManifest,
): Promise<Omit<SeenOutputs, 'outputs'>> {
  const { explains } = runtime.info;
  if (explains === undefined) return { findings: [] };
  try {
    const deadline = Date.now() + 60_000;
    const options = { requestId: 'signature', deadline, operation: 'explain' } as const;
    const { outputs } = await runtime.predict(batch, options);
    const { classes: _, ...plain } = manifest.signature;
    const fields = outputs.map((tensor) => toField(tensor, plain));
    return { explanation: { ...explains, outputs: fields }, findings: [] };
  } catch (error) {
    if (explains.kind === 'terms') return { findings: [] };
    const { cause = '', ...finding } = toFinding(manifest, error);
    const message = `\`explain\` failed on the example ${JSON.stringify(manifest.signature.example)}: ${cause}`;
    const fix =
      'Correct `explain`: it takes what `predict` takes, and gives one value for each name and row.';
    return { findings: [{ ...finding, code: 'AO211', message, cause, fix }] };
  }
}

function toField(
  { name, datatype, shape: [, ...inner], data }: Tensor,
  { classes }: Signature,
): Field {
  const isLabel = name === 'label' && classes !== undefined;
  const type = isLabel ? 'category' : toType(datatype);
  const isOne = inner.length === 1 && inner[0] === 1;
  return {
    name,
    type,
    datatype: isLabel && datatype === 'BYTES' ? toDatatype('category', classes) : datatype,
    shape: isOne ? [] : inner,
    required: true,
    nullable: data[0] === null,
    ...(isLabel ? { levels: classes } : {}),
    evidence: 'object',
  };
}

function toType(datatype: string): FieldType {
  if (datatype === 'BOOL') return 'boolean';
  if (datatype === 'BYTES') return 'string';
  return datatype.startsWith('FP') ? 'number' : 'integer';
}

function toFinding(
  { signature, entry, artifact = '', interpreter }: VersionManifest,
  error: unknown,
): Finding {
  // The sentence for callers says nothing of the model's own words; its cause does.
  const source = isCoaiaError(error) && error.cause instanceof Error ? error.cause : error;
  const cause = source instanceof Error ? source.message : String(source);
  const absent = /(?:No module named|there is no package called) ['‘"]([\w.]+)/.exec(cause)?.[1];
  return {
    code: 'AO208',
    severity: 'error',
    message: `The model failed on its example ${JSON.stringify(signature.example)}: ${cause}`,
    file: entry?.file ?? artifact,
    cause,
    fix:
      absent === undefined
        ? 'Correct the model, or give a row that works as the first one of examples.csv.'
        : `Install \`${absent}\` for ${interpreter?.path ?? 'the interpreter'}, or set another one under [model] in ao.toml that has it.`,
  };
}
