/** What a pickle says of itself, read from its bytes without opening it: opening runs code. */
import { gunzipSync, inflateSync } from 'node:zlib';

export interface PickleFacts {
  /** Modules whose names it loads, top level only and sorted: `joblib`, `numpy`, `sklearn`. */
  readonly modules: readonly string[];
  /** Everything it would call or make, `module.name`, sorted. */
  readonly globals: readonly string[];
  /** Version of scikit-learn that wrote it. */
  readonly sklearn?: string;
  /** False when it is compressed in a way that cannot be read here; then nothing is known. */
  readonly isReadable: boolean;
}

const UNREADABLE: PickleFacts = { modules: [], globals: [], isReadable: false };

/** Half of what one text of JavaScript can hold, and what two parts share: names and versions are shorter. */
const [PART, COMMON] = [256 * 1024 * 1024, 4096];

/**
 * Looks at the names only; arrays of joblib lie between the instructions, so these are found by their form. Large files
 * are read in parts of so many bytes.
 */
export function readPickle(bytes: Uint8Array, part = PART): PickleFacts {
  const plain = unpack(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (plain === undefined) return UNREADABLE;
  const found = new Set<string>();
  let sklearn: string | undefined;
  for (let start = 0; start < plain.length; start += part) {
    const text = plain.subarray(start, start + part + COMMON).toString('latin1');
    for (const name of [...listTextGlobals(text), ...listStackGlobals(text)]) found.add(name);
    sklearn ??= findSklearn(text);
  }
  const globals = [...found].toSorted();
  const modules = new Set(globals.map((name) => name.split('.')[0] ?? name));
  for (const name of BUILT_IN) modules.delete(name);
  return {
    modules: [...modules].toSorted(),
    globals,
    ...(sklearn === undefined ? {} : { sklearn }),
    isReadable: true,
  };
}

const BUILT_IN = [
  'builtins',
  '__builtin__',
  '__main__',
  'copyreg',
  'copy_reg',
  'collections',
  '_codecs',
  'functools',
  'datetime',
  'pathlib',
  'operator',
  'posix',
  'nt',
  'os',
  'subprocess',
  'types',
  'typing',
  'enum',
  'decimal',
  'random',
  're',
];

function unpack(bytes: Buffer): Buffer | undefined {
  try {
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) return gunzipSync(bytes);
    if (bytes[0] === 0x78) return inflateSync(bytes);
  } catch {
    return undefined;
  }
  const start = bytes.subarray(0, 6).toString('latin1');
  const isPacked =
    start.startsWith('BZh') || start.startsWith('\u00FD7zXZ') || start.startsWith(']');
  return isPacked ? undefined : bytes;
}

const NAME = '[A-Za-z_][A-Za-z0-9_.]*';

/** Protocols 0 to 3: `c`, the module, a line end, the name, a line end; `i` the same. */
function listTextGlobals(text: string): readonly string[] {
  const pattern = new RegExp(`[ci](${NAME})\\n(${NAME})\\n`, 'g');
  return [...text.matchAll(pattern)].map(([, module, name]) => `${module}.${name}`);
}

/** Protocols 4 and 5: two short texts, each kept for later or not, then STACK_GLOBAL; texts said before are numbers. */
function listStackGlobals(text: string): readonly string[] {
  const names: string[] = [];
  const strings = /\u008C([\s\S])/g;
  let last: { readonly text: string; readonly end: number } | undefined;
  let module = '';
  for (let found = strings.exec(text); found !== null; found = strings.exec(text)) {
    const start = found.index + 2;
    const end = start + ((found[1] ?? '').codePointAt(0) ?? 0);
    const word = text.slice(start, end);
    if (!WORD.test(word)) continue;
    strings.lastIndex = end;
    const after = text.slice(end, end + 12);
    const isAdjacent = last !== undefined && found.index - last.end <= 1;
    if (isAdjacent && last !== undefined && /^\u0094?\u0093/.test(after)) {
      module = last.text;
      names.push(`${module}.${word}`);
    } else if (/^\u0094?(?:h[\s\S]|j[\s\S]{4})\u0093/.test(after)) names.push(`${word}.?`);
    else if (/^\u0094?\u0093/.test(after)) names.push(`${module === '' ? '?' : module}.${word}`);
    last = { text: word, end };
  }
  return names.filter((name) => !name.startsWith('?'));
}

const WORD = new RegExp(`^${NAME}$`);

/** The key and the value behind it, as scikit-learn writes both into the state of every estimator. */
function findSklearn(text: string): string | undefined {
  const found =
    /_sklearn_version(?:\u0094|q[\s\S]|r[\s\S]{4})?(?:\u008C[\s\S]|X[\s\S]{4})(\d[\w.]*\w)/.exec(
      text,
    );
  return found?.[1];
}

/** Names with which a pickle does something else than hold a model. */
const ACTIONS = new Set([
  ...['system', 'popen', 'execv', 'spawnl', 'remove', 'unlink', 'rmdir'].flatMap((name) => [
    `os.${name}`,
    `posix.${name}`,
    `nt.${name}`,
  ]),
  ...['eval', 'exec', 'compile', 'open', '__import__'].flatMap((name) => [
    `builtins.${name}`,
    `__builtin__.${name}`,
  ]),
  'shutil.rmtree',
  'importlib.import_module',
  'runpy.run_path',
  'pty.spawn',
  'webbrowser.open',
]);
const ACTING = ['subprocess.', 'socket.', 'ctypes.', 'urllib.', 'requests.', 'http.', 'sys.'];

/** The names among them that no fitted model needs; `getattr` is not one, since honest pickles of methods use it. */
export function listActions({ globals }: PickleFacts): readonly string[] {
  return globals.filter(
    (name) => ACTIONS.has(name) || ACTING.some((start) => name.startsWith(start)),
  );
}
