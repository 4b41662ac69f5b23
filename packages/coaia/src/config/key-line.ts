/** On which line of a JSON text a key stands. */

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

/** Line, from 1, of the member at a path of object keys; undefined when there is none. The text is valid JSON. */
export function findKeyLine(text: string, path: readonly string[]): number | undefined {
  const open: (string | undefined)[] = [];
  let isKey = false;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (token === '{') {
      open.push(undefined);
      isKey = true;
    } else if (token === '[') {
      // Members of lists have no name; nothing that is looked for lies in one.
      open.push('[');
      isKey = false;
    } else if (token === '}' || token === ']') {
      open.pop();
      isKey = false;
    } else if (token === ',') isKey = open.at(-1) !== '[';
    else if (token === ':') isKey = false;
    else if (isKey) {
      open[open.length - 1] = JSON.parse(token) as string;
      isKey = false;
      if (open.length === path.length && path.every((part, at) => open[at] === part))
        return text.slice(0, index).split('\n').length;
    }
  }
  return undefined;
}
