/** `ao build`: bundle, images, compose file and manifests. */
import { join, resolve } from 'node:path';
import { EXIT } from '#base';
import { findHome, homePaths } from '#config';
import { defineCommand } from '#surface';
import type { Output } from '#surface';
import type { DeploymentsApi } from '@coaia/client';
import { checkProject } from '../../checks/check.ts';
import { printReport } from '../../checks/print-report.ts';
import type { CheckReport } from '../../checks/report.ts';
import type { ModelSettings, Project } from '../../projects/project.ts';
import { isTrusted } from '../../projects/trust.ts';
import { readProject } from '../../projects/read-project.ts';
import { freezeVersion } from '../../versions/freeze.ts';
import { listKnownVersions } from '../../versions/known-versions.ts';
import { deploymentsApi } from '../../versions/ports.ts';
import { buildProject } from '../build-project.ts';
import type { BuildResult } from '../build-project.ts';
import { findProgram } from '../program.ts';

const ENGINE_CHOICES = ['auto', 'docker', 'podman', 'buildah', 'none'] as const;

export const command = defineCommand({
  words: 'ops build',
  summary: 'Make a bundle, images and manifests of the project',
  description:
    'Checks the project, freezes its models, and writes a bundle: everything that is served, in one file that is the same whenever its contents are. Then images of api-service and model-service by docker, podman or buildah; without an engine image files that each of them loads. Also a compose file and manifests for Kubernetes and KServe, once; later only the tags in them change.',
  needs: deploymentsApi,
  positionals: [],
  options: {
    'no-check': { type: 'boolean', summary: 'Do not check the project first' },
    engine: {
      type: 'string',
      choices: ENGINE_CHOICES,
      summary: 'What makes the images; `auto`: the first that answers, otherwise `none`',
    },
    tag: { type: 'string', placeholder: 'TAG', summary: 'Of the images; the version otherwise' },
    output: {
      type: 'string',
      placeholder: 'FOLDER',
      summary: 'Where files are written; .ao/build otherwise',
    },
    platform: {
      type: 'string',
      placeholder: 'SYSTEM/PROCESSOR',
      summary: 'Such as linux/amd64; has to be the one of this machine',
    },
  },
  examples: ['ao build', 'ao build --engine none', 'ao build --no-check --tag 2026-11 --json'],
  async run(context, { options }) {
    const { out, flags, env, cwd, signal, open } = context;
    const project = await readProject(cwd, {
      env,
      overrides: { 'build.engine': options.engine, 'build.tag': options.tag },
    });
    const home = findHome({ cwd, env });
    if (options['no-check'] !== true) {
      out.notice('Checking the project ...');
      const report = await checkProject({ cwd, env, home, isFixing: false, only: [], signal });
      if (report.errors > 0) return refuse(out, flags.json, report);
    }
    const api = await open();
    const result = await buildProject(
      {
        env,
        signal,
        places: {
          program: findProgram(),
          layers: join(homePaths(home).cache, 'layers'),
          output: resolve(cwd, options.output ?? join(project.folder, '.ao/build')),
        },
        freeze: (model) => freeze(api, home, project, model),
        onLine: (line) => out.notice(`  ${line}`),
        onStep: (text) => out.notice(`${text} ...`),
      },
      project,
      { engine: project.build.engine, tag: project.build.tag, platform: options.platform },
    );
    if (flags.json) out.json(result);
    else showResult(out, project, result);
    return EXIT.done;
  },
});

/** What is wrong is the result then, and nothing was built. */
function refuse(out: Output, isJson: boolean, report: CheckReport): number {
  if (isJson) out.json(report);
  else printReport(out, report, { isQuiet: false, isStrict: false, only: [] });
  out.notice('Nothing was built. Mend it, or build all the same with --no-check.');
  return EXIT.failed;
}

/** As `ao deploy` does: numbers that the store knows are never given twice. */
async function freeze(api: DeploymentsApi, home: string, project: Project, model: ModelSettings) {
  const known = await listKnownVersions(api, model.name);
  const { manifest, folder } = await freezeVersion(project, model, {
    known,
    isTrusted: (sha256) => isTrusted(home, sha256),
  });
  await api.registerVersion({
    manifest: manifest as unknown as Readonly<Record<string, unknown>>,
    folder,
  });
  return { manifest, folder };
}

function showResult(out: Output, project: Project, { bundle, images, files }: BuildResult): void {
  out.line(`Bundle  ${bundle.file}  ${toMegabytes(bundle.size)}  sha256:${bundle.digest}`);
  for (const { name, file, size, engine, digest } of images) {
    const place = file === undefined ? `in ${engine}` : `${file}  ${toMegabytes(size ?? 0)}`;
    out.line(`Image   ${name}  ${place}  ${digest.slice(0, 12)}`);
  }
  for (const file of files) out.line(`File    ${file}`);
  const loaded = images.find(({ file }) => file !== undefined);
  if (loaded?.file !== undefined)
    out.notice(`Load an image with: docker load -i ${loaded.file} (or podman load -i ...).`);
  out.notice(`Start both with: docker compose up, in ${project.folder}.`);
}

function toMegabytes(bytes: number): string {
  return bytes < 100_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
