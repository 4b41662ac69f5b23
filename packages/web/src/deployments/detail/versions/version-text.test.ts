import type { DeploymentVersion } from '@coaia/client';
import { describe, expect, it } from 'vitest';
import { toVersionText } from './version-text.ts';

const version: DeploymentVersion = {
  model: 'churn',
  version: 1,
  digest: 'd',
  language: 'python',
  platform: 'sklearn',
  project: 'churn',
  signature: {
    inputs: [
      {
        name: 'age',
        type: 'number',
        datatype: 'FP64',
        shape: [],
        required: true,
        nullable: true,
        trained: { min: 18, max: 90 },
      },
      {
        name: 'xs',
        type: 'number',
        datatype: 'FP64',
        shape: [-1, 2],
        required: false,
        nullable: false,
        levels: [1, 2],
        min: 0,
        max: 9,
      },
    ],
    outputs: [],
    task: 'classification',
    classes: ['stays', 'leaves'],
    example: {},
  },
  interpreter: { path: '/usr/bin/python3', version: '3.11.2', packages: { b: '2', a: '1' } },
  files: { 'z.py': 'ff', 'a.joblib': '00' },
  gitCommit: null,
  createdAt: '2026-01-01T00:00:00Z',
  createdBy: null,
  notes: null,
};

describe('a version as text', () => {
  it('has a fact to a line, in a fixed order', () => {
    expect(toVersionText(version)).toEqual({
      fields:
        'task classification\nclasses stays, leaves\ninput age: number, trained 18 to 90, nullable\ninput xs: number [-1, 2], one of 1 | 2, min 0, max 9, optional',
      files: 'a.joblib 00\nz.py ff',
      packages: 'platform sklearn\ninterpreter 3.11.2\na 1\nb 2',
    });
    expect(toVersionText({ ...version, interpreter: null }).packages).toBe('platform sklearn');
  });
});
