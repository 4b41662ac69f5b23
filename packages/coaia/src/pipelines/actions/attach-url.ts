/** `attach_url`: a file of the web into the run's trace. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attachUploaded, loadFileFromUrl, uploadLocalFile } from '#observability';
import { defineAction } from '#surface';
import { z } from 'zod';
import { hasGrant } from '../runs/grants.ts';
import { mediaTarget, toPlace, toStored } from './media-target.ts';
import { actionPorts } from './ports.ts';

const MEGABYTE = 1_000_000;

export const action = defineAction({
  name: 'attach_url',
  summary: 'Load a file from the web and keep it with the trace; the output has its media id',
  needs: actionPorts,
  permission: 'http',
  observationType: 'TOOL',
  input: z.strictObject({
    ...mediaTarget,
    url: z.string().min(1),
    content_type: z.string().optional(),
    max_mb: z.coerce.number().positive().max(500).default(100),
  }),
  async run(ports, context, { url, content_type: type, max_mb: size, ...target }) {
    const api = await ports.openMedia(context.scope);
    const folder = await mkdtemp(join(tmpdir(), 'coaia-url-'));
    try {
      const isPrivate = await hasGrant(ports.db, context.scope.projectId, 'private');
      const host = URL.parse(url)?.host;
      const file = await loadFileFromUrl(api, url, {
        folder,
        maxBytes: size * MEGABYTE,
        hosts: isPrivate && host !== undefined ? [host] : [],
      });
      const place = toPlace(context, target);
      const uploaded = await uploadLocalFile(api, file.path, place, type ?? file.contentType);
      if (place.isAttached) await attachUploaded(api, place, uploaded);
      return toStored(uploaded, url);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
});
