import { readFile } from 'node:fs/promises';

import type { Instant } from '../../domain/time.ts';
import { type Secret, secretOf } from '../../observability/index.ts';

/** Where a secret stands; `file` is an absolute path. */
export type SecretReference = ({ readonly env: string } | { readonly file: string }) & {
  /** When it ceases to be accepted, where the administrator said. */
  readonly expiresAt?: Instant;
};

export interface SecretReader {
  /** Null where it is not set, empty or unreadable: the caller says what that means. */
  read(reference: SecretReference): Promise<Secret | null>;
}

/**
 * Files are read anew each time, so that a rotated password works without a restart.
 * `NAME_FILE` stands in for `NAME`, as for every other setting (design.md §3).
 */
export function createSecretReader(
  environment: Readonly<Record<string, string | undefined>>,
): SecretReader {
  return {
    async read(reference) {
      if ('file' in reference) return secretIn(reference.file);
      const value = environment[reference.env];
      if (value !== undefined && value !== '') return secretOf(value);
      const file = environment[`${reference.env}_FILE`];
      return file === undefined || file === '' ? null : secretIn(file);
    },
  };
}

async function secretIn(file: string): Promise<Secret | null> {
  try {
    const text = (await readFile(file, 'utf8')).replace(/\r?\n$/, '');
    return text === '' ? null : secretOf(text);
  } catch {
    // Missing and forbidden look the same here; loadRegistry and the failure's reason tell people.
    return null;
  }
}
