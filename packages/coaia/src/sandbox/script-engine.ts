/** One run of untrusted JavaScript inside QuickJS in WebAssembly. Nothing of the host is reachable from inside. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type {
  QuickJSContext,
  QuickJSHandle,
  QuickJSRuntime,
  QuickJSSyncVariant,
} from 'quickjs-emscripten-core';
import { MAX_ANSWER, SCRIPT_MEMORY } from './limits.ts';
import { webAssembly } from './web-assembly.ts';
import type { EngineMemory, EngineModule } from './web-assembly.ts';

export interface EngineRequest {
  /** JavaScript; a module when it exports something. */
  readonly source: string;
  /** Name of the function to call, or of the export. */
  readonly entry: string;
  /** JSON text of the one argument. */
  readonly input: string;
  readonly timeoutMs: number;
}

export type EngineAnswer =
  | { readonly kind: 'done'; readonly json: string }
  | { readonly kind: 'timeout' | 'limit' | 'failed' | 'answer'; readonly message: string };

const PAGE = 64 * 1024;
const STACK = 256 * 1024;
/** Memory grows in steps; from here on the next one is refused. */
const FULL = SCRIPT_MEMORY * 0.8;

let compiled: Promise<EngineModule> | undefined;

/** The engine is a file beside the built program, and in the sources one of its package. */
function readEngine(): Promise<EngineModule> {
  const file = import.meta.url.endsWith('.ts')
    ? import.meta.resolve('@jitl/quickjs-wasmfile-release-sync/wasm')
    : new URL('./quickjs.wasm', import.meta.url);
  return webAssembly.compile(readFileSync(fileURLToPath(file)));
}

/**
 * An engine of its own for every run. `setMemoryLimit` of QuickJS does not bound what it takes, so the bound is
 * the maximum of the WebAssembly memory.
 */
async function openEngine() {
  const [{ newQuickJSWASMModuleFromVariant, newVariant }, { default: variant }] = await Promise.all(
    [import('quickjs-emscripten-core'), import('@jitl/quickjs-wasmfile-release-sync')],
  );
  compiled ??= readEngine();
  const wasmMemory = new webAssembly.Memory({ initial: 256, maximum: SCRIPT_MEMORY / PAGE });
  const wasmModule = await compiled;
  const toVariant = newVariant as unknown as ToVariant;
  const engine = await newQuickJSWASMModuleFromVariant(
    toVariant(variant, { wasmModule, wasmMemory }),
  );
  return { engine, isFull: () => wasmMemory.buffer.byteLength >= FULL };
}

/** `newVariant` with the options that are used; its own types need those of browsers. */
type ToVariant = (
  base: unknown,
  options: { readonly wasmModule: EngineModule; readonly wasmMemory: EngineMemory },
) => QuickJSSyncVariant;

/** Runs the source, calls its function with the input and returns the answer as JSON. Never throws. */
export async function runInEngine(request: EngineRequest): Promise<EngineAnswer> {
  const state = { isLate: false, isFull: () => false };
  try {
    const { engine, isFull } = await openEngine();
    state.isFull = isFull;
    const runtime = engine.newRuntime();
    const end = performance.now() + request.timeoutMs;
    runtime.setMaxStackSize(STACK);
    runtime.setInterruptHandler(() => {
      state.isLate ||= performance.now() > end;
      return state.isLate;
    });
    const vm = runtime.newContext();
    // The engine is thrown away as a whole, so its values need not be given back one by one.
    return call(vm, runtime, request);
  } catch (error) {
    if (state.isLate) return LATE;
    // Errors of the guest carry its texts; anything else is an engine that ran out of memory.
    if (!(error instanceof GuestError) || (error.isSilent && state.isFull())) return FULL_MEMORY;
    return toFailure(error.message);
  }
}

const LATE: EngineAnswer = { kind: 'timeout', message: 'The time is used up.' };
const FULL_MEMORY: EngineAnswer = {
  kind: 'limit',
  message: 'The memory of the sandbox is used up.',
};

class GuestError extends Error {
  override readonly name = 'GuestError';
  /** Without memory the engine drops its jobs, or throws null: neither says why. */
  readonly isSilent: boolean;
  constructor(message: string, isSilent = message === 'null') {
    super(message);
    this.isSilent = isSilent;
  }
}

function call(vm: QuickJSContext, runtime: QuickJSRuntime, request: EngineRequest): EngineAnswer {
  // Taken before the guest can replace it.
  const stringify = vm.getProp(vm.getProp(vm.global, 'JSON'), 'stringify');
  const parse = vm.getProp(vm.getProp(vm.global, 'JSON'), 'parse');
  const entry = readEntry(vm, request);
  if (vm.typeof(entry) !== 'function')
    throw new GuestError(`There is no function named ${request.entry}.`);
  const input = unwrap(vm, vm.callFunction(parse, vm.undefined, vm.newString(request.input)));
  const returned = unwrap(vm, vm.callFunction(entry, vm.undefined, input));
  const value = settle(vm, runtime, returned);
  const text = unwrap(vm, vm.callFunction(stringify, vm.undefined, value));
  if (vm.typeof(text) !== 'string')
    return { kind: 'answer', message: `${request.entry} returned no JSON value.` };
  if (vm.getNumber(vm.getProp(text, 'length')) > MAX_ANSWER)
    return { kind: 'answer', message: `${request.entry} returned more than one megabyte.` };
  return { kind: 'done', json: vm.getString(text) };
}

function readEntry(vm: QuickJSContext, { source, entry }: EngineRequest): QuickJSHandle {
  if (/^\s*export\s/m.test(source)) {
    const names = unwrap(vm, vm.evalCode(source, 'evaluator.js', { type: 'module' }));
    const named = vm.getProp(names, entry);
    return vm.typeof(named) === 'undefined' ? vm.getProp(names, 'default') : named;
  }
  unwrap(vm, vm.evalCode(source, 'evaluator.js'));
  return unwrap(
    vm,
    vm.evalCode(`typeof ${entry} === 'function' ? ${entry} : undefined`, 'call.js'),
  );
}

/** The value behind a promise, once nothing is left to do inside. */
function settle(vm: QuickJSContext, runtime: QuickJSRuntime, value: QuickJSHandle): QuickJSHandle {
  const jobs = runtime.executePendingJobs();
  if (jobs.error !== undefined) throw new GuestError(describe(vm, jobs.error));
  const state = vm.getPromiseState(value);
  if (state.type === 'fulfilled') return state.value;
  if (state.type === 'rejected') throw new GuestError(describe(vm, state.error));
  throw new GuestError('The promise it returned never settles; there are no timers inside.', true);
}

type Result = ReturnType<QuickJSContext['evalCode']>;

function unwrap(vm: QuickJSContext, result: Result): QuickJSHandle {
  if (result.error !== undefined) throw new GuestError(describe(vm, result.error));
  return result.value;
}

/** Name and message, read as texts: an error of the guest may be any object. */
function describe(vm: QuickJSContext, error: QuickJSHandle): string {
  if (vm.typeof(error) !== 'object') return vm.getString(error).slice(0, 500);
  const read = (name: string) => {
    const value = vm.getProp(error, name);
    return vm.typeof(value) === 'string' ? vm.getString(value).slice(0, 500) : '';
  };
  return (
    [read('name'), read('message')].filter((part) => part !== '').join(': ') || 'unknown error'
  );
}

const LIMITS = /^InternalError: (?:out of memory|stack overflow|string too long)/;

function toFailure(message: string): EngineAnswer {
  if (message === 'InternalError: interrupted') return LATE;
  return { kind: LIMITS.test(message) ? 'limit' : 'failed', message };
}
