/** The same for clients of npm: gRPC with a loader that reads our protocol file, and plain fetch. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [rest, address, model, rowsFile, wantedFile, modules] = process.argv.slice(2);
const require = createRequire(join(modules, 'package.json'));
const rows = JSON.parse(readFileSync(rowsFile, 'utf8'));
const wanted = JSON.parse(readFileSync(wantedFile, 'utf8')).map(String);

function versionOf(name) {
  return JSON.parse(readFileSync(join(modules, 'node_modules', name, 'package.json'), 'utf8'))
    .version;
}

function tell(client, version, call, result) {
  process.stdout.write(`${JSON.stringify({ client, version, call, ...result })}\n`);
}

async function attempt(client, version, call, action) {
  try {
    const labels = (await action()).map(String);
    const isRight = JSON.stringify(labels) === JSON.stringify(wanted);
    tell(client, version, call, { works: isRight, note: isRight ? '' : `answered ${labels}` });
  } catch (error) {
    tell(client, version, call, { works: false, note: String(error).slice(0, 300) });
  }
}

function toTensors() {
  return Object.keys(rows[0]).map((name) => {
    const values = rows.map((row) => row[name]);
    const isText = typeof values[0] === 'string';
    return {
      name,
      datatype: isText ? 'BYTES' : 'FP64',
      shape: [values.length],
      contents: isText
        ? { bytes_contents: values.map((value) => Buffer.from(value)) }
        : { fp64_contents: values },
    };
  });
}

function readLabels(answer) {
  const index = answer.outputs.findIndex(({ name }) => name === 'label');
  const { contents, datatype } = answer.outputs[index];
  const raw = answer.raw_output_contents?.[index];
  if (raw?.length > 0 && datatype === 'INT64')
    return Array.from({ length: raw.length / 8 }, (_, at) => raw.readBigInt64LE(at * 8));
  if (contents?.bytes_contents?.length > 0) return contents.bytes_contents.map(String);
  return contents?.int64_contents ?? contents?.fp64_contents ?? [];
}

await attempt('fetch (Node)', process.versions.node, 'POST /predict', async () => {
  const response = await fetch(`${rest}/predict`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(rows),
  });
  return (await response.json()).predictions.map(({ label }) => label);
});

await attempt('@grpc/grpc-js', versionOf('@grpc/grpc-js'), 'ModelInfer, typed contents', () => {
  const grpc = require('@grpc/grpc-js');
  const loader = require('@grpc/proto-loader');
  const definition = loader.loadSync(join(modules, 'inference.proto'), { keepCase: true });
  const { inference } = grpc.loadPackageDefinition(definition);
  const client = new inference.GRPCInferenceService(address, grpc.credentials.createInsecure());
  return new Promise((resolve, reject) => {
    // oxlint-disable-next-line eslint/new-cap -- the protocol's own name
    client.ModelInfer({ model_name: model, inputs: toTensors() }, (error, answer) => {
      client.close();
      if (error) reject(new Error(error.message, { cause: error }));
      else resolve(readLabels(answer));
    });
  });
});
