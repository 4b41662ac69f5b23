/** What is said of a loaded version. */
import type { Field } from '../signatures/signature.ts';
import type { VersionManifest } from '../versions/version.ts';
import type { RuntimeInfo } from './runtime.ts';

export function toInfo(manifest: VersionManifest, platform: string): RuntimeInfo {
  const { model, version, signature } = manifest;
  return {
    model,
    version: String(version),
    platform,
    signature,
    inputs: signature.inputs.map(toMetadata),
    outputs: signature.outputs.map(toMetadata),
  };
}

/** Of the Open Inference Protocol: -1 is the number of rows. */
const toMetadata = ({ name, datatype, shape }: Field) => ({
  name,
  datatype,
  shape: [-1, ...shape],
});
