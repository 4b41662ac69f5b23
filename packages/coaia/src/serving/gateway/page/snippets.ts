/** Calls that work when pasted: the example of a model in three languages. */
import type { Row } from '../../signatures/signature.ts';

export interface Snippet {
  readonly language: string;
  readonly text: string;
}

export interface SnippetInput {
  /** Whole address of the prediction. */
  readonly address: string;
  readonly row: Row;
  readonly isLocked: boolean;
}

/** curl, Python (standard library only) and R (httr). */
export function toSnippets(input: SnippetInput): readonly Snippet[] {
  return [
    { language: 'curl', text: toCurl(input) },
    { language: 'Python', text: toPython(input) },
    { language: 'R', text: toR(input) },
  ];
}

function toCurl({ address, row, isLocked }: SnippetInput): string {
  const body = JSON.stringify(row).replaceAll("'", String.raw`'\''`);
  const key = isLocked ? ` \\\n  -H 'authorization: Bearer YOUR-SECRET-KEY'` : '';
  return `curl ${address} \\\n  -H 'content-type: application/json'${key} \\\n  -d '${body}'`;
}

function toPython({ address, row, isLocked }: SnippetInput): string {
  const key = isLocked ? ', "Authorization": "Bearer YOUR-SECRET-KEY"' : '';
  return `import json, urllib.request

row = ${toPythonValue(row)}
request = urllib.request.Request(
    "${address}",
    json.dumps(row).encode(),
    {"Content-Type": "application/json"${key}},
)
print(json.load(urllib.request.urlopen(request))["predictions"])`;
}

function toPythonValue(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return `[${value.map(toPythonValue).join(', ')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([name, one]) => `${JSON.stringify(name)}: ${toPythonValue(one)}`,
  );
  return `{${members.join(', ')}}`;
}

function toR({ address, row, isLocked }: SnippetInput): string {
  const values = Object.entries(row).map(
    ([name, value]) => `${toRName(name)} = ${toRValue(value)}`,
  );
  const key = isLocked ? `,\n  httr::add_headers(Authorization = "Bearer YOUR-SECRET-KEY")` : '';
  return `row <- list(${values.join(', ')})
answer <- httr::POST(
  "${address}",
  body = row, encode = "json"${key}
)
httr::content(answer)$predictions`;
}

const toRName = (name: string) => (/^[A-Za-z.][\w.]*$/.test(name) ? name : `\`${name}\``);

function toRValue(value: unknown): string {
  if (value === null || value === undefined) return 'NA';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (Array.isArray(value)) return `list(${value.map(toRValue).join(', ')})`;
  return JSON.stringify(value);
}
