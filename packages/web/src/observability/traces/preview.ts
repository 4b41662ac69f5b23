/** The text of an object that holds one string and nothing else, such as `{"question": "..."}`. */
export function findOnlyText(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const [only, ...others] = Object.values(value) as readonly unknown[];
  return typeof only === 'string' && others.length === 0 ? only : undefined;
}

// `{"key": "text`, cut before the text ended: the server sends only the first characters.
const cutPattern = /^\{\s*"[^"\\]{1,40}"\s*:\s*("(?:[^"\\]|\\.)*)\\?$/s;

/** A preview as a reader wants it: the text itself where the JSON around it says nothing. */
export function toPreviewText(preview: string | null | undefined): string | null | undefined {
  if (preview === null || preview === undefined || !preview.startsWith('{')) return preview;
  const cut = cutPattern.exec(preview)?.[1];
  return (
    parseText(preview, findOnlyText) ??
    (cut === undefined ? undefined : parseText(`${cut}"`, toString)) ??
    preview
  );
}

function toString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function parseText(json: string, read: (value: unknown) => string | undefined): string | undefined {
  try {
    return read(JSON.parse(json));
  } catch {
    return undefined;
  }
}
