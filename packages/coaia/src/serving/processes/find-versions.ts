/** Frozen versions of a project's folder, as the repository of loaded versions asks for them. */
import { join } from 'node:path';
import { hostFailures } from '../hosts/errors.ts';
import type { RepositoryOptions } from '../hosts/repository.ts';
import type { Project } from '../projects/project.ts';
import { listFolderVersions, toVersionsFolder, verifyVersion } from '../versions/folder.ts';
import { applySettings } from '../versions/open-catalog.ts';
import type { VersionManifest } from '../versions/version.ts';
import { findHonesty } from './honesty.ts';

/** Ports of `openRepository` over `.ao/models/`. Every file is compared with the manifest before it is loaded. */
export function findVersionsIn(project: Project): Pick<RepositoryOptions, 'find' | 'list'> {
  const { folder, models } = project;
  return {
    async find(name, version) {
      const settings = models.find((model) => model.name === name);
      const manifests = settings === undefined ? [] : await listFolderVersions(folder, name);
      const manifest = pick(manifests, version);
      if (settings === undefined || manifest === undefined)
        throw hostFailures.create('AO404', toSentence(name, version, manifests), {
          hint: 'ao versions',
        });
      const place = join(toVersionsFolder(folder, name), String(manifest.version));
      await verifyVersion(place, manifest);
      const read = (one: VersionManifest) => findHonesty(folder, one);
      return { manifest: applySettings(manifest, settings, read), folder: place };
    },
    async list() {
      const lists = await Promise.all(
        models.map(async ({ name }) =>
          (await listFolderVersions(folder, name)).map(({ version }) => ({
            model: name,
            version: String(version),
          })),
        ),
      );
      return lists.flat();
    },
  };
}

function pick(
  manifests: readonly VersionManifest[],
  version: string | undefined,
): VersionManifest | undefined {
  if (version === undefined) return manifests.at(-1);
  return manifests.find((manifest) => String(manifest.version) === version);
}

function toSentence(
  name: string,
  version: string | undefined,
  manifests: readonly VersionManifest[],
): string {
  if (manifests.length === 0) return `There is no model ${name} here.`;
  const there = manifests.map((manifest) => manifest.version).join(', ');
  return `${name} has no version ${version ?? ''} here; there is ${there}.`;
}
