import type { Value, Values } from './row.ts';

const FLAGS = {
  password: 'ispasswordset',
  incomingpassword: 'isincomingpasswordset',
  outgoingpassword: 'isoutgoingpasswordset',
} as const;

/** All that can be read of a password is whether there is one. */
export function withPasswordFlags(values: Values): Values {
  const flags: Record<string, Value> = {};
  for (const [password, flag] of Object.entries(FLAGS)) {
    if (password in values) flags[flag] = values[password] !== null;
  }
  return { ...values, ...flags };
}
