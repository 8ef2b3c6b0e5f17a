import type { ActionRefusal } from '../sync-engine.ts';
import type { Written } from './web-api.ts';

type Refused = Extract<Written, { readonly kind: 'refused' }>;

/** Not a user of the organization, disabled there, without any role. */
const WITHOUT_ACCESS: readonly string[] = ['0x80072560', '0x80040225', '0x80042f09'];

/** Why Dynamics 365 did not write a mailbox or a profile; the code leads to the article about it. */
export function refusalOf({ status, code, message }: Refused): ActionRefusal {
  const reply = code === '' ? message : `${message} (${code})`;
  if (status !== 403) return { kind: 'refused', reply };
  const lacks = WITHOUT_ACCESS.includes(code.toLowerCase()) ? 'access' : 'privilege';
  return { kind: 'not-permitted', lacks, reply };
}
