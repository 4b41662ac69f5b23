/** Files of a build that belong to the user: written once, later only the tags of the images in them change. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeWholeFile } from '#config';
import type { Project } from '../projects/project.ts';
import { renderCompose } from './compose.ts';
import { renderDockerignore } from './dockerfile.ts';
import { SERVICES, toImageName } from './image-facts.ts';
import { renderKserve } from './kserve.ts';
import { renderKubernetes } from './kubernetes.ts';

type FilesProject = Pick<Project, 'folder' | 'name' | 'secrets' | 'build'>;

/** Every file by its path in the project, as it is when nobody has changed it. */
export function renderProjectFiles(
  project: Omit<FilesProject, 'folder'>,
  tag: string,
): ReadonlyMap<string, string> {
  return new Map([
    ['.dockerignore', renderDockerignore()],
    ['docker-compose.yml', renderCompose(project, tag)],
    ...SERVICES.map(
      (service) => [`deploy/k8s/${service}.yaml`, renderKubernetes(service, project, tag)] as const,
    ),
    ['deploy/kserve.yaml', renderKserve(project, tag)],
  ]);
}

/** Writes what is missing and sets the tags elsewhere. Returns the paths of files that changed. */
export async function writeProjectFiles(
  project: FilesProject,
  tag: string,
): Promise<readonly string[]> {
  const changed: string[] = [];
  for (const [path, text] of renderProjectFiles(project, tag)) {
    const file = join(project.folder, path);
    const before = await readFile(file, 'utf8').catch(() => undefined);
    const after = before === undefined ? text : setTags(before, project, tag);
    if (after === before) continue;
    await mkdir(dirname(file), { recursive: true });
    if (before === undefined) await writeFile(file, after);
    else writeWholeFile(file, after);
    changed.push(path);
  }
  return changed;
}

/** The text with the tag behind the names of the project's images, whatever registry stands before them. */
export function setTags(
  text: string,
  project: Parameters<typeof toImageName>[0],
  tag: string,
): string {
  return SERVICES.reduce((changed, service) => {
    const name = RegExp.escape(toImageName(project, service));
    const pattern = new RegExp(`(image:\\s*["']?(?:[\\w.:/-]+/)?${name}):[\\w.-]+`, 'g');
    return changed.replaceAll(pattern, `$1:${tag}`);
  }, text);
}
