import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import type { UserId } from '../domain/ids.ts';
import { type Person, ROLES, type Role } from '../domain/person.ts';
import type { Problem } from '../observability/index.ts';
import type { Directory } from './directory.ts';

const peopleSchema = z.strictObject({
  people: z
    .array(
      z.strictObject({
        id: z.guid('must be the person’s Entra object id (a GUID)').toLowerCase(),
        name: z.string().trim().min(1),
        email: z.email(),
        roles: z.array(z.enum(ROLES)).default([]),
        privileges: z.array(z.literal('approve-email-addresses')).default([]),
      }),
    )
    .min(1),
});

export type LoadedDirectory =
  | { readonly kind: 'loaded'; readonly directory: Directory }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/** People and roles from a YAML file (DIRECTORY_FILE), read once at start. */
export async function loadStaticDirectory(file: string): Promise<LoadedDirectory> {
  const invalid = (path: string, what: string, remedy: string): LoadedDirectory => ({
    kind: 'invalid',
    problems: [{ where: basename(file), path, what, remedy }],
  });
  let source: string;
  try {
    source = await readFile(file, 'utf8');
  } catch {
    return invalid('', `cannot be read (${file})`, 'Set DIRECTORY_FILE to a file that exists.');
  }
  const document = parseDocument(source);
  const [syntaxError] = document.errors;
  if (syntaxError !== undefined) {
    return invalid(
      '',
      syntaxError.message,
      'Correct the YAML; indentation and colons are the usual cause.',
    );
  }
  const parsed = peopleSchema.safeParse(document.toJS());
  if (!parsed.success) {
    return {
      kind: 'invalid',
      problems: parsed.error.issues.map((issue) => ({
        where: basename(file),
        path: issue.path.join('.'),
        what: issue.message,
        remedy: 'A person has id, name, email, and optionally roles and privileges.',
      })),
    };
  }
  return {
    kind: 'loaded',
    directory: createStaticDirectory(parsed.data.people as unknown as Person[]),
  };
}

export function createStaticDirectory(people: readonly Person[]): Directory {
  const byId = new Map<UserId, Person>(people.map((person) => [person.id, person]));
  return {
    person: async (id) => byId.get(id),
    withRole: async (role: Role) => people.filter((person) => person.roles.includes(role)),
  };
}
