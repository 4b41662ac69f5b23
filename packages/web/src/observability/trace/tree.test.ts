import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TraceNode } from './node.ts';
import {
  createTree,
  findMatches,
  findNextError,
  findSlowestChild,
  listAncestors,
  listNodes,
  listTypeIds,
  toTreeLines,
} from './tree.ts';

function node(id: string, parentId: string | null, more: Partial<TraceNode> = {}): TraceNode {
  return {
    id,
    parentId,
    type: 'SPAN',
    name: id,
    startMs: 0,
    durationMs: 10,
    level: 'DEFAULT',
    statusMessage: null,
    model: null,
    inputTokens: null,
    outputTokens: null,
    totalTokens: null,
    totalCost: null,
    hasInput: false,
    hasOutput: false,
    timeToFirstTokenMs: null,
    ...more,
  };
}

const ids = (nodes: readonly TraceNode[]) =>
  listNodes(createTree(nodes)).map((item) => item.node.id);

describe('createTree', () => {
  test('children in order of start, depth first', () => {
    expect(
      ids([
        node('a', null),
        node('c', 'a', { startMs: 5 }),
        node('b', 'a', { startMs: 1 }),
        node('d', 'b'),
      ]),
    ).toEqual(['a', 'b', 'd', 'c']);
  });

  test('an orphan stands under the trace and says so', () => {
    const tree = createTree([node('a', null), node('b', 'never-sent')]);
    expect(tree.roots.map((root) => [root.node.id, root.orphan])).toEqual([
      ['a', false],
      ['b', true],
    ]);
  });

  test('a circle and a node that is its own parent are not lost', () => {
    expect(ids([node('a', 'b'), node('b', 'a'), node('c', 'c')]).toSorted()).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  test('sums of cost, tokens and errors, and the latest end, go up', () => {
    const tree = createTree([
      node('a', null, { durationMs: 5 }),
      node('b', 'a', { totalCost: 0.5, totalTokens: 10, startMs: 2, durationMs: 30 }),
      node('c', 'b', { totalCost: 0.25, level: 'ERROR' }),
    ]);
    expect(tree.byId.get('a')).toMatchObject({
      subtreeCost: 0.75,
      subtreeTokens: 10,
      subtreeErrors: 1,
      endMs: 32,
    });
    expect(tree.durationMs).toBe(32);
  });

  test('without any cost the sum is absent, not zero', () => {
    expect(createTree([node('a', null)]).byId.get('a')?.subtreeCost).toBeNull();
  });

  test('a running node ends now', () => {
    expect(createTree([node('a', null, { startMs: 100, durationMs: null })], 900).durationMs).toBe(
      900,
    );
  });

  test('no node is ever lost or doubled', () => {
    const parents = fc.array(fc.option(fc.integer({ min: 0, max: 40 }), { nil: null }), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(parents, (list) => {
        const nodes = list.map((parent, index) =>
          node(`n${index}`, parent === null ? null : `n${parent}`),
        );
        expect(ids(nodes).toSorted()).toEqual(nodes.map((one) => one.id).toSorted());
      }),
    );
  });

  test('a chain of 20,000 does not overflow the stack', () => {
    const chain = Array.from({ length: 20_000 }, (_, index) =>
      node(`n${index}`, index === 0 ? null : `n${index - 1}`),
    );
    expect(createTree(chain).byId.get('n19999')?.depth).toBe(19_999);
  });
});

describe('what the page asks of a tree', () => {
  const tree = createTree([
    node('a', null, { type: 'AGENT' }),
    node('b', 'a', { startMs: 1, durationMs: 50, name: 'Search handbook' }),
    node('c', 'b', { startMs: 2, level: 'ERROR', statusMessage: 'timed out' }),
    node('d', 'a', { startMs: 3, durationMs: 5, level: 'ERROR' }),
  ]);

  test('lines carry what a treeitem needs; collapsed children are left out', () => {
    const lines = toTreeLines(tree, new Set(['b']));
    expect(
      lines.map((line) => [line.item.node.id, line.position, line.setSize, line.expanded]),
    ).toEqual([
      ['a', 1, 1, true],
      ['b', 1, 2, false],
      ['d', 2, 2, undefined],
    ]);
  });

  test('the next error goes round', () => {
    expect(findNextError(tree, null)).toBe('c');
    expect(findNextError(tree, 'c')).toBe('d');
    expect(findNextError(tree, 'd')).toBe('c');
  });

  test('the slowest child, ancestors, matches, nodes of a type', () => {
    expect(findSlowestChild(tree, 'a')).toBe('b');
    expect(listAncestors(tree, 'c')).toEqual(['b', 'a']);
    expect(findMatches(tree, 'HANDBOOK')).toEqual(['b']);
    expect(findMatches(tree, 'timed out')).toEqual(['c']);
    expect(findMatches(tree, ' ')).toEqual([]);
    expect(listTypeIds(tree, 'AGENT')).toEqual(['a']);
  });
});
