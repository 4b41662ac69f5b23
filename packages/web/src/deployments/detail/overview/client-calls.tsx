import { useState } from 'react';
import { SelectField } from '../../../ui/form/fields.tsx';
import { Snippet } from '../../../ui/panels.tsx';
import { words } from '../../messages.ts';
import { Section } from '../section.tsx';
import type { OpenDeployment } from '../use-deployment.ts';
import { callLanguages, toClientCall, type CallLanguage } from './client-call.ts';

const part = words.clients;

/** The example of the model as a call that works when pasted. */
export function ClientCalls({ open: { detail } }: { readonly open: OpenDeployment }) {
  const [language, setLanguage] = useState<CallLanguage>('curl');
  const gateway = detail.gateways.find(({ state }) => state === 'ready');
  const champion = detail.traffic?.champion ?? detail.latest;
  const version = detail.versions.find((one) => one.version === champion);
  if (gateway === undefined || version === undefined)
    return (
      <Section title={part.title}>
        <p className="text-muted">{part.none}</p>
      </Section>
    );
  const address = `${gateway.url}/v1/models/${encodeURIComponent(detail.name)}/predict`;
  return (
    <Section title={part.title}>
      <SelectField
        label={part.form}
        className="mb-2 w-40"
        value={language}
        onChange={setLanguage}
        options={callLanguages.map((one) => ({ value: one, label: one }))}
      />
      <Snippet
        className="max-w-180"
        text={toClientCall(
          language,
          { address, isLocked: gateway.isLocked },
          version.signature.example,
        )}
        label={part.label(language)}
      />
    </Section>
  );
}
