/**
 * The versions that are loaded in this process. A version loads at its first request, once however many ask; under a
 * memory budget the least recently used ones go. This is the link without gRPC.
 */
import { isCoaiaError } from '#base';
import type { Batch } from '../tensors/tensor.ts';
import type {
  PredictOptions,
  Prediction,
  Runtime,
  RuntimeHealth,
  WorkerLine,
} from '../runtimes/runtime.ts';
import type { VersionManifest } from '../versions/version.ts';
import { hostFailures } from './errors.ts';
import type { LinkedModel, ModelLink, Target } from './link.ts';

/** A frozen version on this machine. */
export interface FoundVersion {
  readonly manifest: VersionManifest;
  /** Absolute. */
  readonly folder: string;
}

export interface RepositoryOptions {
  /** The version, or the newest when none is named. Fails with AO404 when there is none. */
  readonly find: (model: string, version: string | undefined) => Promise<FoundVersion>;
  /** Every model and version there is. */
  readonly list: () => Promise<readonly Required<Target>[]>;
  /** Resident bytes of all workers together beyond which versions that are not in use go; absent: no limit. */
  readonly memoryBytes?: number;
  readonly onLine: (line: WorkerLine) => void;
  readonly isSandboxed: boolean | 'auto';
  /** Names and values of the environment that the models' code sees; default: none. */
  readonly env?: Readonly<Record<string, string>>;
  /** Stands in for the real runtimes in tests. */
  readonly openRuntime?: OpenRuntime;
}

export type OpenRuntime = (
  manifest: VersionManifest,
  folder: string,
  options: {
    readonly onLine: (line: WorkerLine) => void;
    readonly isSandboxed: boolean | 'auto';
    readonly env?: Readonly<Record<string, string>>;
  },
) => Runtime;

export interface Repository extends ModelLink {
  readonly kind: 'pipe';
  /** Takes nothing new for this version, lets what runs end, then ends its workers. */
  drain(model: string, version: string): Promise<void>;
}

/** After a failed load, requests get the same answer for this long before it is tried again. */
const HOLD_MS = 2000;

const UNLOADED: RuntimeHealth = {
  state: 'unloaded',
  workers: 0,
  busy: 0,
  queued: 0,
  restarts: 0,
  bytes: undefined,
};

interface Entry {
  readonly key: string;
  /** Opened, but perhaps not ready. */
  readonly opened: Promise<Runtime>;
  /** Set once it is ready. */
  loaded: Runtime | undefined;
  /** Counts up with every use, for the least recently used. */
  used: number;
  /** Requests inside. */
  inside: number;
}

interface Failure {
  readonly error: unknown;
  readonly at: number;
}

/** Opens an empty repository. `close` ends every worker at once. */
export function openRepository(options: RepositoryOptions): Repository {
  return new LoadedVersions(options);
}

class LoadedVersions implements Repository {
  readonly kind = 'pipe';
  readonly #options: RepositoryOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #failures = new Map<string, Failure>();
  /** Resident bytes by version when it was last in use: what loading it again will take. */
  readonly #sizes = new Map<string, number>();
  /** Versions that are ending their work. */
  readonly #ending = new Set<Entry>();
  #clock = 0;
  #isOverBudget = false;
  #isClosed = false;

  constructor(options: RepositoryOptions) {
    this.#options = options;
  }

  async list(): Promise<readonly LinkedModel[]> {
    const known = await this.#options.list();
    return known.map((target) => ({ ...target, health: this.#healthOf(keyOf(target)) }));
  }

  #healthOf(key: string): RuntimeHealth {
    const entry = this.#entries.get(key);
    if (entry !== undefined) return entry.loaded?.health() ?? { ...UNLOADED, state: 'loading' };
    const failure = this.#failures.get(key);
    if (failure === undefined) return UNLOADED;
    return { ...UNLOADED, state: 'failed', reason: messageOf(failure.error) };
  }

  async info(target: Target) {
    return (await this.#runtimeOf(await this.#entryOf(target))).info;
  }

  async predict(target: Target, batch: Batch, options: PredictOptions): Promise<Prediction> {
    const entry = this.#loadedEntry(target) ?? (await this.#entryOf(target));
    entry.inside += 1;
    entry.used = ++this.#clock;
    try {
      return await (entry.loaded ?? (await this.#runtimeOf(entry))).predict(batch, options);
    } finally {
      entry.inside -= 1;
      if (this.#isOverBudget && entry.inside === 0) await this.#makeRoom(0);
    }
  }

  async load(target: Target): Promise<void> {
    const { key } = await this.#find(target);
    this.#failures.delete(key);
    if (this.#healthOf(key).state === 'failed') await this.#end(key);
    await this.#runtimeOf(await this.#entryOf(target));
  }

  async unload(target: Target): Promise<void> {
    await this.#end((await this.#find(target)).key);
  }

  async drain(model: string, version: string): Promise<void> {
    await this.#end(keyOf({ model, version }));
  }

  async isLive(): Promise<boolean> {
    return !this.#isClosed;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const entries = [...this.#entries.values(), ...this.#ending];
    this.#entries.clear();
    await Promise.allSettled(entries.map(async ({ opened }) => (await opened).close()));
  }

  #loadedEntry({ model, version }: Target): Entry | undefined {
    return version === undefined ? undefined : this.#entries.get(keyOf({ model, version }));
  }

  async #find({ model, version }: Target) {
    const { find } = this.#options;
    const found = await find(model, version);
    const key = keyOf({ model: found.manifest.model, version: String(found.manifest.version) });
    return { key, ...found };
  }

  /** The entry of a version, made when there is none: whoever comes meanwhile finds the same one. */
  async #entryOf(target: Target): Promise<Entry> {
    if (this.#isClosed) throw closed();
    const known = this.#loadedEntry(target);
    if (known !== undefined) return known;
    const { key, manifest, folder } = await this.#find(target);
    const made = this.#entries.get(key);
    if (made !== undefined) return made;
    this.#refuseWhileHeld(key);
    const opened = this.#open(key, manifest, folder);
    const entry: Entry = { key, opened, loaded: undefined, used: ++this.#clock, inside: 0 };
    this.#entries.set(key, entry);
    return entry;
  }

  #refuseWhileHeld(key: string): void {
    const failure = this.#failures.get(key);
    if (failure === undefined) return;
    const rest = HOLD_MS - (performance.now() - failure.at);
    if (rest <= 0) return;
    throw hostFailures.create(
      'AO475',
      `${nameOf(key)} could not be loaded: ${messageOf(failure.error)}`,
      {
        ...(isCoaiaError(failure.error) && failure.error.hint !== undefined
          ? { hint: failure.error.hint }
          : {}),
        cause: failure.error,
        headers: { 'Retry-After': String(Math.ceil(rest / 1000)) },
      },
    );
  }

  async #open(key: string, manifest: VersionManifest, folder: string): Promise<Runtime> {
    await this.#makeRoom(this.#sizes.get(key) ?? this.#meanSize());
    const { onLine, isSandboxed, env = {} } = this.#options;
    const open =
      this.#options.openRuntime ?? (await import('../runtimes/open-runtime.ts')).openRuntime;
    return open(manifest, folder, { onLine, isSandboxed, env });
  }

  /** Waits until it can answer. A load that fails is taken out, so that it can be tried again. */
  async #runtimeOf(entry: Entry): Promise<Runtime> {
    if (entry.loaded !== undefined) return entry.loaded;
    let runtime: Runtime | undefined;
    try {
      runtime = await entry.opened;
      await runtime.ready();
    } catch (error) {
      if (this.#entries.get(entry.key) === entry) {
        this.#entries.delete(entry.key);
        this.#failures.set(entry.key, { error, at: performance.now() });
        await runtime?.close();
      }
      throw error;
    }
    if (entry.loaded === undefined) {
      entry.loaded = runtime;
      this.#failures.delete(entry.key);
      await this.#makeRoom(0, entry);
    }
    return runtime;
  }

  #meanSize(): number {
    const sizes = [...this.#sizes.values()];
    return sizes.length === 0 ? 0 : sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  }

  /** Unloads least recently used versions until what is loaded and `expected` bytes more fit into the budget. */
  async #makeRoom(expected: number, keep?: Entry): Promise<void> {
    const { memoryBytes } = this.#options;
    if (memoryBytes === undefined) return;
    let total = expected;
    for (const entry of this.#entries.values()) {
      const bytes = entry.loaded?.health().bytes ?? 0;
      if (bytes > 0) this.#sizes.set(entry.key, bytes);
      total += bytes;
    }
    const idle = [...this.#entries.values()]
      .filter((entry) => entry !== keep && entry.loaded !== undefined && entry.inside === 0)
      .toSorted((a, b) => a.used - b.used);
    const ended: Promise<void>[] = [];
    for (const entry of idle) {
      if (total <= memoryBytes) break;
      total -= this.#sizes.get(entry.key) ?? 0;
      ended.push(this.#end(entry.key));
    }
    this.#isOverBudget = total > memoryBytes;
    await Promise.all(ended);
  }

  async #end(key: string): Promise<void> {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#ending.add(entry);
    try {
      await (await entry.opened).drain();
    } finally {
      this.#ending.delete(entry);
    }
  }
}

/** Names of models have no slash. */
function keyOf({ model, version }: Required<Target>): string {
  return `${model}/${version}`;
}

function nameOf(key: string): string {
  const [model, version] = key.split('/');
  return `${model} version ${version}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function closed() {
  return hostFailures.create('AO475', 'The model host is shutting down.', {
    headers: { 'Retry-After': '1' },
  });
}
