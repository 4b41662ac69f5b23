import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCoaia } from '#cli/testing';
import { expect, test } from 'vitest';

test('a template of somebody else cannot drive the terminal', async () => {
  const evil = '\u001B[2J\u001B]0;pwned\u0007Step';
  const home = mkdtempSync(join(tmpdir(), 'coaia-evil-'));
  const folder = join(home, 'work', '.coaia', 'templates');
  mkdirSync(folder, { recursive: true });
  const template = {
    name: 'evil',
    description: evil,
    variables: [{ name: 'a', default: evil }],
    steps: [{ name: evil }, { name: '{{a}}', parent: evil }, { name: '{{\u001B[2J}}' }],
  };
  writeFileSync(join(folder, 'evil.json'), JSON.stringify(template));
  for (const words of [
    'list',
    'show evil --preview',
    'create evil --dry-run',
    'create evil',
    'validate evil',
  ]) {
    const { stdout, stderr } = await runCoaia(`pipeline ${words}`, {
      home,
      cwd: join(home, 'work'),
    });
    expect([words, stdout.includes('\u001B'), stderr.includes('\u001B')]).toEqual([
      words,
      false,
      false,
    ]);
  }
});
