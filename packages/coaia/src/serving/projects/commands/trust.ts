/** `ao trust`: which files of models may be opened on this computer. */
import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { EXIT, invalidRequest } from '#base';
import { findHome } from '#config';
import { defineCommand } from '#surface';
import { hashFile } from '../../versions/source-files.ts';
import { readProject } from '../read-project.ts';
import { addTrust, isTrusted, listTrusted, removeTrust } from '../trust.ts';

export const command = defineCommand({
  words: 'ops trust',
  summary: 'Allow a fitted model to be opened on this computer',
  description:
    'Opening a .joblib, .pkl or .rds can run code that is hidden in it. A file that you named in `ao init --from` is trusted; one that came with a project from elsewhere is opened only after this command. It counts for exactly these contents and for this computer. Without FILE: the models of the project.',
  positionals: [{ name: 'files', summary: 'Files to trust', variadic: true }],
  options: {
    list: { type: 'boolean', summary: 'Show everything that is trusted' },
    remove: { type: 'boolean', summary: 'Trust them no more' },
  },
  examples: ['ao trust', 'ao trust model-service/artifacts/model.joblib', 'ao trust --list'],
  async run({ cwd, env, out, flags }, { args, options }) {
    const home = findHome({ cwd, env });
    if (options.list === true) {
      const files = listTrusted(home);
      if (flags.json) out.json({ files });
      else
        out.table('trusted files', files, [
          { header: 'File', value: ({ path }) => path },
          { header: 'SHA-256', value: ({ sha256 }) => sha256.slice(0, 12) },
          { header: 'Since', value: ({ at }) => at.slice(0, 10), drop: 1 },
        ]);
      return EXIT.done;
    }
    const paths =
      args.files.length > 0
        ? args.files.map((file) => resolve(cwd, file))
        : await listArtifacts(cwd, env);
    const missing = paths.find((path) => !existsSync(path));
    if (missing !== undefined) throw invalidRequest(`${missing} does not exist.`);
    const files = await Promise.all(
      paths.map(async (path) => ({ path, sha256: await hashFile(path) })),
    );
    const isRemoved = options.remove === true;
    for (const file of files) {
      if (isRemoved) removeTrust(home, file.sha256);
      else addTrust(home, file);
      if (!flags.json)
        out.confirm(
          `${isRemoved ? 'Not trusted any more' : 'Trusted'}: ${relative(cwd, file.path) || file.path}`,
        );
    }
    if (flags.json)
      out.json({
        files: files.map((file) => ({ ...file, trusted: isTrusted(home, file.sha256) })),
      });
    return EXIT.done;
  },
});

async function listArtifacts(
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly string[]> {
  const { folder, models } = await readProject(cwd, { env });
  const paths = models.flatMap(({ artifact }) =>
    artifact === undefined ? [] : [join(folder, artifact)],
  );
  if (paths.length > 0) return paths;
  throw invalidRequest('The project has no file with a fitted model.', undefined, 'ao trust FILE');
}
