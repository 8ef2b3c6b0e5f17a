import { type Problem, secretOf } from '../observability/index.ts';
import type { Config } from './config.ts';
import { dataverseOf } from './dataverse-settings.ts';
import { needed } from './needed.ts';
import { problem, type Values } from './read-values.ts';
import { type SettingName, settings } from './settings.ts';

/** Which engine, with what that one needs; null when something is wrong, which `problems` then says. */
export function engineOf(values: Values, problems: Problem[]): Config['engine'] | null {
  const kind = settings.ENGINE.schema.safeParse(values.ENGINE);
  if (!kind.success) return null;
  if (kind.data === 'embedded') {
    const file = needed('ENGINE_FILE', values, problems);
    return file === null ? null : { kind: 'embedded', file };
  }
  if (kind.data === 'dataverse') return dataverseOf(values, problems);
  const address = needed('ENGINE_URL', values, problems);
  const key = needed('ENGINE_KEY', values, problems);
  if (address === null || key === null || !URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    refuseWithoutTls('ENGINE_URL', 'is not encrypted', values, problems);
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    problems.push(
      problem(
        'ENGINE_URL',
        'holds more than an address',
        'Leave out user names, queries and fragments; the key goes into ENGINE_KEY.',
      ),
    );
  }
  return { kind: 'remote', url, key: secretOf(key) };
}

/** The key and everything that is asked for would cross the network readable. */
export function refuseWithoutTls(
  name: SettingName,
  what: string,
  values: Values,
  problems: Problem[],
): void {
  if (values.ENGINE_PLAIN_HTTP === 'allowed') return;
  const remedy =
    'Put a proxy with TLS on the engine’s machine and use https; or, in a network that you trust, ' +
    'set ENGINE_PLAIN_HTTP=allowed on both sides.';
  problems.push(problem(name, what, remedy));
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d+){3}$/.test(host);
}
