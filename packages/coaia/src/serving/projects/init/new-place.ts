/** Where a new project goes, what it is called and what it is written in. */
import { basename, dirname, extname, resolve } from 'node:path';
import type { Language } from '../../versions/version.ts';
import { projectFailures } from '../errors.ts';
import type { ModelSource } from './model-source.ts';

/** What was typed. */
export interface PlaceRequest {
  /** A name, `.` or a path whose last part is the name; undefined: the name of the file. */
  readonly name: string | undefined;
  readonly language: Language | 'proto-only' | undefined;
  /** The fitted model. */
  readonly from: string | undefined;
  readonly cwd: string;
}

/** The name of the file in the project: without spaces and the like. */
export function toFileName(path: string): string {
  return basename(path).replaceAll(/[^\w.-]+/g, '-');
}

/** Absolute folder and name. AO107. */
export function toPlace(
  { name, cwd, from, language }: PlaceRequest,
  source: ModelSource | undefined,
): { readonly folder: string; readonly name: string } {
  if (name === undefined && (source === undefined || from === undefined))
    throw projectFailures.create('AO107', 'The project needs a name.', { hint: 'ao init NAME' });
  const path = resolve(cwd, name ?? toStem(from ?? ''));
  const given = name === undefined || name === '.' ? toName(basename(path)) : basename(path);
  const flags = [
    ...(from === undefined ? [] : ['--from', `'${from}'`]),
    ...(language === undefined ? [] : ['--lang', language]),
  ];
  if (!/^[A-Za-z][\w.-]{0,63}$/.test(given))
    throw projectFailures.create(
      'AO107',
      `"${given}" cannot be the name of a project: use letters, digits, dots, dashes and underscores, beginning with a letter.`,
      { hint: `ao init ${[toName(given), ...flags].join(' ')}` },
    );
  return { folder: name === '.' ? resolve(cwd) : path, name: given };
}

function toStem(path: string): string {
  const file = basename(path.replace(/[\\/]+$/, ''));
  return toName(
    file === 'MLmodel' ? basename(dirname(resolve(path))) : file.replace(extname(file), ''),
  );
}

/** The nearest name that is allowed. */
function toName(text: string): string {
  const name = text
    .replaceAll(/[^\w.-]+/g, '-')
    .replace(/^[^A-Za-z]+/, '')
    .slice(0, 64);
  return name === '' ? 'model' : name;
}

/** Undefined: only the interface. AO108. */
export function toLanguage(
  { name, language, from }: PlaceRequest,
  source: ModelSource | undefined,
): Language | undefined {
  if (source !== undefined) {
    if (language === undefined || language === source.language) return source.language;
    throw projectFailures.create(
      'AO108',
      `${from ?? ''} is a model of ${source.language}, and --lang says ${language}.`,
      { hint: `ao init ${name === undefined ? '' : `${name} `}--from ${from ?? 'FILE'}` },
    );
  }
  if (language === 'onnx')
    throw projectFailures.create('AO108', 'A project for ONNX begins with a .onnx file.', {
      hint: 'ao init NAME --from FILE.onnx',
    });
  return language === 'proto-only' ? undefined : (language ?? 'python');
}
