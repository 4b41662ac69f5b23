/** `upload_media`: a file of this machine into the run's trace. */
import { realpath } from 'node:fs/promises';
import { relative, isAbsolute, resolve } from 'node:path';
import { attachUploaded, uploadLocalFile } from '#observability';
import { defineAction } from '#surface';
import { z } from 'zod';
import { runFailures } from '../runs/errors.ts';
import { mediaTarget, toPlace, toStored } from './media-target.ts';
import { actionPorts } from './ports.ts';

export const action = defineAction({
  name: 'upload_media',
  summary: 'Upload a file of the folder of the run; the output has its media id',
  needs: actionPorts,
  permission: 'files',
  observationType: 'TOOL',
  input: z.strictObject({
    ...mediaTarget,
    file_path: z.string().min(1),
    content_type: z.string().optional(),
  }),
  async run(ports, context, { file_path: name, content_type: type, ...target }) {
    const path = await findFile(context.folder, name);
    const api = await ports.openMedia(context.scope);
    const place = toPlace(context, target);
    const uploaded = await uploadLocalFile(api, path, place, type);
    if (place.isAttached) await attachUploaded(api, place, uploaded);
    return toStored(uploaded, name);
  },
});

/** The file's real path. Fails with COAIA-5105 for what lies outside, also behind a link. */
async function findFile(folder: string, name: string): Promise<string> {
  try {
    const inside = await realpath(folder);
    const path = await realpath(resolve(inside, name));
    const way = relative(inside, path);
    if (way !== '' && !way.startsWith('..') && !isAbsolute(way)) return path;
  } catch (error) {
    const { code = 'unreadable' } = error as NodeJS.ErrnoException;
    throw runFailures.create('COAIA-5105', `${name} cannot be read (${code}).`, { cause: error });
  }
  throw runFailures.create('COAIA-5105', `${name} lies outside the folder of the run.`);
}
