#!/usr/bin/env node
import { isAnswered, openCompileCache } from './start.ts';

if (!isAnswered('coaia')) {
  openCompileCache();
  const { runCli } = await import('../src/cli/run.ts');
  process.exitCode = await runCli(process.argv.slice(2));
}
