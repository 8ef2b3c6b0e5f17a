import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { guidOf } from './ids.ts';
import type { Inside } from './inside.ts';
import { isReference, type Row, textOf, type Values } from './row.ts';

export const DIRECTIONS = ['incoming', 'outgoing', 'act'] as const;
export type Direction = (typeof DIRECTIONS)[number];

export const CAUSES = [
  'approval-missing',
  'mailbox-credentials',
  'connection',
  'other-organization',
] as const;
export type Cause = (typeof CAUSES)[number];

const wording = z.strictObject({ code: z.string(), text: z.string() });
const byDirection = z.strictObject({ incoming: wording, outgoing: wording, act: wording });
const file = z.record(z.enum(CAUSES), byDirection);

const INFORMATION = 1;
const WARNING = 2;
const ERROR = 3;
export const LEVELS = { information: INFORMATION, warning: WARNING, error: ERROR };

export interface Trace {
  readonly level: keyof typeof LEVELS;
  readonly text: string;
  readonly errordetails?: string;
}

export interface TraceLogs {
  /** A trace log about a mailbox or a profile, as server-side synchronization writes it. */
  write(regarding: Row, trace: Trace): Row;
  failure(mailbox: Row, cause: Cause, direction: Direction): Row;
}

export function createTraceLogs(inside: Inside): TraceLogs {
  const wordings = file.parse(
    parse(readFileSync(join(import.meta.dirname, 'alerts.yaml'), 'utf8')),
  );
  const { rows } = inside;

  function write(regarding: Row, { level, text, errordetails }: Trace): Row {
    const values: Values = {
      level: LEVELS[level],
      text: text.slice(0, 2000),
      tracestatus: level === 'information',
      errordetails: errordetails ?? null,
      regardingobjectid: { table: regarding.table, id: regarding.id },
      regardingobjectownerid: regarding.values.ownerid ?? null,
    };
    const id = guidOf(`tracelog ${rows.version()}`);
    return rows.create('tracelog', id, values, inside.systemUserId);
  }

  return {
    write,
    failure(mailbox, cause, direction) {
      const { code, text } = wordings[cause][direction];
      const profile = mailbox.values.emailserverprofile;
      const profileRow = isReference(profile)
        ? rows.get('emailserverprofile', profile.id)
        : undefined;
      const named = text
        .replaceAll('{mailbox}', textOf(mailbox.values.name))
        .replaceAll('{profile}', textOf(profileRow?.values.name));
      return write(mailbox, { level: 'error', text: named, errordetails: code });
    },
  };
}
