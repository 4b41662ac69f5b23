/** Models as a host offers them: which version answers, what it takes, and the check of what comes. */
import { compileReader } from '../../signatures/reader.ts';
import type { RowBatch, RowReader } from '../../signatures/reader.ts';
import type { Signature } from '../../signatures/signature.ts';
import { toColumns } from '../../signatures/tensor-rows.ts';
import type { Batch } from '../../tensors/tensor.ts';
import type { ModelCatalog } from '../../versions/catalog.ts';
import { chooseVersion } from '../../versions/traffic.ts';
import type { Choice } from '../../versions/traffic.ts';
import type { InputRules, VersionManifest } from '../../versions/version.ts';
import { hostFailures } from '../errors.ts';
import type { LinkedModel, ModelLink, Target } from '../link.ts';
import { countCalls } from './statistics.ts';
import type { Statistics } from './statistics.ts';

/** Of versions whose manifest is not at hand. */
const RULES: InputRules = { onNa: 'reject', outOfRange: 'flag' };

export interface CheckedSignature {
  readonly signature: Signature;
  readonly reader: RowReader;
  /** Names of inputs that may be left out, but not be null. */
  readonly optional: readonly string[];
}

/** A version, and why it is this one. */
export interface ChosenTarget extends Target {
  readonly route: Choice['route'];
}

export interface ServedModels {
  readonly link: ModelLink;
  /** Of what went through `link`. */
  readonly statistics: Statistics;
  /** The version that answers. `model` may be empty when there is one. Fails with AO404. */
  choose(
    model: string,
    version: string,
    header: (name: string) => string | undefined,
  ): Promise<ChosenTarget>;
  manifest(target: Target): VersionManifest | undefined;
  /** Fails with AO422 before a model sees a row that it does not take. */
  check(target: Target, batch: Batch): Promise<RowBatch>;
  /** Undefined when nothing is known of what it takes. */
  reader(target: Target): Promise<CheckedSignature | undefined>;
  /** The number of the version that answers. */
  versionOf(target: Target): Promise<string>;
  /** Every version, loaded or not. */
  list(): Promise<readonly LinkedModel[]>;
}

export function createServedModels(behind: ModelLink, catalog?: ModelCatalog): ServedModels {
  const { link, statistics } = countCalls(behind);
  const readers = new WeakMap<Signature, CheckedSignature>();
  const manifest = ({ model, version }: Target) =>
    catalog?.find(model)?.versions.get(Number(version));
  const signature = async (target: Target) =>
    manifest(target)?.signature ?? (await link.info(target)).signature;
  const reader = async (target: Target) => {
    const found = await signature(target);
    if (found === undefined || found.inputs.length === 0) return undefined;
    const known = readers.get(found);
    if (known !== undefined) return known;
    const made = {
      signature: found,
      reader: compileReader(found, manifest(target)?.rules ?? RULES),
      optional: found.inputs
        .filter(({ required, nullable }) => !required && !nullable)
        .map(({ name }) => name),
    };
    readers.set(found, made);
    return made;
  };
  return {
    link,
    statistics,
    manifest,
    reader,
    async choose(model, version, header) {
      const name = model === '' ? await onlyModel(link) : model;
      if (catalog === undefined)
        return version === ''
          ? { model: name, route: 'champion' }
          : { model: name, version, route: 'asked' };
      return chooseFresh(catalog, { name, version, header });
    },
    async check(target, batch) {
      const found = await reader(target);
      if (found === undefined) return { batch, flags: [] };
      const columns = toColumns(batch, found.signature);
      return found.reader.readColumns(leaveOut(columns, found.optional), 'inputs');
    },
    versionOf: async (target) => target.version ?? (await link.info(target)).version,
    list: () => link.list(),
  };
}

/** A gateway sends what was left out as a missing value; here it is left out again. */
function leaveOut(columns: ReturnType<typeof toColumns>, optional: readonly string[]) {
  const rewritten = optional.flatMap((name) => {
    const values = columns[name];
    return values === undefined ? [] : [[name, Array.from(values, toAbsent)] as const];
  });
  return rewritten.length === 0 ? columns : { ...columns, ...Object.fromEntries(rewritten) };
}

const toAbsent = (value: unknown) => (value === null || Number.isNaN(value) ? undefined : value);

async function onlyModel(link: ModelLink): Promise<string> {
  const names = new Set((await link.list()).map(({ model }) => model));
  const [first] = names;
  if (first !== undefined && names.size === 1) return first;
  throw hostFailures.create('AO404', `Name a model; there is: ${[...names].join(', ')}.`, {
    hint: 'ao ps',
  });
}

interface Asked {
  readonly name: string;
  readonly version: string;
  readonly header: (name: string) => string | undefined;
}

/** A version may have been frozen a moment ago, by the gateway that asks for it now. */
async function chooseFresh(catalog: ModelCatalog, asked: Asked): Promise<ChosenTarget> {
  try {
    return chooseFrom(catalog, asked);
  } catch (error) {
    if (catalog.refresh === undefined) throw error;
    await catalog.refresh();
    return chooseFrom(catalog, asked);
  }
}

function chooseFrom(catalog: ModelCatalog, { name, version, header }: Asked): ChosenTarget {
  const model = catalog.find(name);
  if (model === undefined) {
    const names = catalog.list().map((one) => one.name);
    const known = names.length === 0 ? 'there is none' : `there is: ${names.join(', ')}`;
    throw hostFailures.create('AO404', `There is no model "${name}"; ${known}.`, { hint: 'ao ps' });
  }
  const { traffic, versions } = model;
  const choice = chooseVersion(traffic, {
    asked: version === '' ? undefined : version,
    stickyKey: traffic.sticky === undefined ? undefined : header(traffic.sticky.toLowerCase()),
    latest: Math.max(...versions.keys()),
    random: Math.random,
  });
  if (choice !== undefined && versions.has(choice.version))
    return { model: name, version: String(choice.version), route: choice.route };
  throw hostFailures.create(
    'AO404',
    `${name} has no version "${version}"; it has ${[...versions.keys()].join(', ')}.`,
    { hint: 'ao versions' },
  );
}
