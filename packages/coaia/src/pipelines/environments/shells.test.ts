/** What the program prints, in the shells that read it: real sh, bash, zsh and fish. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runCoaia } from '#cli/testing';
import { renderExports } from '#base';
import { parseDotenv, renderEnvFile } from '#config';
import { openSpawnHome } from '../../observability/testing/spawn-coaia.ts';
import { findShell, runShell } from './testing.ts';

/** What shells care about. */
const WORDS = `' " \\ $ \` ! ; & | < > ( ) { } [ ] * ? ~ # = % ^ - a é € 😀 '\\'' $(id) \\n`.split(
  ' ',
);

/** A fixed seed: every run sees the same values. */
const values = fc.sample(
  fc
    .oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({ unit: fc.constantFrom(...WORDS, ' ', '\t', '\n', '\r'), maxLength: 40 }),
    )
    .filter((text) => !text.includes('\0') && text.isWellFormed()),
  { numRuns: 150, seed: 42 },
);
const record = Object.fromEntries([...new Set(values)].map((value, index) => [`V${index}`, value]));

/** Variables as the shell's own child sees them. */
const PRINT = `'${process.execPath}' -e 'process.stdout.write(JSON.stringify(process.env))'`;

describe.each(['sh', 'bash', 'zsh', 'fish'] as const)('%s', (shell) => {
  const { skip, note } = findShell(shell);
  test.skipIf(skip)(`has every value exactly as the file had it${note}`, async () => {
    const home = openSpawnHome();
    for (const format of ['json', 'env']) {
      const file = join(home.home, `.coaia-env.${format}`);
      rmSync(file, { force: true });
      writeFileSync(file, renderEnvFile(format as 'env' | 'json', record));
      const form = shell === 'fish' ? 'fish' : 'sh';
      const lines = await runCoaia(`env source --name ${format} --shell ${form}`, {
        home: home.home,
      });
      const script = join(home.home, 'lines');
      writeFileSync(script, lines.stdout);
      const evaluate = shell === 'fish' ? `source '${script}'` : `eval "$(cat '${script}')"`;
      const { stdout } = await runShell(shell, `${evaluate}; ${PRINT}`, home);
      const env = JSON.parse(stdout) as object;
      expect(env).toMatchObject(record);
    }
  });
});

test('the forms for files are read back exactly', () => {
  const pairs = Object.entries(record);
  const { entries, problems } = parseDotenv(renderExports('dotenv', pairs));
  expect(problems).toEqual([]);
  expect(Object.fromEntries(entries.map(({ name, value }) => [name, value]))).toEqual(record);
  expect(JSON.parse(renderExports('json', pairs))).toEqual(record);
});

test('PowerShell gets its own quoting (golden; no PowerShell here)', async () => {
  const { stdout } = await runCoaia([
    'env',
    'set',
    'K',
    "a'b\n$c ’",
    '--temp',
    '--shell',
    'powershell',
  ]);
  expect(stdout).toBe("$env:K = 'a''b\n$c ’’'\n");
  const { stdout: init } = await runCoaia('shell-init powershell');
  expect(init).toContain('Invoke-Expression $lines');
});
