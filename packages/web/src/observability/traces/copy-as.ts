import { toPath } from '../../lib/api.ts';

/** The forms a view can be copied in. */
export const copyForms = ['CLI', 'curl', 'Python', 'TypeScript'] as const;

/** One of the forms. */
export type CopyForm = (typeof copyForms)[number];

/** A call that a view stands for: the command line and the API path that give the same. */
export interface ViewCall {
  readonly command: string;
  /** Path with query, below the server's address. */
  readonly path: string;
  readonly baseUrl: string;
}

/** Text in single quotes for a POSIX shell; plain words stay bare. */
export function toShellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** The list as a call. */
export function toListCall(
  project: string,
  baseUrl: string,
  search: {
    readonly q?: string;
    readonly from?: string;
    readonly to?: string;
    readonly range?: string;
  },
  orderBy: string,
): ViewCall {
  const since = search.range === undefined ? '' : `since:${search.range}`;
  const q = [search.q ?? '', since].filter(Boolean).join(' ');
  const times = since === '' ? { from: search.from, to: search.to } : {};
  const flags = [
    q === '' ? '' : ` --query ${toShellWord(q)}`,
    times.from === undefined ? '' : ` --from ${times.from}`,
    times.to === undefined ? '' : ` --to ${times.to}`,
    orderBy === 'timestamp.desc' ? '' : ` --order-by ${orderBy}`,
  ].join('');
  const path = toPath(`/api/v1/projects/${encodeURIComponent(project)}/traces`, {
    q,
    ...times,
    orderBy,
    limit: 100,
  });
  return { command: `coaia traces list${flags}`, path, baseUrl };
}

/** One trace as a call. */
export function toTraceCall(baseUrl: string, traceId: string): ViewCall {
  return {
    command: `coaia traces show ${toShellWord(traceId)} --timeline`,
    path: `/api/public/traces/${encodeURIComponent(traceId)}`,
    baseUrl,
  };
}

/** One session as a call. */
export function toSessionCall(baseUrl: string, sessionId: string): ViewCall {
  return {
    command: `coaia traces session-view ${toShellWord(sessionId)}`,
    path: `/api/public/sessions/${encodeURIComponent(sessionId)}`,
    baseUrl,
  };
}

/** The call as text that works when pasted; the keys come from the environment. */
export function toCopyText(form: CopyForm, call: ViewCall): string {
  const url = call.baseUrl + call.path;
  switch (form) {
    case 'CLI':
      return call.command;
    case 'curl':
      return `curl -s -u "$LANGFUSE_PUBLIC_KEY:$LANGFUSE_SECRET_KEY" ${toShellWord(url)}`;
    case 'Python':
      return [
        'import base64, json, os, urllib.request',
        '',
        "keys = f\"{os.environ['LANGFUSE_PUBLIC_KEY']}:{os.environ['LANGFUSE_SECRET_KEY']}\"",
        `request = urllib.request.Request(${JSON.stringify(url)})`,
        'request.add_header("Authorization", "Basic " + base64.b64encode(keys.encode()).decode())',
        'print(json.load(urllib.request.urlopen(request)))',
      ].join('\n');
    case 'TypeScript':
      return [
        'const { LANGFUSE_PUBLIC_KEY, LANGFUSE_SECRET_KEY } = process.env;',
        `const response = await fetch(${JSON.stringify(url)}, {`,
        // oxlint-disable-next-line no-template-curly-in-string -- the placeholders belong to the copied code
        '  headers: { authorization: `Basic ${btoa(`${LANGFUSE_PUBLIC_KEY}:${LANGFUSE_SECRET_KEY}`)}` },',
        '});',
        'console.log(await response.json());',
      ].join('\n');
  }
}
