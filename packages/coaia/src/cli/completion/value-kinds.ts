/** What can stand in the place of a value: fixed words, names that the workbench knows, or a file. */
import { settings } from '#config';
import type { OptionSpec, PositionalSpec } from '#surface';

/** Kinds of names that `coaia __complete` answers. */
export const NAME_KINDS = [
  'traces',
  'sessions',
  'prompts',
  'datasets',
  'score-configs',
  'labels',
  'queues',
  'dashboards',
  'templates',
  'variables',
  'environments',
  'profiles',
] as const;
export type NameKind = (typeof NAME_KINDS)[number];

export type ValueKind =
  | { readonly kind: 'choices'; readonly choices: readonly string[] }
  | { readonly kind: 'names'; readonly names: NameKind }
  | { readonly kind: 'file' }
  | { readonly kind: 'text' };

const text: ValueKind = { kind: 'text' };
const file: ValueKind = { kind: 'file' };

/** Services that `coaia doctor` tries by name. */
export const SERVICES = ['langfuse', 'llm', 'stash', 'aws', 'github', 'storage'] as const;

/** Shells that `coaia completion` has a script for. */
export const SHELLS = ['bash', 'zsh', 'fish', 'powershell', 'nushell', 'carapace'] as const;

/** Kinds of files that `coaia schema` describes. */
export const FILE_KINDS = [
  'coaia',
  'answers',
  'env',
  'template',
  'batch',
  'score-configs',
] as const;

type Rule = readonly [words: RegExp, name: RegExp, value: ValueKind];

function names(kind: NameKind): ValueKind {
  return { kind: 'names', names: kind };
}

const settingNames: ValueKind = { kind: 'choices', choices: settings.map(({ name }) => name) };

/** Read from the top; the first that fits counts. Names are those of options (long) and positionals. */
const rules: readonly Rule[] = [
  [/^config (?:get|set|unset|explain)$/, /^name$/, settingNames],
  [/^doctor$/, /^service$/, { kind: 'choices', choices: SERVICES }],
  [/^completion$/, /^shell$/, { kind: 'choices', choices: SHELLS }],
  [/^schema$/, /^kind$/, { kind: 'choices', choices: FILE_KINDS }],
  [/ (?:create|add|new)$/, /^name$/, text],
  [/./, /^(?:trace-?ids?|trace|from-trace|source-trace)$/i, names('traces')],
  [/./, /^(?:session|session-?id)$/i, names('sessions')],
  [/./, /^profile$/, names('profiles')],
  [/^fuse (?:scores|score-configs)/, /^value$/, names('labels')],
  [/score|queues/, /^(?:config|config-?id|name-?or-?id)$/i, names('score-configs')],
  [/^(?:pipeline|schedule)/, /^(?:var|variable)$/, names('variables')],
  [/^pipeline init$/, /^name$/, text],
  [/^pipeline (?:runs|remote|install|search|allow)/, /^(?:name|from)$/, text],
  [/^pipeline/, /^(?:names?|template|pipeline|from|extends|before|after)$/, names('templates')],
  [/^schedule/, /^(?:template|pipeline)$/, names('templates')],
  [/^(?:env|environment) /, /^name$/, names('environments')],
  [
    /^(?:env|environment) (?:use|diff|promote|copy)/,
    /^(?:a|b|from|to|first|second|left|right|environment)$/,
    names('environments'),
  ],
  [/prompts/, /^name$/, names('prompts')],
  [/^(?:models run|run|evaluators)/, /^prompt$/, names('prompts')],
  [/prompts/, /^labels?$/, { kind: 'choices', choices: ['production', 'latest'] }],
  [/datasets/, /^name$/, names('datasets')],
  [/./, /^dataset$/, names('datasets')],
  [/./, /^queue(?:-id)?$/, names('queues')],
  [/./, /^dashboard$/, names('dashboards')],
  [
    /./,
    /^(?:files?|file-?name|audio|output|answers|vars-file|keys|data|path|paths|allow-path)$/i,
    file,
  ],
];

const FILE_PLACEHOLDER = /^(?:FILE|PATH|DIR|OUT|FOLDER)s?$/;

/** The values of an option; undefined for switches, which take none. */
export function toOptionValue(
  words: string,
  name: string,
  spec: OptionSpec,
): ValueKind | undefined {
  if (spec.type === 'boolean') return undefined;
  if (spec.choices !== undefined) return { kind: 'choices', choices: spec.choices };
  if (FILE_PLACEHOLDER.test(spec.placeholder ?? '')) return file;
  if (spec.type === 'number' || spec.placeholder === 'JSON') return text;
  return findRule(words, name);
}

/** The values of a positional argument. */
export function toPositionalValue(words: string, { name }: PositionalSpec): ValueKind {
  return findRule(words, name);
}

function findRule(words: string, name: string): ValueKind {
  return rules.find(([where, what]) => where.test(words) && what.test(name))?.[2] ?? text;
}
