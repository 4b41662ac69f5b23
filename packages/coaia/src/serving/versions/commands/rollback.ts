/** `ao rollback`: the champion before answers again. */
import { defineCommand } from '#surface';
import { readProject } from '../../projects/read-project.ts';
import { findModel } from '../find-model.ts';
import { deploymentsApi } from '../ports.ts';
import { describeTraffic, tellFollowers } from './deploy.ts';

export const command = defineCommand({
  words: 'ops rollback',
  summary: 'Go back to the champion before',
  description:
    'Canary and shadow end with it. Requests that have begun end on the version they began with.',
  needs: deploymentsApi,
  positionals: [],
  options: {
    model: { type: 'string', placeholder: 'NAME', summary: 'Which model; the only one otherwise' },
    reason: { type: 'string', placeholder: 'TEXT', summary: 'Why; kept with the change' },
  },
  examples: ['ao rollback', 'ao rollback --reason "wrong units in the new data"'],
  async run({ open, out, flags, env, cwd }, { options }) {
    const project = await readProject(cwd, { env });
    const { name } = findModel(project, options.model);
    const { reason } = options;
    const api = await open();
    const traffic = await api.rollBack(name, reason === undefined ? {} : { reason });
    if (flags.json) out.json({ model: name, traffic });
    else out.line(`${name}: ${describeTraffic(traffic)}`);
    await tellFollowers(out, api, name);
  },
});
