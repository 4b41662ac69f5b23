/** Finds the Python or R that has what a model needs. */
import { statSync } from 'node:fs';
import { isObject } from '#base';
import { signatureFailures } from '../signatures/errors.ts';
import type { Finding } from '../signatures/finding.ts';
import type { Interpreter } from '../versions/version.ts';
import { listCandidates } from './candidates.ts';
import type { Candidate, Search } from './candidates.ts';
import { runProbe, toPlainEnv, toScriptPath } from './run-probe.ts';

export type { Search } from './candidates.ts';

export interface SearchResult {
  readonly interpreter: Interpreter;
  /** AO301 as a warning when the first one on PATH was passed over. */
  readonly findings: readonly Finding[];
}

/**
 * The first interpreter that has everything, in the order: set in ao.toml, $VIRTUAL_ENV, ./.venv, ./venv, every one
 * on PATH, the system's. One short process for each, once. Fails with AO301, which names those that were tried.
 */
export async function findInterpreter(search: Search): Promise<Interpreter> {
  return (await searchInterpreter(search)).interpreter;
}

/** The same, with what a person should know about the choice. */
export async function searchInterpreter(search: Search): Promise<SearchResult> {
  const tried: Tried[] = [];
  for (const candidate of listCandidates(search)) {
    // One after the other: usually the first one is it.
    const { interpreter, missing } = await probe(search, candidate);
    if (interpreter !== undefined && missing.length === 0)
      return { interpreter, findings: toFindings(search, tried, { candidate, interpreter }) };
    tried.push({ candidate, interpreter, missing });
  }
  const other = search.wanted === undefined ? undefined : await findOther(search);
  const message = toSentence(search, tried, other);
  throw signatureFailures.create('AO301', message, {
    hint: toHint(search, other),
    details: tried.map(({ candidate, interpreter, missing }) => ({
      path: candidate.path,
      version: interpreter?.version,
      missing,
    })),
  });
}

interface Probed {
  /** Undefined when it does not start. */
  readonly interpreter: Interpreter | undefined;
  readonly missing: readonly string[];
}

interface Tried extends Probed {
  readonly candidate: Candidate;
}

/** One that has everything, where another one was wished for or comes first. */
interface Other {
  readonly candidate: Pick<Candidate, 'label'>;
  readonly interpreter: Interpreter;
}

async function findOther({ wanted: _, ...search }: Search): Promise<Other | undefined> {
  try {
    const interpreter = await findInterpreter(search);
    return { interpreter, candidate: { label: interpreter.path } };
  } catch {
    return undefined;
  }
}

const known = new Map<string, Promise<Probed>>();

/** Asked once in this process, until the file changes. */
function probe(search: Search, { path }: Candidate): Promise<Probed> {
  const key = JSON.stringify([path, toTime(path), search.needs, toPlainEnv(search.env)]);
  const before = known.get(key);
  if (before !== undefined) return before;
  const asked = ask(search, path);
  known.set(key, asked);
  return asked;
}

function toTime(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

async function ask(search: Search, path: string): Promise<Probed> {
  const { language, needs, env } = search;
  const isPython = language === 'python';
  const script = toScriptPath(
    isPython ? './interpreter-probe.py' : './interpreter-probe.R',
    import.meta.url,
  );
  const args = isPython ? ['-B', script, ...needs] : ['--vanilla', script, ...needs];
  const { isDone, output } = await runProbe({ program: path, args, env });
  const answer = isDone ? parse(output) : undefined;
  if (answer === undefined) return { interpreter: undefined, missing: needs };
  const { standard, ...interpreter } = answer;
  const isThere = (name: string) =>
    interpreter.packages[name] !== undefined || standard.includes(name);
  return {
    // A shim of pyenv leads to the interpreter behind it; R is started by the program that was found.
    interpreter: isPython ? interpreter : { ...interpreter, path },
    missing: needs.filter((name) => !isThere(name)),
  };
}

/** With the names that belong to the language itself and have no version of their own. */
function parse(
  output: string,
): (Interpreter & { readonly standard: readonly unknown[] }) | undefined {
  try {
    const answer: unknown = JSON.parse(output.slice(output.indexOf('{')));
    if (!isObject(answer) || !isObject(answer['packages'])) return undefined;
    const packages = Object.entries(answer['packages']).filter(([, version]) => version !== null);
    return {
      path: String(answer['path']),
      version: String(answer['version']),
      packages: Object.fromEntries(packages.map(([name, version]) => [name, String(version)])),
      standard: Array.isArray(answer['standard']) ? answer['standard'] : [],
    };
  } catch {
    return undefined;
  }
}

/** Known without asking: which one was passed over, and why. */
function toFindings(search: Search, tried: readonly Tried[], other: Other): readonly Finding[] {
  if (tried.length === 0) return [];
  return [
    {
      code: 'AO301',
      severity: 'warning',
      message: toSentence(search, tried.slice(0, 1), other),
      fix: toHint(search, other),
    },
  ];
}

const KEYS = { python: 'python', r: 'rscript' } as const;
const COMMANDS = { python: 'python3 -m pip install', r: 'Rscript -e' } as const;

function toSentence(search: Search, tried: readonly Tried[], other: Other | undefined): string {
  const reason = search.reason === undefined ? '' : `, which ${search.reason}`;
  const parts = tried.map(({ candidate, interpreter, missing }) =>
    interpreter === undefined
      ? `${upper(candidate.label)} does not start${reason}.`
      : `${upper(candidate.label)} (${interpreter.version}) has no ${toList(missing)}${reason}.`,
  );
  if (tried.length === 0) parts.push(`There is no ${KEYS[search.language]} here${reason}.`);
  if (other === undefined) return parts.join(' ');
  const { candidate, interpreter } = other;
  const set = `set \`[model] ${KEYS[search.language]}\``;
  parts.push(`${upper(candidate.label)} (${interpreter.version}) has it: ${set}.`);
  return parts.join(' ');
}

const upper = (text: string) => (text.startsWith('the ') ? `T${text.slice(1)}` : text);

const toList = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');

function toHint({ language, needs }: Search, other: Other | undefined): string {
  if (other !== undefined)
    return `${KEYS[language]} = "${other.interpreter.path}" under [model] in ao.toml`;
  const list = language === 'python' ? needs.map(toDistribution).join(' ') : toInstall(needs);
  return `${COMMANDS[language]} ${list}`;
}

const toDistribution = (name: string) => (name === 'sklearn' ? 'scikit-learn' : name);

const toInstall = (needs: readonly string[]) =>
  `'install.packages(c(${needs.map((name) => `"${name}"`).join(', ')}))'`;
