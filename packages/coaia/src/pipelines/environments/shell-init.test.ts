/** `coaia shell-init` and `coaia env hook` in real bash, zsh and fish. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openSpawnHome } from '../../observability/testing/spawn-coaia.ts';
import { findShell, runShell } from './testing.ts';

const INIT: Readonly<Record<'bash' | 'zsh' | 'fish', string>> = {
  bash: 'eval "$(command coaia shell-init bash)"',
  zsh: 'eval "$(command coaia shell-init zsh)"',
  fish: 'command coaia shell-init fish | source',
};

/** Every step prints a line; the words are those of a user at a prompt, alike in all three shells. */
const STEPS = `
coaia env set A "x  y" --temp
echo "A=$A"
coaia env unset A --temp
echo "A=$A"
coaia env set B 'it'"'"'s' --persist > /dev/null
coaia --quiet env source
echo "B=$B"
coaia environment use dev 2> /dev/null
echo "P=$COAIA_PROFILE"
coaia env source --name gone 2> /dev/null
echo "code=CODE"
coaia env source --help | head -c 5
`;

describe.each(['bash', 'zsh', 'fish'] as const)('shell-init in %s', (shell) => {
  const { skip, note } = findShell(shell);
  test.skipIf(skip)(`changes the shell itself${note}`, async () => {
    const steps = STEPS.replace('CODE', shell === 'fish' ? '$status' : '$?');
    const { stdout } = await runShell(shell, `${INIT[shell]}\n${steps}`);
    expect(stdout).toBe("A=x  y\nA=\nB=it's\nP=dev\ncode=1\nUsage");
  });
});

const HOOK: Readonly<Record<'bash' | 'zsh' | 'fish', string>> = {
  // Without a prompt bash runs no hook, so the script does what a prompt would.
  bash: 'eval "$(coaia env hook bash)"; cd() { builtin cd "$@" && eval "$PROMPT_COMMAND"; }',
  zsh: 'eval "$(coaia env hook zsh)"',
  fish: 'coaia env hook fish | source',
};

describe.each(['bash', 'zsh', 'fish'] as const)('the hook in %s', (shell) => {
  const { skip, note } = findShell(shell);
  test.skipIf(skip)(`loads trusted folders only, and forgets on leaving${note}`, async () => {
    const home = openSpawnHome();
    for (const name of ['good', 'bad']) {
      mkdirSync(join(home.home, name));
      writeFileSync(join(home.home, name, '.coaia-env'), `FROM='${name} one'\nMINE=file\n`);
    }
    const set = shell === 'fish' ? 'set -gx MINE shell' : 'export MINE=shell';
    const script = `${HOOK[shell]}
${set}
coaia env trust good > /dev/null
cd good
echo "$FROM $MINE"
cd ../bad
echo "$FROM $MINE"
cd ..
echo "$FROM $MINE"
`;
    const { stdout, stderr } = await runShell(shell, script, home);
    expect(stdout).toBe('good one shell\n shell\n shell\n');
    expect(stderr).toContain('coaia env trust');
  });
});
