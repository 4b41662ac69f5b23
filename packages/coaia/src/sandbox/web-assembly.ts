/** The part of WebAssembly that is used here; the compiler knows the whole only together with browsers. */

/** A compiled module; opaque. */
export interface EngineModule {
  readonly isModule?: never;
}

/** A memory; opaque. */
export interface EngineMemory {
  readonly buffer: ArrayBuffer;
}

interface WebAssemblyApi {
  compile(bytes: Uint8Array): Promise<EngineModule>;
  /** Sizes in pages of 64 KiB. */
  readonly Memory: new (size: {
    readonly initial: number;
    readonly maximum: number;
  }) => EngineMemory;
}

export const webAssembly = (globalThis as unknown as { readonly WebAssembly: WebAssemblyApi })
  .WebAssembly;
