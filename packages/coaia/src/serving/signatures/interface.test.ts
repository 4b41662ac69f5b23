/** What is generated compiles, validates, and its snippets work against a running gateway. */
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXAMPLE, IRIS_MODEL, openStubService } from '../gateway/testing/stub-service.ts';
import type { StubService } from '../gateway/testing/stub-service.ts';
import { PYTHON, RSCRIPT, hasR } from '../testing/fixtures.ts';
import { renderInterface } from './interface.ts';
import type { Field, Signature } from './signature.ts';
import { planRows, toPackages } from './typed-plan.ts';
import { field } from './testing/field.ts';

const CARS: Signature = {
  task: 'regression',
  description: 'Miles per gallon.',
  inputs: [
    field('wt', { trained: { min: 1.5, max: 5.4 }, description: 'Weight | 1000 lb.' }),
    field('wt.', { type: 'integer', datatype: 'INT64', required: false, default: 4 }),
    field('3d', { type: 'boolean', datatype: 'BOOL' }),
    field('cyl', { type: 'category', datatype: 'BYTES', levels: ['4', "it's"] }),
    field('pair', { shape: [2] }),
    field('day', { type: 'date', datatype: 'BYTES', nullable: true }),
  ],
  outputs: [field('prediction')],
  example: { wt: 2.6, 'wt.': 4, '3d': true, cyl: "it's", pair: [1, 2], day: '2024-05-31' },
};
const MODELS = [{ name: 'my-cars', signature: CARS }];
const hasProtoc =
  existsSync('/usr/bin/protoc') && spawnSync(PYTHON, ['-c', 'import google.protobuf']).status === 0;
const read = (file: string) =>
  renderInterface({ name: 'cars' }, MODELS).get(`model-interface/${file}`) ?? '';

describe('model-interface', () => {
  it('is the same every time', () => {
    const before = [...renderInterface({ name: 'cars' }, MODELS)];
    expect([...renderInterface({ name: 'cars' }, structuredClone(MODELS))]).toEqual(before);
    expect(before.map(([path]) => path)).toEqual(
      [
        'anops.proto',
        'inference.proto',
        'my_cars.proto',
        'signature.json',
        'openapi.json',
        'README.md',
      ].map((file) => `model-interface/${file}`),
    );
  });

  it('has a typed service for each model, with names that proto allows', () => {
    const text = read('my_cars.proto').replaceAll(/ = \d{5,} /g, ' = N ');
    expect(text).toContain(`package anops.my_cars;

service Model {`);
    expect(text).toContain(`message Row {
  // Weight | 1000 lb. Seen in training: 1.5 to 5.4.
  optional double wt = N [json_name = "wt"];
  // May be left out.
  optional int64 wt_2 = N [json_name = "wt."];
  optional bool field_3d = N [json_name = "3d"];
  // One of 4, it's.
  optional string cyl = N [json_name = "cyl"];
  repeated double pair = N [json_name = "pair"];
`);
    expect(read('anops.proto')).toContain('string input_data = 1;');
    expect(read('anops.proto')).toContain('string output_data = 1;');
  });

  it('keeps the numbers of columns when others come and go, and gives every model its own file', () => {
    const numbers = (inputs: readonly Field[]) =>
      Object.fromEntries(
        planRows({ ...CARS, inputs }).inputs.map(({ field: { name }, number }) => [name, number]),
      );
    const before = numbers(CARS.inputs);
    expect(numbers([field('new'), ...CARS.inputs.toReversed()])).toMatchObject(before);
    expect(numbers([field('wt', { type: 'string', datatype: 'BYTES' })])['wt']).not.toBe(
      before['wt'],
    );
    const names = [...toPackages(['my_cars', '2024', 'inference', 'my-cars'])];
    expect(names).toEqual([
      ['2024', 'model_2024'],
      ['inference', 'inference_2'],
      ['my-cars', 'my_cars'],
      ['my_cars', 'my_cars_2'],
    ]);
  });

  it('has a schema that its example fits', () => {
    const { models } = JSON.parse(read('signature.json')) as {
      readonly models: Readonly<Record<string, { readonly schema: object }>>;
    };
    const validate = new Ajv2020({ validateFormats: false }).compile(
      models['my-cars']?.schema ?? {},
    );
    expect(validate(CARS.example)).toBe(true);
    expect(validate({ ...CARS.example, wt: '2' })).toBe(false);
  });

  it('escapes what would break its tables and commands', () => {
    expect(read('README.md')).toContain('| `wt` | a number | Weight \\| 1000 lb. Seen in training');
    expect(read('README.md')).toContain(String.raw`"cyl":"it'\''s"`);
  });
});

it.skipIf(!hasProtoc)(
  `compiles with protoc${hasProtoc ? '' : ' not run: protobuf-compiler or python3-protobuf is not installed'}`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'coaia-protoc-'));
    for (const file of ['anops.proto', 'inference.proto', 'my_cars.proto'])
      writeFileSync(join(folder, file), read(file));
    const args = [
      '-I',
      folder,
      `--python_out=${folder}`,
      '-o',
      join(folder, 'all.bin'),
      'anops.proto',
    ];
    execFileSync('protoc', [...args, 'inference.proto', 'my_cars.proto']);
    const script = `
import sys; sys.path.insert(0, ${JSON.stringify(folder)})
import anops_pb2 as a, my_cars_pb2 as c
from google.protobuf.json_format import MessageToJson
row = c.Row(wt=2.5, wt_2=0, cyl="4", pair=[1, 2]); row.field_3d = False
print(MessageToJson(row, indent=None))
old = a.PredictRequest.FromString(b"\\x0a\\x02{}"); assert old.input_data == "{}"
print(a.DESCRIPTOR.services_by_name["AnOps"].methods_by_name["Predict"].full_name)`;
    const { stdout, stderr } = spawnSync(PYTHON, ['-c', script], { encoding: 'utf8' });
    expect(stderr).toBe('');
    const [row = '', method] = stdout.trim().split('\n');
    expect(JSON.parse(row)).toEqual({ wt: 2.5, 'wt.': '0', '3d': false, cyl: '4', pair: [1, 2] });
    expect(method).toBe('anops.AnOps.Predict');
  },
);

describe('openapi.json', () => {
  const document = JSON.parse(read('openapi.json')) as OpenApi;

  it('has what OpenAPI 3.1 requires', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(new Ajv2020({ strict: false }).validate(OPENAPI, document)).toBe(true);
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('refers only to what is there, and every schema is one', () => {
    const text = JSON.stringify(document);
    const names = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(4);
    for (const name of names) expect(Object.keys(document.components.schemas)).toContain(name);
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    for (const schema of Object.values(document.components.schemas))
      expect(ajv.validateSchema(schema)).toBe(true);
  });
});

interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly operationId: string }>>>
  >;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

/** The parts of the OpenAPI 3.1 meta-schema that concern what is generated here. */
const OPENAPI = {
  type: 'object',
  required: ['openapi', 'info', 'paths'],
  additionalProperties: false,
  properties: {
    openapi: { pattern: String.raw`^3\.1\.\d+$` },
    info: { type: 'object', required: ['title', 'version'] },
    servers: { type: 'array', items: { required: ['url'] } },
    security: { type: 'array', items: { type: 'object' } },
    components: {
      type: 'object',
      additionalProperties: false,
      properties: {
        schemas: { type: 'object', propertyNames: { pattern: '^[a-zA-Z0-9._-]+$' } },
        securitySchemes: { type: 'object', additionalProperties: { required: ['type'] } },
      },
    },
    paths: {
      type: 'object',
      propertyNames: { pattern: '^/' },
      additionalProperties: {
        type: 'object',
        additionalProperties: {
          type: 'object',
          required: ['responses', 'operationId'],
          properties: {
            requestBody: { required: ['content'] },
            responses: {
              type: 'object',
              minProperties: 1,
              propertyNames: { pattern: '^[1-5][0-9]{2}$' },
              additionalProperties: { required: ['description'] },
            },
          },
        },
      },
    },
  },
};

describe('snippets of the README against a gateway', () => {
  let service: StubService;
  const blocks = new Map<string, string>();

  beforeAll(async () => {
    service = await openStubService();
    const { signature = CARS } = IRIS_MODEL.manifests[0] ?? {};
    const readme = renderInterface({ name: 'test' }, [{ name: 'iris', signature }]);
    const text = readme.get('model-interface/README.md') ?? '';
    for (const [, language = '', code = ''] of text.matchAll(/```(\w+)\n([\s\S]*?)\n```/g))
      blocks.set(language, code);
  });

  afterAll(() => service.gateway.close());

  const code = (language: string) => blocks.get(language) ?? '';

  async function run(program: string, args: readonly string[]): Promise<string> {
    const env = { ...process.env, MODEL_URL: service.gateway.url };
    return (await promisify(execFile)(program, args, { env })).stdout;
  }

  it('curl', async () => {
    const answer = JSON.parse(await run('/bin/sh', ['-c', code('bash')])) as Record<
      string,
      unknown
    >;
    expect(answer['predictions']).toHaveLength(1);
    expect(JSON.parse(code('bash').split("-d '")[1]?.slice(0, -1) ?? '')).toEqual(EXAMPLE);
  });

  it('TypeScript', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'coaia-snippet-')), 'call.ts');
    writeFileSync(file, `${code('typescript')}\nexport {};\n`);
    expect(await run(process.execPath, [file])).toContain('label');
  });

  it.skipIf(!existsSync(PYTHON))('Python', async () => {
    expect(await run(PYTHON, ['-c', code('python')])).toContain("'label'");
  });

  const hasCurl = !hasR().skip && spawnSync(RSCRIPT, ['-e', 'library(curl)']).status === 0;
  it.skipIf(!hasCurl)(`R${hasCurl ? '' : ' not run: r-cran-curl is not installed'}`, async () => {
    expect(await run(RSCRIPT, ['--vanilla', '-e', code('r')])).toContain('$label');
  });
});
