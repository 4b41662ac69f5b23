/** The one table of addresses. */
import type { Address, AddressTable, Handle } from './addresses.ts';
import { checkHealth, predictOne } from './dialects/cog.ts';
import { explain, explainInstances } from './dialects/explain.ts';
import { predictInstances } from './dialects/kserve.ts';
import { invoke, showVersion } from './dialects/mlflow.ts';
import { addOutcomes, listModels, showModel as describeModel } from './dialects/models.ts';
import { predict } from './dialects/native.ts';
import { index, load, showAllStats, showStats, unload } from './dialects/oip-repository.ts';
import {
  generate,
  infer,
  showConfig,
  showLive,
  showModel,
  showModelReady,
  showReady,
  showServer,
} from './dialects/oip.ts';
import { metadata, prototype } from './dialects/vetiver.ts';
import { gatewayFailures } from './errors.ts';
import { ping, showHealth } from './health.ts';
import { showOpenapi } from './openapi.ts';
import { showPage } from './page/show-page.ts';
import { showMetrics } from './prometheus.ts';
import type { Dialect } from './answer.ts';

type Handles = Readonly<Record<string, Handle>>;

const NATIVE_GET: Handles = {
  '/': showPage,
  '/docs': showPage,
  '/openapi.json': showOpenapi,
  '/metrics': showMetrics,
  '/v1/models': listModels,
  '/v1/models/:model': describeModel,
  '/v1/models/:model/versions/:version': describeModel,
};
const NATIVE_POST: Handles = {
  '/predict': predict,
  '/v1/models/:model/predict': predict,
  '/v1/models/:model/versions/:version/predict': predict,
  '/explain': explain,
  '/v1/models/:model/explain': explain,
  '/v1/models/:model/versions/:version/explain': explain,
  '/v1/models/:model/outcomes': addOutcomes,
};
const OIP_GET: Handles = {
  '/v2': showServer,
  '/v2/models/stats': showAllStats,
  '/v2/models/:model': showModel,
  '/v2/models/:model/config': showConfig,
  '/v2/models/:model/stats': showStats,
  '/v2/models/:model/versions/:version': showModel,
  '/v2/models/:model/versions/:version/config': showConfig,
  '/v2/models/:model/versions/:version/stats': showStats,
};
const OIP_OPEN: Handles = {
  '/v2/health/live': showLive,
  '/v2/health/ready': showReady,
  '/v2/models/:model/ready': showModelReady,
  '/v2/models/:model/versions/:version/ready': showModelReady,
};
const OIP_POST: Handles = {
  '/v2/models/:model/infer': infer,
  '/v2/models/:model/versions/:version/infer': infer,
  '/v2/models/:model/generate': generate,
  '/v2/models/:model/versions/:version/generate': generate,
  '/v2/repository/index': index,
  '/v2/repository/models/:model/load': load,
  '/v2/repository/models/:model/unload': unload,
};

function toTable(
  dialect: Dialect,
  method: keyof Address['methods'],
  handles: Handles,
  isOpen = false,
): AddressTable {
  return Object.fromEntries(
    Object.entries(handles).map(([path, handle]) => [
      path,
      { dialect, methods: { [method]: handle }, isOpen },
    ]),
  );
}

/** Families of addresses that `[api] dialects` names; `native` is always there. */
const FAMILIES: Readonly<Record<string, AddressTable>> = {
  oip: {
    ...toTable('oip', 'GET', OIP_GET),
    ...toTable('oip', 'GET', OIP_OPEN, true),
    ...toTable('oip', 'POST', OIP_POST),
  },
  kserve: toTable('kserve', 'POST', {
    '/v1/models/:model:predict': predictInstances,
    '/v1/models/:model/versions/:version:predict': predictInstances,
    '/v1/models/:model:explain': explainInstances,
    '/v1/models/:model/versions/:version:explain': explainInstances,
  }),
  mlflow: {
    ...toTable('mlflow', 'POST', { '/invocations': invoke }),
    ...toTable('mlflow', 'GET', { '/ping': ping, '/version': showVersion }, true),
  },
  sagemaker: {
    ...toTable('mlflow', 'POST', { '/invocations': invoke }),
    ...toTable('mlflow', 'GET', { '/ping': ping }, true),
  },
  vetiver: {
    ...toTable('vetiver', 'GET', { '/metadata': metadata, '/prototype': prototype }),
    ...toTable('vetiver', 'GET', { '/ping': ping }, true),
  },
  cog: {
    '/predictions': { dialect: 'cog', methods: { POST: predictOne } },
    '/predictions/:id': { dialect: 'cog', methods: { PUT: predictOne } },
    ...toTable('cog', 'GET', { '/health-check': checkHealth }, true),
  },
};

/** Addresses of the dialects that are wanted; `native` always is. AO425 for a name that is none. */
export function toAddresses(dialects: readonly string[] | 'all'): AddressTable {
  const names = Object.keys(FAMILIES);
  const wanted = dialects === 'all' ? names : dialects.filter((name) => name !== 'native');
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw gatewayFailures.create(
      'AO425',
      `[api] dialects has ${JSON.stringify(unknown)}; it may have native, ${names.join(', ')}.`,
      { hint: 'ao config api.dialects' },
    );
  return {
    ...toTable('native', 'GET', { '/health': showHealth }, true),
    ...toTable('native', 'GET', NATIVE_GET),
    ...toTable('native', 'POST', NATIVE_POST),
    ...Object.assign({}, ...wanted.map((name) => FAMILIES[name] ?? {})),
  } as AddressTable;
}
