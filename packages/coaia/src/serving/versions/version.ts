/** A version of a model: what was frozen, and how it is run. */
import type { Signature } from '../signatures/signature.ts';

export type Language = 'python' | 'r' | 'onnx';

/** What happens with a row that has a missing value in a field that is not nullable, and with extrapolations. */
export interface InputRules {
  readonly onNa: 'reject' | 'pass';
  readonly outOfRange: 'flag' | 'reject' | 'ignore';
}

/** The interpreter a version was made with. For ONNX there is none. */
export interface Interpreter {
  /** Absolute path on the machine that made it; another machine looks its own up. */
  readonly path: string;
  readonly version: string;
  /** Version by package, as far as the model needs them. */
  readonly packages: Readonly<Record<string, string>>;
}

/**
 * `manifest.json` of a version's folder; nothing in such a folder ever changes. Files are named relative to it:
 * `code/` holds the user's code as it stood in `model-service/`, `artifact/` the fitted object.
 */
export interface VersionManifest {
  readonly format: 1;
  readonly project: string;
  readonly model: string;
  /** Counts from 1. */
  readonly version: number;
  /** SHA-256 over code, artifact, lock and signature, in hex; the same contents have the same digest. */
  readonly digest: string;
  /** SHA-256 over the files and settings it was made from: tells without opening the model that nothing changed. */
  readonly sourceDigest: string;
  readonly language: Language;
  /** As the Open Inference Protocol names runtimes: `python_sklearn`, `r_glm`, `onnx_onnxruntime`. */
  readonly platform: string;
  /** `code/model.py` and `predict`; absent: the artifact is the model. */
  readonly entry?: { readonly file: string; readonly name: string };
  readonly artifact?: string;
  /** How it is called: the fitted object itself, a function of one row, or a function of a table. */
  readonly style: 'object' | 'row' | 'table';
  /** Examples beside the model, `code/examples.csv`. */
  readonly examples?: string;
  readonly signature: Signature;
  readonly interpreter?: Interpreter;
  readonly rules: InputRules;
  readonly workers: number;
  /** Load the model before the first request. */
  readonly preload: boolean;
  readonly timeoutMs: number;
  /** Absent: 30 seconds. */
  readonly explainTimeoutMs?: number;
  readonly maxQueue: number;
  readonly batch: {
    readonly enabled: boolean;
    readonly maxRows: number;
    readonly maxWaitMs: number;
  };
  /** SHA-256 in hex of each file in the folder but the manifest. */
  readonly files: Readonly<Record<string, string>>;
  readonly gitCommit?: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly notes?: string;
}
