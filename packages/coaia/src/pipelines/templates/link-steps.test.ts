import { describe, expect, test } from 'vitest';
import { renderPipeline } from './render-pipeline.ts';
import { makeTemplate } from './testing.ts';

const render = async (
  fields: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, unknown>> = {},
) => renderPipeline(await makeTemplate(fields), given);
const variables = (...names: readonly string[]) => names.map((name) => ({ name, required: false }));

describe('parents and needs', () => {
  const parents = async (steps: readonly object[], given = {}) =>
    (await render({ variables: variables('x'), steps }, given)).steps.map(
      ({ id, parent, needs }) => [id, parent, needs],
    );

  test('by id, name or rendered name, forward as well', async () => {
    expect(
      await parents(
        [
          { name: 'Child', parent: 'late', needs: ['Other'] },
          { id: 'late', name: 'Late {{x}}' },
          { name: 'Other', parent: 'Late 1' },
          { name: 'More', parent: 'Late {{x}}' },
        ],
        { x: '1' },
      ),
    ).toEqual([
      ['child', 'late', ['other']],
      ['late', undefined, []],
      ['other', 'late', []],
      ['more', 'late', []],
    ]);
  });

  test('one that is left out is replaced by its own parent and needs', async () => {
    expect(
      await parents([
        { id: 'a', name: 'A' },
        { id: 'b', name: 'B', parent: 'a', needs: ['c'], conditional: 'x' },
        { id: 'c', name: 'C' },
        { id: 'd', name: 'D', parent: 'b', needs: ['b'] },
      ]),
    ).toEqual([
      ['a', undefined, []],
      ['c', undefined, []],
      ['d', 'a', ['c']],
    ]);
  });

  test('of two steps with one name the nearest before counts', async () => {
    expect(
      await parents([
        { id: 'one', name: 'Same' },
        { id: 'two', name: 'Same' },
        { name: 'Child', parent: 'Same' },
        { id: 'three', name: 'Same' },
      ]),
    ).toContainEqual(['child', 'two', []]);
  });

  test.each([
    [[{ name: 'A', parent: 'nobody' }], 'names "nobody" as its parent'],
    [[{ name: 'A', needs: 'nobody' }], 'as a step it needs'],
    [[{ name: 'A', parent: 'A' }], 'names itself'],
    [
      [
        { id: 'a', name: 'A' },
        { id: 'a', name: 'B' },
      ],
      'Two steps have the id a',
    ],
    [
      [
        { id: 'a', name: 'A', parent: 'b' },
        { id: 'b', name: 'B', needs: ['a'] },
      ],
      'a -> b -> a',
    ],
    [[{ name: 'A', on_failure: ['nobody'] }], 'for its failure'],
    [[{ name: 'A', timeout: 'soon' }], 'no length of time'],
    [[{ name: 'A', level: '{{ "loud" }}' }], 'LOUD is none of'],
    [[{ name: 'A', usage: { input: 'many' } }], 'this is no number'],
    [[{ name: 'A {{ 1 / }}' }], 'step "A {{ 1 / }}"'],
    [[{ name: 'A', foreach: '{{ 3 }}' }], 'this is no list'],
    [[{ name: 'A', foreach: '{{ range(3000) }}' }], 'at most'],
  ])('%j is an error', async (steps, message) => {
    await expect(render({ steps })).rejects.toMatchObject({
      code: 'COAIA-5005',
      message: expect.stringContaining(message),
    });
  });
});
