#!/usr/bin/env node
import { isAnswered, openCompileCache } from './start.ts';

if (!isAnswered('ao')) {
  openCompileCache();
  const { runAo } = await import('../src/cli/run-ao.ts');
  process.exitCode = await runAo(process.argv.slice(2));
}
