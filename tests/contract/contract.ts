/** The API contract that the official command line carries: every operation of a Langfuse version. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface Parameter {
  readonly location: 'path' | 'query';
  readonly name: string;
  readonly kind: string;
  readonly cliName: string;
}

export interface Operation {
  /** Method and address. */
  readonly key: string;
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly auth: { readonly required: boolean };
  readonly parameters: readonly Parameter[];
  readonly pathParameterOrder?: readonly string[];
  /** Where the official command line has it. */
  readonly command: { readonly resource: string; readonly action: string };
  readonly deprecated?: boolean;
}

/** Newest contract of the current and of the former major version. */
export const CONTRACTS = ['4.35.0', '3.225.3'] as const;

const folder = fileURLToPath(
  new URL('../../node_modules/langfuse-cli/dist/contracts/', import.meta.url),
);

export function readContract(version: string): readonly Operation[] {
  const text = readFileSync(`${folder}${version}.json`, 'utf8');
  return (JSON.parse(text) as { readonly operations: readonly Operation[] }).operations;
}

/** Those operations that are there, and those that are not. */
export function splitContract(version: string, implemented: ReadonlySet<string>) {
  const all = readContract(version);
  return {
    implemented: all.filter(({ operationId }) => implemented.has(operationId)),
    missing: all.filter(({ operationId }) => !implemented.has(operationId)),
  };
}

/** Address with every path parameter filled in from `values`, or with a word nobody uses. */
export function toAddress(path: string, values: Readonly<Record<string, string>> = {}): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(values[name] ?? 'nothing'),
  );
}
