import { expect, test } from 'vitest';
import { readOutline } from '../document/outline.ts';
import type { PipelineProblem } from '../pipeline.ts';
import { toGraph } from './to-graph.ts';

const text = `name: child
extends: base
steps:
  - id: load
    name: Load
    conditional: "{{ on }}"
  - id: gone
    remove: true
  - name: Save
    needs: [load]
    action: nope
    foreach: "{{ list }}"
`;

const problem = (change: Partial<PipelineProblem>): PipelineProblem => ({
  severity: 'error',
  code: 'x',
  message: 'wrong',
  path: '',
  line: null,
  ...change,
});

test('a graph has its own steps, those it inherits, and no step that it removes', () => {
  const base = [
    { id: 'first', name: 'First', observation_type: 'SPAN' },
    { id: 'load', name: 'Load' },
  ];
  const { steps, links } = toGraph(readOutline(text), base, []);
  expect(steps.map(({ id, note, inherited }) => [id, note, inherited])).toEqual([
    ['first', null, true],
    ['load', 'if', false],
    ['Save', 'for each', false],
  ]);
  expect(links).toEqual([{ from: 'load', to: 'Save', kind: 'needs' }]);
});

test('problems stand on their step, by path or by line', () => {
  const problems = [
    problem({ path: 'steps.2.action', message: 'no action' }),
    problem({ line: 6, message: 'no such value' }),
    problem({ path: 'name', line: 1, message: 'not this name' }),
  ];
  const { steps } = toGraph(readOutline(text), [], problems);
  expect(steps.map(({ id, problems: own }) => [id, own])).toEqual([
    ['load', ['no such value']],
    ['Save', ['no action']],
  ]);
});

test('a text that cannot be read has no graph', () => {
  expect(toGraph(readOutline('steps: ['), [], []).steps).toEqual([]);
});
