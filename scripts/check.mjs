/** `npm run check`: format, lint, types, dead code, architecture, docs. Prints one line per part, details of failures. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runQuiet } from './lib/run.mjs';
import { root, setUp, toolEnv, toolFile } from './lib/setup.mjs';

const node = setUp();
const env = toolEnv(node);
const hasWeb = existsSync(join(root, 'packages/web/tsconfig.json'));

/** Two chains run beside each other; inside a chain one part after another, the longest first. */
const chains = [
  [
    ['types', 'tsc', ['-p', 'tsconfig.json']],
    ...(hasWeb ? [['types web', 'tsc', ['-p', 'packages/web/tsconfig.json']]] : []),
    ['lint', 'oxlint', ['--type-aware', '--deny-warnings', '--format=unix', '.']],
  ],
  [
    ['format', 'oxfmt', ['--check', '.']],
    ['dead code', 'knip', ['--no-progress', '--no-config-hints']],
    ['architecture, docs', 'vitest', ['run', '--project=house', '--reporter=dot']],
  ],
];

async function runChain(parts) {
  const results = [];
  for (const [name, tool, args] of parts) {
    const result = await runQuiet(node, [toolFile(tool), ...args], { env });
    results.push({ name, ...result });
  }
  return results;
}

const begin = Date.now();
const results = (await Promise.all(chains.map(runChain))).flat();
for (const { name, code, output } of results) {
  if (code !== 0) process.stdout.write(`--- ${name}\n${output.trim()}\n\n`);
}
for (const { name, code, seconds } of results) {
  process.stdout.write(
    `${name.padEnd(20)} ${code === 0 ? 'ok    ' : 'failed'} ${seconds.toFixed(1).padStart(6)} s\n`,
  );
}
process.stdout.write(
  `${'all'.padEnd(27)} ${((Date.now() - begin) / 1000).toFixed(1).padStart(6)} s\n`,
);
process.exitCode = results.every((result) => result.code === 0) ? 0 : 1;
