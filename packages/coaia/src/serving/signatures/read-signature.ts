/** What a model takes and gives, found in the order: ao.toml, hints in the code, the fitted object, examples.csv. */
import type { ModelSettings, Project } from '../projects/project.ts';
import type { Interpreter } from '../versions/version.ts';
import type { Finding } from './finding.ts';
import type { Signature } from './signature.ts';

export interface SignatureRequest {
  readonly project: Pick<Project, 'folder' | 'name'>;
  readonly model: ModelSettings;
  /** Path of the interpreter; default: found. */
  readonly interpreter?: string;
  /** Whether contents with this SHA-256 (hex) may be opened; default: all, inside the box. */
  readonly isTrusted?: (sha256: string) => boolean;
}

export interface SignatureReport {
  /** As far as it is known; with an error among the findings it is not fit for serving. */
  readonly signature: Signature;
  /** `python_sklearn`, `r_glm`, `onnx_onnxruntime`. */
  readonly platform: string;
  /** Absent for ONNX, and when none was found. */
  readonly interpreter?: Interpreter;
  readonly style: 'object' | 'row' | 'table';
  readonly findings: readonly Finding[];
}

/** Never fails for what the user wrote: that is in the findings. */
export function readSignature(request: SignatureRequest): Promise<SignatureReport> {
  return Promise.reject(new Error(`not built yet: ${request.model.name}`));
}
