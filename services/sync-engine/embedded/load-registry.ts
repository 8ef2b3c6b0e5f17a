import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import type { Problem } from '../../observability/index.ts';
import { buildRegistry } from './build-registry.ts';
import type { Registry } from './registry.ts';
import { placed, secretFields } from './registry-credentials.ts';
import { parseItems, problemsOf } from './registry-items.ts';
import { type RegistryItems, registryProblems } from './registry-rules.ts';
import {
  type MailboxItem,
  mailboxSchema,
  organizationSchema,
  type ProfileItem,
  profileSchema,
  registryFileSchema,
} from './registry-schema.ts';
import { supportFindings } from './registry-support.ts';
import { createSecretReader, type SecretReader, type SecretReference } from './secret-reader.ts';

export type RegistryLoading =
  | { readonly kind: 'loaded'; readonly registry: Registry }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/** Reads ENGINE_FILE. All problems are reported together, so that one visit to the file is enough. */
export async function loadRegistry(
  file: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<RegistryLoading> {
  const invalid = (...problems: readonly Problem[]): RegistryLoading => ({
    kind: 'invalid',
    problems,
  });
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const what = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    return invalid({
      where: file,
      path: '',
      what,
      remedy: 'Set ENGINE_FILE to a file that can be read.',
    });
  }
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  if (document.errors.length > 0) {
    return invalid(
      ...document.errors.map((error) => ({
        where: file,
        path: `line ${lineCounter.linePos(error.pos[0]).line}`,
        what: error.message,
        remedy: 'Correct the YAML.',
      })),
    );
  }
  const whole = registryFileSchema.safeParse(document.toJS());
  if (!whole.success) return invalid(...problemsOf(file, '', whole.error.issues));

  const items: RegistryItems = {
    organizations: parseItems(file, 'organizations', whole.data.organizations, organizationSchema),
    profiles: parseItems(file, 'profiles', whole.data.profiles, profileSchema),
    mailboxes: parseItems(file, 'mailboxes', whole.data.mailboxes, mailboxSchema),
  };
  const folder = dirname(resolve(file));
  const secrets = createSecretReader(environment);
  const authorities = await readAuthorities(items, folder);
  const support = supportFindings(items);
  const found = [
    ...registryProblems(items),
    ...support.problems,
    ...authorities.problems,
    ...(await missingSecrets(items, folder, secrets)),
  ].map((problem) => ({ where: file, ...problem }));
  const problems = [
    ...items.organizations.problems,
    ...items.profiles.problems,
    ...items.mailboxes.problems,
    ...found,
  ];
  if (problems.length > 0) return invalid(...problems);
  return {
    kind: 'loaded',
    registry: buildRegistry({
      items,
      folder,
      authorities: authorities.byPath,
      secrets,
      warnings: support.warnings,
    }),
  };
}

async function readAuthorities(
  items: RegistryItems,
  folder: string,
): Promise<{ byPath: ReadonlyMap<string, string>; problems: readonly Omit<Problem, 'where'>[] }> {
  const byPath = new Map<string, string>();
  const problems: Omit<Problem, 'where'>[] = [];
  for (const { path, item } of items.profiles.items) {
    if (item.certificateAuthorities === undefined) continue;
    const file = resolve(folder, item.certificateAuthorities);
    const pem = await readFile(file, 'utf8').catch(() => '');
    if (pem.includes('-----BEGIN CERTIFICATE-----')) byPath.set(path, pem);
    else {
      problems.push({
        path: `${path}.certificateAuthorities`,
        what: `${file} holds no certificate in PEM`,
        remedy: 'Name a readable file with the certificates of the authorities, or leave it out.',
      });
    }
  }
  return { byPath, problems };
}

async function missingSecrets(
  items: RegistryItems,
  folder: string,
  secrets: SecretReader,
): Promise<readonly Omit<Problem, 'where'>[]> {
  const wanted: { path: string; reference: SecretReference }[] = [];
  const want = (path: string, reference: SecretReference | undefined): void => {
    if (reference === undefined) return;
    wanted.push({
      path,
      reference: 'file' in reference ? { file: resolve(folder, reference.file) } : reference,
    });
  };
  const wantOutgoing = (path: string, item: ProfileItem | MailboxItem): void => {
    if (!('outgoingCredentials' in item)) return;
    for (const [field, secret] of secretFields(item.outgoingCredentials)) {
      want(`${path}.outgoingCredentials.${field}`, placed(secret, folder));
    }
  };
  for (const { path, item } of items.profiles.items) {
    if (item.serverType === 'exchange-online') {
      want(`${path}.credentials.clientSecret`, item.credentials.clientSecret);
    } else {
      for (const [field, secret] of secretFields(item.credentials)) {
        want(`${path}.credentials.${field}`, placed(secret, folder));
      }
    }
    wantOutgoing(path, item);
    if (item.serverType === 'exchange-server') {
      want(`${path}.application.clientSecret`, item.application?.clientSecret);
    }
  }
  for (const { path, item } of items.mailboxes.items) {
    for (const [field, secret] of secretFields(item.credentials)) {
      want(`${path}.credentials.${field}`, placed(secret, folder));
    }
    wantOutgoing(path, item);
  }
  const problems: Omit<Problem, 'where'>[] = [];
  for (const { path, reference } of wanted) {
    if ((await secrets.read(reference)) !== null) continue;
    problems.push(
      'env' in reference
        ? {
            path,
            what: `${reference.env} is not set`,
            remedy: `Set ${reference.env}, or ${reference.env}_FILE to a file that holds the secret.`,
          }
        : {
            path,
            what: `${reference.file} is missing, empty or unreadable`,
            remedy: 'Put the secret there, readable by this process only.',
          },
    );
  }
  return problems;
}
