import type { QueueObjectType } from '@coaia/client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { addToast } from '../../lib/toasts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField } from '../../ui/form/fields.tsx';
import { Failure } from '../../ui/panels.tsx';
import { words } from './messages.ts';
import { queueCalls, queuesQuery, refreshQueues } from './queries.ts';

/** Puts traces, steps or sessions on a queue for people to score. */
export function AddToQueue({
  project,
  type,
  ids,
  onClose,
}: {
  readonly project: string;
  readonly type: QueueObjectType;
  readonly ids: readonly string[];
  readonly onClose: () => void;
}) {
  const queues = useQuery(queuesQuery(project)).data;
  const [chosen, setChosen] = useState<string>();
  const [error, setError] = useState<unknown>(undefined);
  const client = useQueryClient();
  const queueId = chosen ?? queues?.[0]?.id ?? '';
  const add = async () => {
    setError(undefined);
    try {
      await Promise.all(ids.map((id) => queueCalls.addItem(queueId, type, id)));
      await refreshQueues(client, project);
      const name = queues?.find(({ id }) => id === queueId)?.name ?? '';
      addToast({ text: words.addTo.done(ids.length, name) });
      onClose();
    } catch (error_) {
      setError(error_);
    }
  };
  return (
    <Dialog open onClose={onClose} title={toTitle(type, ids.length)}>
      {queues?.length === 0 ? (
        <p className="text-muted">{words.addTo.none}</p>
      ) : (
        <form
          className="space-y-3"
          onSubmit={(event) => {
            event.preventDefault();
            void add();
          }}
        >
          <SelectField
            label={words.addTo.queue}
            value={queueId}
            onChange={setChosen}
            options={(queues ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          />
          {error === undefined ? null : (
            <div className="-mx-4">
              <Failure title={words.addTo.failed} error={error} />
            </div>
          )}
          <div className="flex justify-end">
            <Button type="submit" tone="primary" disabled={queueId === ''}>
              {words.addTo.action}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

function toTitle(type: QueueObjectType, count: number): string {
  if (type === 'OBSERVATION') return words.addTo.observation;
  return type === 'SESSION' ? words.addTo.session : words.addTo.title(count);
}
