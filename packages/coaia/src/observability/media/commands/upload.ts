/** `coaia fuse media upload`: puts files into a trace or an observation. */
import { isAbsolute, join } from 'node:path';
import { defineCommand } from '#surface';
import type { MediaField } from '../attach-file.ts';
import { mediaApi } from '../ports.ts';
import { toTraceId, uploadFiles, uploadOptions } from '../upload-files.ts';

export const command = defineCommand({
  words: 'fuse media upload',
  summary: 'Upload files and refer to them in a trace or observation',
  description:
    'The reference is added to what the field holds; type and times stay as they are. What the server has already is not sent again. When the bytes do not arrive, nothing refers to them and the command ends with 1. Without TRACE_ID the trace is the one in COAIA_TRACE_ID.',
  needs: mediaApi,
  positionals: [
    {
      name: 'files',
      summary: 'Files, and last the id of the trace unless --trace-id names it',
      required: true,
      variadic: true,
    },
  ],
  options: {
    ...uploadOptions,
    'trace-id': {
      type: 'string',
      placeholder: 'ID',
      summary: 'Trace; then all arguments are files',
    },
  },
  examples: [
    'coaia fuse media upload chart.png t1',
    'coaia fuse media upload answer.wav t1 -o o1 -f output',
    'coaia fuse media upload a.png b.png --trace-id t1 --json',
  ],
  async run(context, { options, args }) {
    const words = args.files;
    const named = options['trace-id'];
    const hasOnlyFiles = named !== undefined || words.length === 1;
    const traceId = toTraceId(hasOnlyFiles ? named : words.at(-1), context);
    const paths = hasOnlyFiles ? words : words.slice(0, -1);
    return uploadFiles(context, {
      files: paths.map((path) => ({ path: isAbsolute(path) ? path : join(context.cwd, path) })),
      traceId,
      observationId: options['observation-id'],
      field: options.field as MediaField,
      type: options['content-type'],
    });
  },
});
