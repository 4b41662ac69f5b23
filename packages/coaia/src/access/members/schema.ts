/** What crosses the wire for memberships. */
import { z } from 'zod';
import { ROLES } from '../roles/role.ts';

const role = z.enum(ROLES);

export const memberBody = z.object({ userId: z.string().min(1), role });

export const memberRemovalBody = z.object({ userId: z.string().min(1) });

const member = { userId: z.string(), role, email: z.string(), name: z.string() };

export const memberAnswer = z.object(member);

export const membersAnswer = z.object({ memberships: z.array(memberAnswer) });

export const memberRemovedAnswer = z.object({ message: z.string(), userId: z.string() });

const person = z.object({
  ...member,
  organizationRole: role,
  projectRole: role.nullable(),
  isActive: z.boolean(),
});

export const peopleAnswer = z.object({ members: z.array(person) });

/** Somebody known by id, or anybody by address, who is invited when nobody has it. */
export const personBody = z
  .object({
    userId: z.string().min(1).optional(),
    email: z.string().optional(),
    name: z.string().max(200).nullish(),
    role,
  })
  .refine(({ userId, email }) => (userId === undefined) !== (email === undefined), {
    message: 'Give userId or email.',
  });

export const personAnswer = z.object({
  ...member,
  /** For somebody new: an address on this server that signs them in once, within ten minutes. */
  signInPath: z.string().nullable(),
});
