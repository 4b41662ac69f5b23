/** What the files of a model say when ao.toml does not: language, entry, artifact, examples. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Language } from '../versions/version.ts';

/** Language by the ending of the file that holds a fitted model. */
export const ARTIFACT_LANGUAGES: Readonly<Record<string, Language>> = {
  '.joblib': 'python',
  '.pkl': 'python',
  '.pickle': 'python',
  '.skops': 'python',
  '.rds': 'r',
  '.onnx': 'onnx',
};

const CODE_FILES: readonly { readonly name: string; readonly language: Language }[] = [
  { name: 'model.py', language: 'python' },
  { name: 'model.R', language: 'r' },
  { name: 'model.r', language: 'r' },
];

/** Where models live in a project. */
export const MODEL_FOLDER = 'model-service';

export interface ModelFiles {
  readonly language: Language | undefined;
  readonly entry: { readonly file: string; readonly name: string } | undefined;
  readonly artifact: string | undefined;
  readonly examples: string | undefined;
}

export interface GivenFiles {
  readonly language?: Language | undefined;
  readonly entry?: { readonly file: string; readonly name: string } | undefined;
  readonly artifact?: string | undefined;
  readonly examples?: string | undefined;
}

/** Language of a file by its ending; undefined for others. */
export function toLanguage(file: string): Language | undefined {
  const ending = extname(file).toLowerCase();
  if (ending === '.py') return 'python';
  return ending === '.r' ? 'r' : ARTIFACT_LANGUAGES[ending];
}

/**
 * Completes what is given by looking at files: for one model of several first in `model-service/NAME`. Paths are
 * relative to the project.
 */
export function inferModelFiles(
  folder: string,
  given: GivenFiles,
  name: string | undefined,
): ModelFiles {
  const places = [...(name === undefined ? [] : [`${MODEL_FOLDER}/${name}`]), MODEL_FOLDER];
  const isAlone = name === undefined;
  const artifact = given.artifact ?? findArtifact(folder, places, name);
  // The code of one of several models is in its own folder, or named.
  const codePlaces = isAlone ? places : places.slice(0, 1);
  const entry = given.entry ?? findEntry(folder, codePlaces, given, artifact !== undefined);
  const main = entry?.file ?? artifact;
  return {
    language: given.language ?? (main === undefined ? undefined : toLanguage(main)),
    entry,
    artifact,
    examples: given.examples ?? findExamples(folder, places, name),
  };
}

function listFiles(folder: string): readonly string[] {
  try {
    return readdirSync(folder).toSorted();
  } catch {
    return [];
  }
}

/** The one artifact of the folder, or the one that is called like the model. */
function findArtifact(
  folder: string,
  places: readonly string[],
  name: string | undefined,
): string | undefined {
  for (const place of places) {
    const files = listFiles(join(folder, place, 'artifacts')).filter(
      (file) => ARTIFACT_LANGUAGES[extname(file).toLowerCase()] !== undefined,
    );
    const isShared = name !== undefined && place === MODEL_FOLDER;
    const own = files.find((file) => file.slice(0, -extname(file).length) === name);
    const found = own ?? (files.length === 1 && !isShared ? files[0] : undefined);
    if (found !== undefined) return `${place}/artifacts/${found}`;
  }
  return undefined;
}

function findEntry(
  folder: string,
  places: readonly string[],
  given: GivenFiles,
  hasArtifact: boolean,
): ModelFiles['entry'] {
  for (const place of places) {
    for (const { name, language } of CODE_FILES) {
      const file = `${place}/${name}`;
      if (given.language !== undefined && given.language !== language) continue;
      if (!existsSync(join(folder, file))) continue;
      const found = findFunction(readFileSync(join(folder, file), 'utf8'), language);
      // A file without the function beside an artifact only defines what the artifact is made of.
      if (found !== undefined || !hasArtifact) return { file, name: found ?? 'predict' };
    }
  }
  return undefined;
}

/** The function that predicts: `predict`, in R `predict_one` or `predict_rows` before it. */
export function findFunction(code: string, language: Language): string | undefined {
  if (language === 'python') return /^(?:async\s+)?def\s+(predict)\b/m.exec(code)?.[1];
  const names = ['predict_one', 'predict_rows', 'predict_table', 'predict'];
  return names.find((name) => new RegExp(`^${name}\\s*(?:<-|=)\\s*function`, 'm').test(code));
}

function findExamples(
  folder: string,
  places: readonly string[],
  name: string | undefined,
): string | undefined {
  const files = places.map((place) => `${place}/examples.csv`);
  const own = name === undefined ? files : [`${MODEL_FOLDER}/${name}.examples.csv`, ...files];
  return own.find((file) => existsSync(join(folder, file)));
}
