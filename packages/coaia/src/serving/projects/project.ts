/** A project as `ao.toml` and everything above it describe it, resolved. */
import type { DeploymentGateRule } from '@coaia/client';
import type { InputRules, Language } from '../versions/version.ts';
import type { FieldType } from '../signatures/signature.ts';

export interface InputOverride {
  readonly type?: FieldType;
  readonly levels?: readonly (string | number | boolean)[];
  readonly min?: number;
  readonly max?: number;
  readonly nullable?: boolean;
  readonly default?: string | number | boolean;
  readonly description?: string;
  readonly sensitive?: boolean;
}

export interface ModelSettings {
  readonly name: string;
  readonly language: Language;
  /** `model-service/model.py:predict`, split; undefined when the artifact alone is the model. */
  readonly entry?: { readonly file: string; readonly name: string };
  /** Relative to the project. */
  readonly artifact?: string;
  /** Path of the interpreter as set; undefined: found on PATH. */
  readonly python?: string;
  readonly rscript?: string;
  readonly workers: number;
  readonly preload: boolean;
  readonly timeoutMs: number;
  readonly explainTimeoutMs?: number;
  readonly maxQueue: number;
  readonly rules: InputRules;
  readonly batch: {
    readonly enabled: 'auto' | boolean;
    readonly maxRows: number;
    readonly maxWaitMs: number;
  };
  /** What was written of it; absent when nothing was. */
  readonly gate?: DeploymentGateRule;
  readonly inputs: Readonly<Record<string, InputOverride>>;
  /** examples.csv relative to the project, when it exists. */
  readonly examples?: string;
}

export interface Task {
  readonly name: string;
  /** Each is split like a shell does and run from the project's folder. */
  readonly commands: readonly string[];
  readonly needs: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly timeoutMs?: number;
}

/**
 * Where the value of a key came from: `ao.toml:7`, `ao.local.toml:2`, `AO_API_PORT`, `--port`. Keys as they are
 * written (`api.port`, `models.churn.workers`); one that is absent has its default.
 */
export type Origins = ReadonlyMap<string, string>;

/** Every table of `ao.toml` with defaults filled in. Keys in lower camel case. */
export interface Project {
  /** Absolute. */
  readonly folder: string;
  readonly name: string;
  readonly description?: string;
  readonly owner?: string;
  readonly models: readonly ModelSettings[];
  readonly api: {
    readonly host: string;
    readonly port: number;
    /** False: the port is a wish and moves to the next free one. */
    readonly isPortFixed: boolean;
    readonly dialects: readonly string[] | 'all';
    readonly auth: 'auto' | 'none' | 'keys';
    readonly cors: readonly string[];
    /** Names under which a service without keys answers, beside those of its machine; `*`: any. */
    readonly hosts: readonly string[];
    readonly maxBodyMb: number;
  };
  readonly link: {
    readonly mode: 'auto' | 'pipe' | 'grpc';
    readonly address: string;
    /** Models of another server of the Open Inference Protocol; empty: the project's own. */
    readonly models: readonly string[];
    readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string };
  };
  readonly check: {
    readonly linters: readonly string[];
    readonly testers: readonly string[];
    readonly coverage: number;
    readonly ruff: string;
    readonly pytest: string;
    readonly lintr: string;
    readonly testthat: string;
  };
  readonly build: {
    readonly engine: 'auto' | 'docker' | 'podman' | 'buildah' | 'none';
    readonly base?: string;
    readonly image?: string;
    readonly tag?: string;
    readonly args: Readonly<Record<string, string>>;
    readonly platforms: readonly string[];
    readonly systemPackages: readonly string[];
  };
  readonly tasks: readonly Task[];
  readonly log: {
    readonly level: 'debug' | 'info' | 'warn' | 'error';
    readonly format: 'auto' | 'json' | 'text';
    readonly payload: 'sample' | 'all' | 'none';
    readonly sample: number;
    readonly redact: readonly string[];
    /** Days that single predictions are kept. */
    readonly keepDays: number;
  };
  readonly monitor: {
    readonly reference?: string;
    readonly metrics: readonly string[];
    /** Milliseconds. */
    readonly windowMs: number;
    /** Chance of an alert in a month without any drift. */
    readonly alert: number;
  };
  readonly secrets: readonly {
    readonly name: string;
    readonly env?: string;
    readonly file?: string;
  }[];
  /** Wishes of the file; `versions/registry` holds what is in force. */
  readonly traffic: {
    readonly champion?: number;
    readonly canary?: { readonly version: number; readonly percent: number };
    readonly shadow?: number;
    readonly sticky?: string;
    readonly memoryMb?: number;
  };
  readonly origins: Origins;
}
