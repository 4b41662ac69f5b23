/** A project with one frozen version, and a program that is none, for tests of what is built around them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Project } from '../../projects/project.ts';
import { makeProject } from '../../testing/project-fixture.ts';
import type { ProjectFixture } from '../../testing/project-fixture.ts';
import type { Language, VersionManifest } from '../../versions/version.ts';
import type { BuildPorts } from '../build-project.ts';

export interface FrozenFixture {
  readonly folder: string;
  readonly language?: Language;
  readonly build?: Partial<Project['build']>;
  readonly secrets?: Project['secrets'];
  /** Files of the version by name. */
  readonly files?: Readonly<Record<string, string>>;
  readonly fixture?: ProjectFixture;
}

/** The project, and ports that freeze it as version 3 without looking at the model. */
export function makeFrozenProject(input: FrozenFixture): {
  readonly project: Project;
  readonly ports: BuildPorts;
  readonly steps: string[];
} {
  const { folder, language = 'onnx', files = { 'artifact/model.onnx': 'model' } } = input;
  const made = makeProject(join(folder, 'project'), { name: 'churn', language, ...input.fixture });
  const project: Project = {
    ...made,
    build: { ...made.build, ...input.build },
    secrets: input.secrets ?? [],
  };
  const place = join(project.folder, '.ao/models/churn/versions/3');
  const manifest = toManifest(language, Object.keys(files));
  write(place, { ...files, 'manifest.json': JSON.stringify(manifest) });
  const program = join(folder, 'program');
  write(program, { 'ao.js': 'program', 'web/index.html': 'page', 'chunk-a.js': 'part' });
  const steps: string[] = [];
  const ports: BuildPorts = {
    env: { PATH: join(folder, 'bin') },
    signal: new AbortController().signal,
    onLine: (line) => steps.push(line),
    onStep: (text) => steps.push(text),
    places: { program, layers: join(folder, 'layers'), output: join(folder, 'out') },
    freeze: async () => ({ manifest, folder: place }),
  };
  return { project, ports, steps };
}

/** An engine of a few lines of shell: notes its arguments in `bin/calls` and ends as told. */
export function makeEngine(folder: string, name: string, script: string): void {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  const text = `#!/bin/sh\necho "${name} $*" >> '${join(bin, 'calls')}'\n${script}\n`;
  writeFileSync(join(bin, name), text, { mode: 0o755 });
}

function toManifest(language: Language, files: readonly string[]): VersionManifest {
  return {
    format: 1,
    project: 'churn',
    model: 'churn',
    version: 3,
    digest: 'ab'.repeat(32),
    sourceDigest: 'cd'.repeat(32),
    language,
    platform: 'test',
    style: 'object',
    signature: { inputs: [], outputs: [], task: 'other', example: {} },
    ...(language === 'onnx'
      ? {}
      : {
          interpreter: {
            path: '/somewhere/on/this/machine/python3',
            version: '3.11.2',
            packages: { sklearn: '1.2.1', numpy: '1.24.2' },
          },
        }),
    rules: { onNa: 'reject', outOfRange: 'flag' },
    workers: 1,
    preload: true,
    timeoutMs: 1000,
    maxQueue: 10,
    batch: { enabled: false, maxRows: 1, maxWaitMs: 0 },
    files: Object.fromEntries(files.map((name) => [name, 'f'.repeat(64)])),
    createdAt: new Date().toISOString(),
  };
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}
