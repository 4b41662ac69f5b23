/** Kinds of files that can be served. */
export const modelKinds: readonly string[] = [
  '.joblib',
  '.pkl',
  '.pickle',
  '.skops',
  '.rds',
  '.onnx',
];

/** Kinds that hold no code; every other kind is asked about before it is sent. */
const safe: ReadonlySet<string> = new Set(['.skops', '.onnx']);

function toKind(fileName: string): string {
  return /\.[^.]+$/.exec(fileName)?.[0].toLowerCase() ?? '';
}

/** True for a file that can be served, by its name. */
export function isModelFile(fileName: string): boolean {
  return modelKinds.includes(toKind(fileName));
}

/** True where opening the file runs code that is inside it. */
export function needsTrust(fileName: string): boolean {
  return !safe.has(toKind(fileName));
}

/** A name for the model, from the file's own: `my model (2).joblib` gives `my-model-2`. */
export function toModelName(fileName: string): string {
  return fileName
    .replace(/\.[^.]+$/, '')
    .replaceAll(/[^\w-]+/g, '-')
    .replaceAll(/^[-_]+|-+$/g, '')
    .slice(0, 64);
}

/** True for a name that a model can have. */
export function isModelName(name: string): boolean {
  return /^[A-Za-z0-9][\w-]{0,63}$/.test(name);
}
