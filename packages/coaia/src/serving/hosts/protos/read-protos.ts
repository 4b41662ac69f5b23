/** The protocol files as text, for the generated interface of a project. */
import { readFileSync } from 'node:fs';

/** `anops`: the simple Predict; `inference`: the Open Inference Protocol v2. */
export function readProto(name: 'anops' | 'inference'): string {
  const file =
    name === 'anops'
      ? new URL('./anops.proto', import.meta.url)
      : new URL('./inference.proto', import.meta.url);
  return readFileSync(file, 'utf8');
}
