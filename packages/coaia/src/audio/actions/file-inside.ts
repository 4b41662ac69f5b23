/** Files of steps lie in the folder of their run. */
import { realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { invalidRequest } from '#base';

/** The path of a name inside the folder, also behind links; the file itself need not exist. COAIA-0002. */
export async function toPathInside(folder: string, name: string): Promise<string> {
  const root = await realpath(folder);
  const wanted = resolve(root, name);
  const real = await toReal(wanted);
  const within = relative(root, real);
  if (within !== '' && !within.startsWith('..') && !isAbsolute(within)) return real;
  throw invalidRequest(`${name} is not inside the folder of the run.`);
}

/** Of a file that is not there yet: that of its folder, and the name. */
async function toReal(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    return join(await realpath(dirname(path)), basename(path));
  }
}
