/** Where a JSON text goes wrong: V8 does not always say. */

const TOKEN =
  // oxlint-disable-next-line eslint/no-control-regex -- JSON forbids exactly these characters in strings
  /[ \t\r\n]*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001F]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[Ee][+-]?\d+)?|true|false|null)(?![\w.]))/gy;

type Expectation = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end';

interface Scan {
  readonly open: ('{' | '[')[];
  expected: Expectation;
  isDone: boolean;
}

/** Position of the first character that cannot be JSON; undefined when the text is valid. Uses no recursion. */
export function findJsonError(text: string): number | undefined {
  const scan: Scan = { open: [], expected: 'value', isDone: false };
  let position = 0;
  while (!scan.isDone) {
    TOKEN.lastIndex = position;
    const match = TOKEN.exec(text);
    if (match === null) return toContent(text, position);
    const start = toContent(text, position);
    if (!isAccepted(scan, match[1] ?? (match[2] === undefined ? 'value' : 'text'))) return start;
    position = TOKEN.lastIndex;
  }
  const rest = toContent(text, position);
  return rest < text.length ? rest : undefined;
}

function toContent(text: string, position: number): number {
  let index = position;
  while (index < text.length && ' \t\r\n'.includes(text.charAt(index))) index++;
  return index;
}

/** Takes one token: a sign, `text` for a string, `value` for a number or word. False when it cannot stand here. */
function isAccepted(scan: Scan, token: string): boolean {
  const { expected } = scan;
  if (token === '{' || token === '[') return isOpened(scan, token);
  if (token === '}' || token === ']') return isClosed(scan, token);
  if (token === ':') return isNext(scan, expected === 'colon', 'value');
  if (token === ',') return isSeparated(scan);
  const isKey = token === 'text' && (expected === 'key' || expected === 'key-or-end');
  return isKey ? isNext(scan, true, 'colon') : wantsValue(scan) && endValue(scan);
}

function isSeparated(scan: Scan): boolean {
  const next = scan.open.at(-1) === '{' ? 'key' : 'value';
  return isNext(scan, scan.expected === 'comma-or-end' && scan.open.length > 0, next);
}

function wantsValue({ expected }: Scan): boolean {
  return expected === 'value' || expected === 'value-or-end';
}

function isOpened(scan: Scan, token: '{' | '['): boolean {
  if (!wantsValue(scan)) return false;
  scan.open.push(token);
  scan.expected = token === '{' ? 'key-or-end' : 'value-or-end';
  return true;
}

function isNext(scan: Scan, isAllowed: boolean, next: Expectation): boolean {
  if (isAllowed) scan.expected = next;
  return isAllowed;
}

function isClosed(scan: Scan, token: '}' | ']'): boolean {
  const isPair = scan.open.at(-1) === (token === '}' ? '{' : '[');
  const empty = token === '}' ? 'key-or-end' : 'value-or-end';
  if (!isPair || (scan.expected !== 'comma-or-end' && scan.expected !== empty)) return false;
  scan.open.pop();
  return endValue(scan);
}

function endValue(scan: Scan): true {
  scan.expected = 'comma-or-end';
  scan.isDone = scan.open.length === 0;
  return true;
}
