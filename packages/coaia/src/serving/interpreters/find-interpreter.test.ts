/** Which interpreter is chosen, and what is said when none will do. */
import { chmodSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CoaiaError } from '#base';
import { PYTHON, RSCRIPT, hasPython, hasR } from '../testing/fixtures.ts';
import { findInterpreter, searchInterpreter } from './find-interpreter.ts';

const python = hasPython();
const r = hasR();

/** A folder with a `python3` that starts and has nothing, as a fresh pyenv has. */
function makeBare(version = '3.11.7'): string {
  const folder = mkdtempSync(join(tmpdir(), 'coaia-bare-'));
  const answer = JSON.stringify({
    path: join(folder, 'python3'),
    version,
    packages: { sklearn: null },
  });
  writeFileSync(join(folder, 'python3'), `#!/bin/sh\necho '${answer}'\n`);
  chmodSync(join(folder, 'python3'), 0o755);
  return folder;
}

const empty = () => mkdtempSync(join(tmpdir(), 'coaia-empty-'));

async function refusal(run: Promise<unknown>): Promise<CoaiaError> {
  return run.then(
    () => {
      throw new Error('found one');
    },
    (error: unknown) => error as CoaiaError,
  );
}

describe.skipIf(python.skip)(`Python${python.note}`, () => {
  it('passes over one without the packages and says so', async () => {
    const bare = makeBare();
    const { interpreter, findings } = await searchInterpreter({
      language: 'python',
      needs: ['sklearn', 'joblib'],
      cwd: empty(),
      env: { PATH: `${bare}:/usr/bin` },
      reason: 'model.joblib needs (saved with 1.2.1)',
    });
    expect(interpreter.path).toBe(PYTHON);
    expect(interpreter.packages['sklearn']).toMatch(/^\d+\.\d+/);
    expect(findings).toMatchObject([
      { code: 'AO301', severity: 'warning', fix: `python = "${PYTHON}" under [model] in ao.toml` },
    ]);
    expect(findings[0]?.message).toMatch(
      /^The first python3 on PATH \(3\.11\.7\) has no `sklearn`, `joblib`, which model\.joblib needs \(saved with 1\.2\.1\)\. .* \(3\.\d+\.\d+\) has it: set `\[model\] python`\.$/,
    );
  });

  it('takes an environment of the project first, and looks only there when it is set', async () => {
    const cwd = empty();
    mkdirSync(join(cwd, '.venv/bin'), { recursive: true });
    symlinkSync(PYTHON, join(cwd, '.venv/bin/python'));
    const search = { language: 'python', needs: ['json'], cwd, env: { PATH: '/usr/bin' } } as const;
    expect((await findInterpreter(search)).path).toBe(join(cwd, '.venv/bin/python'));
    const set = await findInterpreter({ ...search, wanted: '.venv' });
    expect(set.path).toBe(join(cwd, '.venv/bin/python'));
    const active = empty();
    mkdirSync(join(active, 'bin'));
    symlinkSync(PYTHON, join(active, 'bin/python'));
    const env = { ...search.env, VIRTUAL_ENV: active };
    expect((await findInterpreter({ ...search, env })).path).toBe(join(active, 'bin/python'));
  });

  it('AO301 names the one that was set and the one that has it', async () => {
    const bare = makeBare();
    const error = await refusal(
      findInterpreter({
        language: 'python',
        wanted: join(bare, 'python3'),
        needs: ['sklearn'],
        cwd: empty(),
        env: { PATH: '/usr/bin' },
      }),
    );
    expect(error.code).toBe('AO301');
    expect(error.message).toContain(`python3 of ao.toml (3.11.7) has no \`sklearn\``);
    expect(error.message).toContain(`${PYTHON} (3.`);
    expect(error.hint).toBe(`python = "${PYTHON}" under [model] in ao.toml`);
  });

  it('AO301 says how to install what nobody has', async () => {
    const error = await refusal(
      findInterpreter({
        language: 'python',
        needs: ['no_such_module_here'],
        cwd: empty(),
        env: { PATH: '/usr/bin' },
      }),
    );
    expect(error.message).toMatch(
      /^The first python3 on PATH \(3\.\d+\.\d+\) has no `no_such_module_here`\.$/,
    );
    expect(error.hint).toBe('python3 -m pip install no_such_module_here');
  });
});

describe.skipIf(r.skip)(`R${r.note}`, () => {
  it('is found with its packages', async () => {
    const found = await findInterpreter({
      language: 'r',
      needs: ['jsonlite'],
      cwd: empty(),
      env: { PATH: '/usr/bin' },
    });
    expect(found.path).toBe(RSCRIPT);
    expect(found.version).toMatch(/^\d+\.\d+\.\d+$/);
    const error = await refusal(
      findInterpreter({ language: 'r', needs: ['nosuchpackage'], cwd: empty(), env: {} }),
    );
    expect(error.hint).toBe(`Rscript -e 'install.packages(c("nosuchpackage"))'`);
  });
});
