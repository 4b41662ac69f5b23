/** Tools about files, at the level FULL. */
import { realpath } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { findText, readText } from '../arguments.ts';
import { mcpErrors } from '../errors.ts';
import { FLAG, TEXT, toDescribed } from '../tool.ts';
import type { Tool } from '../tool.ts';

type Wire = Readonly<Record<string, unknown>>;

/** The file's real path. Throws COAIA-0802 when it lies outside the folders, also through a link. */
async function toAllowedPath(path: string, folders: readonly string[]): Promise<string> {
  const [first = '.'] = folders;
  const asked = resolve(first, path);
  const real = await realpath(asked).catch(() => asked);
  const allowed = await Promise.all(folders.map((folder) => realpath(folder).catch(() => folder)));
  if (allowed.some((folder) => real === folder || real.startsWith(`${folder}${sep}`))) return real;
  throw mcpErrors.create('COAIA-0802', `${path} lies outside the folders that may be read.`, {
    hint: 'coaia mcp --allow-path FOLDER',
  });
}

export const mediaTools: readonly Tool[] = [
  {
    name: 'coaia_fuse_media_upload',
    description: 'Upload a file of this machine into a trace or an observation.',
    input: {
      type: 'object',
      properties: {
        file_path: TEXT,
        trace_id: TEXT,
        field: { type: 'string', enum: ['input', 'output', 'metadata'], default: 'input' },
        observation_id: TEXT,
        content_type: toDescribed(TEXT, 'Found by content and name when absent'),
        json_output: FLAG,
      },
      required: ['file_path', 'trace_id'],
    },
    isReadOnly: false,
    async run({ api, folders }, input) {
      const path = await toAllowedPath(readText(input, 'file_path'), folders);
      const observationId = findText(input, 'observation_id');
      const place = {
        traceId: readText(input, 'trace_id'),
        field: findText(input, 'field') ?? 'input',
        ...(observationId === undefined ? {} : { observationId }),
      };
      const type = findText(input, 'content_type');
      const { mediaId, contentType, wasHere, uploadMs } = await (
        await api()
      ).upload(path, place, type);
      const message = wasHere ? 'The server has the file already.' : 'Uploaded the file.';
      const reference = `@@@langfuseMedia:type=${contentType}|id=${mediaId}|source=file@@@`;
      const shown =
        input['json_output'] === true ? {} : { formatted_display: `${mediaId} ${contentType}` };
      return { media_id: mediaId, message, upload_time_ms: uploadMs, reference, ...shown };
    },
  },
  {
    name: 'coaia_fuse_media_get',
    description:
      'Read the record of a file, with an address of its bytes that is valid for a while.',
    input: {
      type: 'object',
      properties: { media_id: TEXT, json_output: FLAG },
      required: ['media_id'],
    },
    isReadOnly: true,
    async run({ api }, input) {
      const segments = ['media', readText(input, 'media_id')];
      const media = await (await api()).request<Wire>('GET', segments);
      const line = [media['mediaId'], media['contentType'], media['contentLength'], 'bytes'].join(
        ' ',
      );
      return { media, ...(input['json_output'] === true ? {} : { formatted_display: line }) };
    },
  },
];
