/** Options that making and changing a project share. */
import { invalidRequest, isObject } from '#base';
import type { ProjectDraft } from '@coaia/client';

export const projectOptions = {
  retention: {
    type: 'number',
    placeholder: 'DAYS',
    summary: 'Days after which traces are removed; 0 keeps everything, otherwise at least 3',
  },
  metadata: { type: 'string', placeholder: 'JSON', summary: 'A JSON object of your own' },
} as const;

/** What was given. Throws COAIA-0002 for metadata that is no JSON object. */
export function toDraft(options: {
  readonly retention: number | undefined;
  readonly metadata: string | undefined;
}): Omit<ProjectDraft, 'name'> {
  const { retention, metadata } = options;
  return {
    ...(retention === undefined ? {} : { retention }),
    ...(metadata === undefined ? {} : { metadata: parseMetadata(metadata) }),
  };
}

function parseMetadata(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    // Said below, like everything else that is no object.
  }
  throw invalidRequest('--metadata must be a JSON object.', undefined, `--metadata '{"team":"a"}'`);
}
