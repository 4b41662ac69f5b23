/** Floor 0: words and rules everything else stands on. No input, no output. */
export * from './clock.ts';
export * from './common-errors.ts';
export * from './csv.ts';
export * from './errors.ts';
export * from './export-lines.ts';
export * from './ids.ts';
export * from './json.ts';
export * from './json-schema.ts';
export * from './nearest.ts';
export * from './pages.ts';
export * from './recorder.ts';
export * from './scope.ts';
export * from './version.ts';
