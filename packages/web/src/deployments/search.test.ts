import { describe, expect, it } from 'vitest';
import { parseDeploymentSearch, parseDeploymentsSearch } from './search.ts';

describe('the addresses of deployments', () => {
  it('keeps what is known', () => {
    expect(parseDeploymentsSearch({ q: 'churn', sort: 'name.asc' })).toEqual({
      q: 'churn',
      sort: 'name.asc',
    });
    expect(
      parseDeploymentSearch({ tab: 'try', span: '24h', only: 'failed', version: '3', against: 2 }),
    ).toEqual({ tab: 'try', span: '24h', only: 'failed', version: 3, against: 2 });
  });

  it('drops what is not', () => {
    expect(parseDeploymentsSearch({ q: '', sort: 'drop table' })).toEqual({});
    expect(
      parseDeploymentSearch({ tab: 'x', span: '1y', only: 'good', version: 'latest', against: -1 }),
    ).toEqual({});
  });
});
