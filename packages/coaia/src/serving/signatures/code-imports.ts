/** Packages that the code of a model loads, read from its text: nothing of it runs. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const PYTHON = /^[ \t]*(?:from[ \t]+(\w+)[\w.]*[ \t]+import\b|import[ \t]+(\w[^#\n;]*))/gm;
const R =
  /\b(?:library|require|requireNamespace|loadNamespace)\(\s*["']?([A-Za-z][\w.]*)|\b([A-Za-z][\w.]*):::?/g;

/**
 * Names as they are imported, without those of files beside the code. A wish and no need: what is loaded in a `try`
 * may be absent.
 */
export function listImports(path: string, language: 'python' | 'r'): readonly string[] {
  const text = readFileSync(path, 'utf8');
  const found = language === 'r' ? listR(text) : listPython(text);
  const folder = dirname(path);
  const isOwn = (name: string) =>
    existsSync(join(folder, name)) || existsSync(join(folder, `${name}.py`));
  return [...new Set(found)].filter((name) => name !== '__future__' && !isOwn(name)).toSorted();
}

function listPython(text: string): readonly string[] {
  const imported = [...text.matchAll(PYTHON)].flatMap(([, from, list = '']) =>
    from === undefined ? list.split(',').map((one) => /\w+/.exec(one)?.[0] ?? '') : [from],
  );
  // A table is handed over as a data frame.
  const isTable = /^def predict\((?:model, *)?\w+\)/m.test(text);
  return [...imported.filter((name) => name !== ''), ...(isTable ? ['pandas'] : [])];
}

function listR(text: string): readonly string[] {
  const code = text.replaceAll(/#.*$/gm, '');
  return [...code.matchAll(R)].map(([, loaded, qualified]) => loaded ?? qualified ?? '');
}
