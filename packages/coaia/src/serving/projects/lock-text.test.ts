import { describe, expect, test } from 'vitest';
import { lockDescription, lockRequirements } from './lock-text.ts';

describe('requirements.txt', () => {
  test('keeps what somebody wrote beside the versions', () => {
    const before = [
      '# For the model',
      '-r more.txt',
      'Scikit_Learn >=1.0,<2 ; python_version > "3.8"',
      'pandas[parquet]~=1.5  # for the frames',
      'requests>=2',
      'joblib @ https://example.com/joblib.whl',
      '',
    ].join('\r\n');
    const packages = { 'scikit-learn': '1.2.1', pandas: '1.5.3', joblib: '1.2.0', numpy: '1.24.2' };
    const after = lockRequirements(before, packages);
    expect(after).toBe(
      [
        '# For the model',
        '-r more.txt',
        'Scikit_Learn==1.2.1 ; python_version > "3.8"',
        'pandas[parquet]==1.5.3  # for the frames',
        'requests>=2',
        'joblib @ https://example.com/joblib.whl',
        'numpy==1.24.2',
        '',
      ].join('\n'),
    );
    expect(lockRequirements(after, packages)).toBe(after);
  });

  test('begins with nothing', () => {
    expect(lockRequirements('', { pandas: '1', numpy: '2' })).toBe('numpy==2\npandas==1\n');
  });

  test.each(['pandas==1.5.0 --hash=sha256:aa', 'pandas==1.5.0 \\\n    --hash=sha256:aa'])(
    'does not break hashes: %j',
    (text) => {
      expect(() => lockRequirements(text, { pandas: '1.5.3' })).toThrow(/hashes for pandas/);
      expect(lockRequirements(text, { numpy: '2' })).toContain(text);
    },
  );
});

describe('DESCRIPTION', () => {
  const own = [
    'Package: mine',
    'Title: Churn of Our Customers',
    'Authors@R: person("Ada",',
    '    "Lovelace")',
    'Depends: R (>= 4.1), mgcv',
    'Imports: data.table (>= 1.14),',
    '  survival',
    'License: MIT',
  ].join('\n');

  test('keeps every field, and packages that the model does not load', () => {
    const after = lockDescription(own, '4.2.2', { mgcv: '1.8-41', survival: '3.5-3', nlme: '3.1' });
    expect(after).toBe(
      [
        'Package: mine',
        'Title: Churn of Our Customers',
        'Authors@R: person("Ada",',
        '    "Lovelace")',
        'Depends:',
        '    R (>= 4.1),',
        '    mgcv (== 1.8-41)',
        'Imports:',
        '    data.table (>= 1.14),',
        '    survival (== 3.5-3),',
        '    nlme (== 3.1)',
        'License: MIT',
        '',
      ].join('\n'),
    );
    expect(lockDescription(after, '4.2.2', { mgcv: '1.8-41' })).toBe(after);
  });

  test('adds the fields that are not there, before what is only suggested', () => {
    expect(lockDescription('Package: x\nSuggests: testthat\n', '4.2.2', { mgcv: '1' })).toBe(
      'Package: x\nDepends: R (>= 4.2.2)\nImports:\n    mgcv (== 1)\nSuggests: testthat\n',
    );
    expect(lockDescription('Package: x', '4.2.2', {})).toBe('Package: x\nDepends: R (>= 4.2.2)\n');
  });
});
