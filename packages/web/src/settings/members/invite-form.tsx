import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { addToast } from '../../lib/toasts.ts';
import { useServerUrl } from '../../lib/use-server-url.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/form/fields.tsx';
import { Failure, Snippet } from '../../ui/panels.tsx';
import { words } from './messages.ts';
import { roleNames, toMembersKey, writeMember, type RoleName } from './queries.ts';

const options = roleNames
  .filter((role) => role !== 'NONE')
  .map((value) => ({ value, label: words.roles.names[value] }));

/** Gives somebody a role by their address; who is new gets a link, shown once. */
export function InviteForm({ project }: { readonly project: string }) {
  const client = useQueryClient();
  const baseUrl = useServerUrl();
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [role, setRole] = useState<RoleName>('MEMBER');
  const invite = useMutation({
    mutationFn: () =>
      writeMember(project, {
        email: email.trim(),
        role,
        ...(name.trim() === '' ? {} : { name: name.trim() }),
      }),
    onSuccess: async (person) => {
      addToast({ text: words.invited(person.email) });
      setEmail('');
      setName('');
      await client.invalidateQueries({ queryKey: toMembersKey(project) });
    },
  });
  const link = invite.data?.signInPath ?? undefined;
  return (
    <>
      <form
        className="grid max-w-180 items-end gap-3 sm:grid-cols-[2fr_2fr_1fr_max-content]"
        onSubmit={(event) => {
          event.preventDefault();
          if (email.includes('@') && !invite.isPending) invite.mutate();
        }}
      >
        <TextField label={words.email} type="email" value={email} onChange={setEmail} />
        <TextField label={words.personName} value={name} onChange={setName} />
        <SelectField label={words.role} value={role} options={options} onChange={setRole} />
        <Button type="submit" tone="primary" disabled={!email.includes('@') || invite.isPending}>
          {words.inviteAction}
        </Button>
      </form>
      {invite.isError ? (
        <div className="-mx-4">
          <Failure title={words.inviteFailed} error={invite.error} />
        </div>
      ) : null}
      {link === undefined ? null : (
        <div className="mt-4 max-w-180" data-invitation="">
          <p className="mb-2">{words.linkTitle(invite.data?.email ?? '')}</p>
          <Snippet text={new URL(link, baseUrl).href} label={words.link} />
        </div>
      )}
    </>
  );
}
