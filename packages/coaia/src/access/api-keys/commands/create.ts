/** `coaia keys create`: a key pair, whose secret is shown this once. */
import { defineCommand } from '#surface';
import { administrationApi } from '../../administration-api.ts';
import { ROLES } from '../../roles/role.ts';
import { findOwner, ownerOptions } from '../key-owner.ts';

export const command = defineCommand({
  words: 'keys create',
  summary: 'Make a key pair and show its secret once',
  description:
    'The store keeps a hash only. Role, scopes and limit can be given to keys of the store in this home.',
  needs: administrationApi,
  positionals: [],
  options: {
    ...ownerOptions,
    note: { type: 'string', placeholder: 'TEXT', summary: 'What the key is for' },
    role: { type: 'string', choices: ROLES, summary: 'What the key may do; absent: what keys may' },
    'requests-per-minute': {
      type: 'number',
      placeholder: 'N',
      summary: 'A limit of its own',
    },
    scope: {
      type: 'string',
      repeatable: true,
      placeholder: 'SCOPE',
      summary: 'Only this: predict:MODEL, predict:*, deploy:MODEL, deploy:*; repeatable',
    },
    'public-key': { type: 'string', placeholder: 'KEY', summary: 'Your own, with --secret-key' },
    'secret-key': { type: 'string', placeholder: 'KEY', summary: 'Your own, with --public-key' },
  },
  examples: [
    'coaia keys create --note build',
    'coaia keys create --organization',
    'coaia keys create --scope predict:churn --requests-per-minute 600',
  ],
  async run(context, { options }) {
    const api = await context.open();
    const { note, role, 'requests-per-minute': limit } = options;
    const { scope: scopes = [] } = options;
    const { 'public-key': publicKey, 'secret-key': secretKey } = options;
    const key = await api.createKey(await findOwner(api, options), {
      ...(note === undefined ? {} : { note }),
      ...(role === undefined ? {} : { role: role as (typeof ROLES)[number] }),
      ...(limit === undefined ? {} : { requestsPerMinute: limit }),
      ...(scopes.length === 0 ? {} : { scopes }),
      ...(publicKey === undefined ? {} : { publicKey }),
      ...(secretKey === undefined ? {} : { secretKey }),
    });
    if (context.flags.json) {
      context.out.json(key);
      return;
    }
    context.out.line(`LANGFUSE_PUBLIC_KEY=${key.publicKey}`);
    context.out.line(`LANGFUSE_SECRET_KEY=${key.secretKey}`);
    context.out.notice(`Key ${key.id}. The secret is not shown again.`);
  },
});
