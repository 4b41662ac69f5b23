/** The forms a view can be copied in. */
export const copyForms = ['CLI', 'curl', 'Python', 'TypeScript'] as const;

/** One of the forms. */
export type CopyForm = (typeof copyForms)[number];

/** A call that a view or an action stands for: the command line and the API operation that give the same. */
export interface OperationCall {
  readonly command: string;
  /** GET unless said otherwise. */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path with query, below the server's address. */
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly baseUrl: string;
}

/** Text in single quotes for a POSIX shell; plain words stay bare. */
export function toShellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** The call as text that works when pasted; the keys come from the environment. */
export function toCopyText(form: CopyForm, call: OperationCall): string {
  switch (form) {
    case 'CLI':
      return call.command;
    case 'curl':
      return toCurl(call);
    case 'Python':
      return toPython(call);
    case 'TypeScript':
      return toTypeScript(call);
  }
}

function toCurl({ method = 'GET', path, body, baseUrl }: OperationCall): string {
  const words = ['curl -s -u "$LANGFUSE_PUBLIC_KEY:$LANGFUSE_SECRET_KEY"'];
  if (method !== 'GET') words.push(`-X ${method}`);
  if (body !== undefined) {
    words.push("-H 'content-type: application/json'", `-d ${toShellWord(JSON.stringify(body))}`);
  }
  return [...words, toShellWord(baseUrl + path)].join(' ');
}

function toPython({ method = 'GET', path, body, baseUrl }: OperationCall): string {
  const more = method === 'GET' ? '' : `, method="${method}"`;
  // A JSON text is a Python literal too, once it is a string.
  const data =
    body === undefined ? [] : [`data = ${JSON.stringify(JSON.stringify(body))}.encode()`];
  const type = body === undefined ? [] : ['request.add_header("Content-Type", "application/json")'];
  const argument = body === undefined ? '' : ', data=data';
  return [
    'import base64, json, os, urllib.request',
    '',
    "keys = f\"{os.environ['LANGFUSE_PUBLIC_KEY']}:{os.environ['LANGFUSE_SECRET_KEY']}\"",
    ...data,
    `request = urllib.request.Request(${JSON.stringify(baseUrl + path)}${argument}${more})`,
    ...type,
    'request.add_header("Authorization", "Basic " + base64.b64encode(keys.encode()).decode())',
    method === 'DELETE'
      ? 'print(urllib.request.urlopen(request).status)'
      : 'print(json.load(urllib.request.urlopen(request)))',
  ].join('\n');
}

function toTypeScript({ method = 'GET', path, body, baseUrl }: OperationCall): string {
  // oxlint-disable-next-line no-template-curly-in-string -- the placeholders belong to the copied code
  const keys = 'authorization: `Basic ${btoa(`${LANGFUSE_PUBLIC_KEY}:${LANGFUSE_SECRET_KEY}`)}`';
  const type = body === undefined ? '' : ", 'content-type': 'application/json'";
  return [
    'const { LANGFUSE_PUBLIC_KEY, LANGFUSE_SECRET_KEY } = process.env;',
    `const response = await fetch(${JSON.stringify(baseUrl + path)}, {`,
    ...(method === 'GET' ? [] : [`  method: '${method}',`]),
    `  headers: { ${keys}${type} },`,
    ...(body === undefined ? [] : [`  body: JSON.stringify(${JSON.stringify(body)}),`]),
    '});',
    method === 'DELETE' ? 'console.log(response.status);' : 'console.log(await response.json());',
  ].join('\n');
}
