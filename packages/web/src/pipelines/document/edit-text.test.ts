import { describe, expect, test } from 'vitest';
import {
  addStep,
  moveStep,
  removeStep,
  renameStep,
  setLink,
  setValue,
  toFormat,
} from './edit-text.ts';
import { readOutline } from './outline.ts';

const yaml = `# Nightly numbers
name: nightly   # as people call it
version: "1.2"
variables:
  - name: day

steps:
  # the source
  - id: load
    name: Load {{ day }}
    observation_type: SPAN
    action: http
    with: { url: "https://data.example/{{ day }}" }  # public

  - id: sum
    name: Sum up
    needs: [load] # after it
    action: llm
`;

const source = { text: yaml, format: 'yaml' } as const;
const json = '{\n    "steps": [\n        { "id": "a", "name": "A" }\n    ],\n    "name": "x"\n}';

describe('edits of a text', () => {
  test('one value changes and nothing else, neither comments nor order nor blank lines', () => {
    const next = setValue(source, ['steps', 1, 'name'], 'Sum');
    expect(next).toBe(yaml.replace('name: Sum up', 'name: Sum'));
    expect(setValue(source, ['version'], '1.3')).toBe(yaml.replace('"1.2"', '"1.3"'));
    expect(setValue(source, ['steps', 0, 'action'], undefined)).toBe(
      yaml.replace('    action: http\n', ''),
    );
    expect(setValue(source, ['steps', 1, 'name'], 'Sum up')).toBe(yaml);
  });

  test('an object changes key by key', () => {
    const next = setValue(source, ['steps', 0, 'with'], {
      url: 'https://data.example/{{ day }}',
      method: 'GET',
    });
    expect(next).toContain('with: { url: "https://data.example/{{ day }}", method: GET } # public');
    expect(next).toContain('# the source');
  });

  test('a step comes, moves, is renamed, is linked and goes', () => {
    const added = addStep(source, { id: 'tell', name: 'Tell', needs: ['sum'] });
    expect(added).toBe(`${yaml}\n  - id: tell\n    name: Tell\n    needs: [sum]\n`);
    const moved = readOutline(moveStep(source, 1, -1));
    expect(moved.ok && moved.outline.steps.map(({ id }) => id)).toEqual(['sum', 'load']);
    const renamed = renameStep(source, 0, 'load', 'fetch');
    expect(renamed).toContain('- id: fetch');
    expect(renamed).toMatch(/needs: \[ ?fetch ?\]/);
    expect(setLink(source, 1, 'load', false)).not.toContain('needs');
    expect(setLink(source, 0, 'sum', true)).toMatch(/needs: \[ ?sum ?\]/);
    const removed = removeStep(source, 0, 'load');
    expect(removed).not.toContain('needs');
    expect(removed).toContain('name: Sum up');
  });

  test('JSON keeps its order and its measure', () => {
    const next = setValue({ text: json, format: 'json' }, ['steps', 0, 'name'], 'B');
    expect(next).toBe(
      '{\n    "steps": [\n        {\n            "id": "a",\n            "name": "B"\n        }\n    ],\n    "name": "x"\n}',
    );
    expect(toFormat(source, 'json')).toContain('"id": "load"');
    expect(toFormat({ text: json, format: 'json' }, 'yaml')).toBe(
      'steps:\n  - id: a\n    name: A\nname: x\n',
    );
  });

  test('a text without steps gets its first', () => {
    expect(addStep({ text: 'name: x\n', format: 'yaml' }, { id: 'a' })).toBe(
      'name: x\nsteps:\n  - id: a\n',
    );
    expect(addStep({ text: '', format: 'json' }, { id: 'a' })).toContain('"id": "a"');
  });
});

describe('the outline of a text', () => {
  test('tells steps with their lines', () => {
    const reading = readOutline(yaml);
    const steps = reading.ok ? reading.outline.steps : [];
    expect(
      steps.map(({ id, type, action, needs, line }) => [id, type, action, needs, line]),
    ).toEqual([
      ['load', 'SPAN', 'http', [], 9],
      ['sum', 'EVENT', 'llm', ['load'], 15],
    ]);
  });

  test('tells where a text cannot be read', () => {
    expect(readOutline('name: x\nsteps: [\n')).toMatchObject({ ok: false, line: 3 });
    expect(readOutline('')).toMatchObject({ ok: true, outline: { steps: [] } });
  });
});
