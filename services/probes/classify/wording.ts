/** What servers say in plain words where the protocol gives no code. Compared in lower case, never by pattern. */

export const TOO_MANY = [
  'too many',
  'connection limit',
  'connections limit',
  'connections exceeded',
  'concurrent connections',
  'throttl',
  'rate limit',
  'bandwidth limit',
  'limit exceeded',
];

const PASSING = [
  'temporar',
  'try again',
  'try later',
  'too many',
  'in use',
  'locked by',
  'unavailable',
  'internal error',
  'server error',
  'system problem',
  'server busy',
  'server is busy',
];
/** Exchange answers so while its back end is busy. */
const WRONG_STATE = 'not valid in this state';
/** Postfix's parenthesis around an unknown reason holds a word of the list above. */
const NOT_PASSING = 'reason unavailable';

export function saysAny(reply: string, phrases: readonly string[]): boolean {
  const words = reply.toLowerCase();
  return phrases.some((phrase) => words.includes(phrase));
}

export function isPassing(reply: string): boolean {
  const words = reply.toLowerCase().replaceAll(NOT_PASSING, '');
  return words.includes(WRONG_STATE) || PASSING.some((phrase) => words.includes(phrase));
}

export function isExpiredPassword(reply: string): boolean {
  const words = reply.toLowerCase();
  return words.includes('password') && words.includes('expired') && !words.includes('token');
}

export function wantsApplicationPassword(reply: string): boolean {
  return saysAny(reply, ['application-specific password', 'app password', 'application password']);
}
