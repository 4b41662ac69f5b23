import { expect, test } from 'vitest';
import type { ToolContext } from '../tool.ts';
import { listModelTools, toAbsentModels } from './model-tools.ts';

test('models that cannot be listed are no empty list: a tool in their place says why', async () => {
  const error = new Error('the disk is gone');
  await expect(listModelTools(() => Promise.reject(error))).rejects.toBe(error);
  const tool = toAbsentModels(error);
  expect(tool.description).toContain('the disk is gone');
  await expect(tool.run({} as ToolContext, {})).rejects.toBe(error);
});
