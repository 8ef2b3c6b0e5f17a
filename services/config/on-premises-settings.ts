import { addressObjection } from '../domain/dataverse-address.ts';
import type { OnPremisesSignIn } from '../entra/index.ts';
import { type Problem, secretOf } from '../observability/index.ts';
import type { Config } from './config.ts';
import { needed } from './needed.ts';
import { problem, type Values } from './read-values.ts';

type OnPremises = Omit<Extract<Config['engine'], { kind: 'dataverse-on-premises' }>, 'lookAt'>;

/** Which organization and as which account; null when something is wrong, which `problems` then says. */
export function onPremisesOf(
  how: OnPremisesSignIn['kind'],
  values: Values,
  problems: Problem[],
): OnPremises | null {
  const address = needed('DATAVERSE_URL', values, problems);
  const signIn = signInOf(how, values, problems);
  if (address === null || signIn === null || !URL.canParse(address)) return null;
  const url = new URL(address);
  const objection = addressObjection(url, 'on-premises');
  if (objection === undefined) return { kind: 'dataverse-on-premises', url, signIn };
  const remedy =
    'Give the https address that people open Dynamics 365 at, with the name of the organization ' +
    'behind it where that belongs to it.';
  problems.push(problem('DATAVERSE_URL', objection, remedy));
  return null;
}

function signInOf(
  kind: OnPremisesSignIn['kind'],
  values: Values,
  problems: Problem[],
): OnPremisesSignIn | null {
  const userName = needed('DATAVERSE_USER', values, problems);
  const password = needed('DATAVERSE_PASSWORD', values, problems);
  const client = kind === 'adfs' ? clientOf(values, problems) : undefined;
  if (userName === null || password === null || client === null) return null;
  const account = { userName, password: secretOf(password) };
  return client === undefined
    ? { kind: 'ntlm', ...account }
    : { kind: 'adfs', ...client, ...account };
}

function clientOf(
  values: Values,
  problems: Problem[],
): { readonly tokenUrl: URL; readonly clientId: string } | null {
  const address = needed('DATAVERSE_TOKEN_URL', values, problems);
  const clientId = needed('DATAVERSE_CLIENT_ID', values, problems);
  if (address === null || clientId === null || !URL.canParse(address)) return null;
  return { tokenUrl: new URL(address), clientId };
}
