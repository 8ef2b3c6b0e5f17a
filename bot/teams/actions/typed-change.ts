import { z } from 'zod';
import type { ProfileChange, ProfilePart } from '../../../services/domain/set-up-change.ts';
import type { TypedChange } from '../../present/index.ts';

const line = (longest: number) => z.string().trim().max(longest).catch('').default('');
const fields = z.object({
  url: line(2_084),
  host: line(253),
  usual: line(20),
  port: line(5),
});

/** As a form sent it; what is too long or no text at all is nothing. */
export function typedChange(raw: Readonly<Record<string, string>>): TypedChange {
  return fields.parse(raw);
}

/** Null where it is no change at all; whether it may be made, the engine says. */
export function changeOf(part: ProfilePart, typed: TypedChange): ProfileChange | null {
  if (part === 'location') {
    return typed.url === '' ? null : { kind: 'fix-location', url: typed.url };
  }
  const chosen = /^(\d{1,5}) (implicit|starttls)$/.exec(typed.usual);
  const [, usualPort, mode] = chosen ?? [];
  const port = typed.port === '' ? usualPort : /^\d{1,5}$/.exec(typed.port)?.[0];
  if (typed.host === '' || port === undefined || mode === undefined) return null;
  const number = Number(port);
  if (number < 1 || number > 65_535) return null;
  const tls = mode === 'implicit' ? 'implicit' : 'starttls';
  return { kind: 'set-endpoint', side: part, host: typed.host, port: number, tls };
}
