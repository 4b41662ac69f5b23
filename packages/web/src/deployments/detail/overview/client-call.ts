import { toShellWord } from '../../../lib/copy-as.ts';

/** Languages in which a call can be copied. */
export const callLanguages = ['curl', 'Python', 'R'] as const;

/** One of them. */
export type CallLanguage = (typeof callLanguages)[number];

type Row = Readonly<Record<string, unknown>>;

/** Where a call goes. */
export interface CallTarget {
  readonly address: string;
  /** Callers need a key, whose place is shown. */
  readonly isLocked: boolean;
}

const BEARER = 'Bearer YOUR-SECRET-KEY';

/** A call with this row: curl, Python (standard library only) or R (httr). */
export function toClientCall(language: CallLanguage, target: CallTarget, row: Row): string {
  switch (language) {
    case 'curl':
      return toCurl(target, row);
    case 'Python':
      return toPython(target, row);
    case 'R':
      return toR(target, row);
  }
}

function toCurl({ address, isLocked }: CallTarget, row: Row): string {
  const headers = [
    'content-type: application/json',
    ...(isLocked ? [`authorization: ${BEARER}`] : []),
  ];
  return [
    `curl ${address}`,
    ...headers.map((header) => `  -H '${header}'`),
    `  -d ${toShellWord(JSON.stringify(row))}`,
  ].join(' \\\n');
}

function toPython({ address, isLocked }: CallTarget, row: Row): string {
  const key = isLocked ? `, "Authorization": "${BEARER}"` : '';
  return [
    'import json, urllib.request',
    '',
    `row = ${toPythonValue(row)}`,
    'request = urllib.request.Request(',
    `    ${JSON.stringify(address)},`,
    '    json.dumps(row).encode(),',
    `    {"Content-Type": "application/json"${key}},`,
    ')',
    'print(json.load(urllib.request.urlopen(request))["predictions"])',
  ].join('\n');
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

function toR({ address, isLocked }: CallTarget, row: Row): string {
  const values = Object.entries(row).map(
    ([name, value]) => `${toRName(name)} = ${toRValue(value)}`,
  );
  return [
    `row <- list(${values.join(', ')})`,
    'answer <- httr::POST(',
    `  ${JSON.stringify(address)},`,
    `  body = row, encode = "json"${isLocked ? ',' : ''}`,
    ...(isLocked ? [`  httr::add_headers(Authorization = "${BEARER}")`] : []),
    ')',
    'httr::content(answer)$predictions',
  ].join('\n');
}

const toRName = (name: string) => (/^[A-Za-z.][\w.]*$/.test(name) ? name : `\`${name}\``);

function toRValue(value: unknown): string {
  if (value === null || value === undefined) return 'NA';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (Array.isArray(value)) return `list(${value.map(toRValue).join(', ')})`;
  return JSON.stringify(value);
}
