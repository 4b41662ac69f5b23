/** `ao convert`: the same model in another form. */
import { EXIT } from '#base';
import { findHome } from '#config';
import { defineCommand } from '#surface';
import { join } from 'node:path';
import { hashFile } from '../../versions/source-files.ts';
import { convertModel } from '../convert/convert-model.ts';
import { projectFailures } from '../errors.ts';
import { readProject } from '../read-project.ts';
import { addTrust } from '../trust.ts';

export const command = defineCommand({
  words: 'ops convert',
  summary: 'Write a fitted model of scikit-learn in another form',
  description:
    'onnx needs no Python afterwards, skops can be opened without running code. The packages skl2onnx or skops do the work, in the Python of the model. Both forms predict every example; the new file is written only when they answer alike, and the largest difference is shown. The old file stays.',
  positionals: [{ name: 'model', summary: 'Which model, when there are several' }],
  options: {
    to: { type: 'string', choices: ['onnx', 'skops'], required: true, summary: 'The new form' },
    force: { type: 'boolean', summary: 'Replace a file that exists' },
  },
  examples: ['ao convert --to onnx', 'ao convert --to skops --force'],
  async run({ cwd, env, out, flags }, { args, options }) {
    const project = await readProject(cwd, { env });
    const model = project.models.find(({ name }) => name === (args.model ?? name));
    if (model === undefined)
      throw projectFailures.create(
        'AO113',
        `${project.name} has no model${args.model === undefined ? '' : ` \`${args.model}\``}.`,
      );
    const done = await convertModel({
      project,
      model,
      to: options.to as 'onnx' | 'skops',
      isForced: options.force === true,
      cwd,
      env,
    });
    const path = join(project.folder, done.file);
    addTrust(findHome({ cwd, env }), { path, sha256: await hashFile(path) });
    if (flags.json) out.json(done);
    else {
      out.confirm(`Wrote ${done.file}.`);
      out.line(
        `${done.rows} examples predicted by both: largest difference ${done.largestDifference.toPrecision(2)}${done.equal === 0 ? '' : `, ${done.equal} labels equal`}.`,
      );
      out.notice(`To use it, write artifact = "${done.file}" in ao.toml.`);
    }
    return EXIT.done;
  },
});
