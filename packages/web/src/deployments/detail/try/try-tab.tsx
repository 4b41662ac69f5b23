import type { DeploymentVersion } from '@coaia/client';
import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { SelectField } from '../../../ui/form/fields.tsx';
import { Failure } from '../../../ui/panels.tsx';
import { words } from '../../messages.ts';
import { TabBody } from '../section.tsx';
import type { OpenDeployment } from '../use-deployment.ts';
import { AnswerView } from './answer-view.tsx';
import { TryFields } from './try-fields.tsx';
import { toTryValues, type TryValues } from './try-values.ts';
import { useAsk } from './use-ask.ts';

const part = words.try;

/** A form made of the model's signature, filled with its example; the answer stands beside it. */
export function TryTab({ open }: { readonly open: OpenDeployment }) {
  const { view, detail } = open;
  const asked = view.search.version;
  const shown = asked ?? detail.traffic?.champion ?? detail.latest;
  const version = detail.versions.find((one) => one.version === shown) ?? detail.versions[0];
  if (version === undefined) return <TabBody label={words.tabs.try}>{words.noTraffic}</TabBody>;
  return (
    <TabBody label={words.tabs.try}>
      <TryForm
        key={version.version}
        open={open}
        version={version}
        asked={asked === undefined ? undefined : version.version}
      />
    </TabBody>
  );
}

function TryForm({
  open: { view, detail },
  version,
  asked,
}: {
  readonly open: OpenDeployment;
  readonly version: DeploymentVersion;
  /** The version to ask; the traffic rules decide otherwise. */
  readonly asked: number | undefined;
}) {
  const { inputs, example } = version.signature;
  const [values, setValues] = useState<TryValues>(() => toTryValues(inputs, example));
  const ask = useAsk(detail.name, inputs);
  return (
    <div className="grid gap-x-8 gap-y-6 lg:grid-cols-2">
      <form
        aria-label={part.form}
        className="min-w-0 space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!ask.busy) void ask.run(values, asked);
        }}
      >
        <SelectField
          label={part.version}
          className="sm:w-60"
          value={asked === undefined ? '' : String(asked)}
          onChange={(next) => view.update({ version: next === '' ? undefined : Number(next) })}
          options={[
            { value: '', label: part.byTraffic },
            ...detail.versions.map((one) => ({
              value: String(one.version),
              label: words.version(one.version),
            })),
          ]}
        />
        {inputs.length === 0 ? <p className="text-muted">{part.noFields}</p> : null}
        <TryFields
          fields={inputs}
          values={values}
          faults={ask.faults}
          onChange={(name, text) => {
            setValues({ ...values, [name]: text });
            ask.forgive(name);
          }}
        />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" tone="primary" disabled={ask.busy}>
            {ask.busy ? part.asking : part.ask}
          </Button>
          <Button
            onClick={() => {
              setValues(toTryValues(inputs, example));
              ask.forget();
            }}
          >
            {part.reset}
          </Button>
        </div>
      </form>
      <div className="min-w-0" aria-live="polite">
        {ask.error === undefined ? null : (
          <div className="-m-4">
            <Failure
              title={Object.keys(ask.faults).length > 0 ? part.refused : part.failed}
              error={ask.error}
            />
          </div>
        )}
        {ask.answer === undefined && ask.error === undefined ? (
          <p className="text-muted">{part.empty}</p>
        ) : null}
        {ask.answer === undefined ? null : (
          <AnswerView project={view.project} answer={ask.answer} signature={version.signature} />
        )}
      </div>
    </div>
  );
}
