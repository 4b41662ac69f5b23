/** `coaia fuse media attach-url`: a file from the web into a trace or an observation. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineCommand } from '#surface';
import type { MediaField } from '../attach-file.ts';
import { loadUrl } from '../load-url.ts';
import { mediaApi } from '../ports.ts';
import { parseHosts } from '../upload-address.ts';
import { toTraceId, uploadFiles, uploadOptions } from '../upload-files.ts';

const MEGABYTE = 1_000_000;

export const command = defineCommand({
  words: 'fuse media attach-url',
  summary: 'Load a file from the web and refer to it in a trace or observation',
  description:
    'The file is loaded by this machine, without any keys, and uploaded as by upload. Addresses inside private networks are refused unless COAIA_MEDIA_HTTP_HOSTS names their host.',
  needs: mediaApi,
  positionals: [
    { name: 'url', summary: 'Address of the file', required: true },
    { name: 'traceId', summary: 'Id of the trace (default COAIA_TRACE_ID)' },
  ],
  options: {
    ...uploadOptions,
    'max-mb': { type: 'number', default: 100, summary: 'Largest size in megabytes' },
  },
  examples: ['coaia fuse media attach-url https://example.com/chart.png t1'],
  async run(context, { options, args }) {
    const traceId = toTraceId(args.traceId, context);
    const api = await context.open();
    const folder = await mkdtemp(join(tmpdir(), 'coaia-url-'));
    try {
      const { path, contentType } = await loadUrl(api, args.url, {
        folder,
        maxBytes: options['max-mb'] * MEGABYTE,
        hosts: parseHosts(context.env['COAIA_MEDIA_HTTP_HOSTS']),
      });
      const isTelling = contentType !== undefined && contentType !== 'application/octet-stream';
      return await uploadFiles(context, {
        files: [{ path, name: args.url, ...(isTelling ? { type: contentType } : {}) }],
        traceId,
        observationId: options['observation-id'],
        field: options.field as MediaField,
        type: options['content-type'],
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
});
