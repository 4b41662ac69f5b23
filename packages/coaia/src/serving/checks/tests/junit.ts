/** The part of a JUnit report that pytest writes and that is shown. */

export interface JunitCase {
  readonly name: string;
  readonly file: string;
  /** Where the test begins, from 1. */
  readonly line?: number;
  readonly failure?: { readonly message: string; readonly text: string };
}

const CASE = /<testcase\b([^>]*?)(?:\/>|>(.*?)<\/testcase>)/gs;
const FAILURE = /<(failure|error)\b([^>]*?)(?:\/>|>(.*?)<\/\1>)/s;

/** Every test of the report, in its order. Skipped tests count as passed. */
export function readJunit(xml: string): readonly JunitCase[] {
  return [...xml.matchAll(CASE)].map(([, attributes = '', body = '']) => {
    const get = (name: string) => readAttribute(attributes, name);
    const failure = FAILURE.exec(body);
    const line = get('line');
    return {
      name: get('name') ?? '',
      file: get('file') ?? '',
      // pytest counts lines from 0 here.
      ...(line === undefined ? {} : { line: Number(line) + 1 }),
      ...(failure === null
        ? {}
        : {
            failure: {
              message: toMessage(
                readAttribute(failure[2] ?? '', 'message') ?? '',
                failure[3] ?? '',
              ),
              text: unescape(failure[3] ?? ''),
            },
          }),
    };
  });
}

function readAttribute(text: string, name: string): string | undefined {
  const match = new RegExp(`\\b${name}="([^"]*)"`).exec(text);
  return match === null ? undefined : unescape(match[1] ?? '');
}

const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
};

function unescape(text: string): string {
  return text.replaceAll(/&(#x?[\da-f]+|\w+);/gi, (whole, name: string) =>
    name.startsWith('#')
      ? String.fromCodePoint(Number(name.startsWith('#x') ? `0${name.slice(1)}` : name.slice(1)))
      : (ENTITIES[name] ?? whole),
  );
}

/** Of a file that could not even be read, the report says so, and the traceback says why. */
function toMessage(message: string, text: string): string {
  if (message !== 'collection failure') return toSentence(message);
  const reason = [...unescape(text).matchAll(/^E\s+(.+)$/gm)].at(-1)?.[1];
  return toSentence(reason ?? message);
}

/** The first two lines that say something, at most 300 characters. */
function toSentence(message: string): string {
  const lines = message.split('\n').map((line) => line.trim());
  return lines
    .filter((line) => line !== '')
    .slice(0, 2)
    .join('; ')
    .slice(0, 300);
}
