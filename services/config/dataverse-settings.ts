import { addressObjection } from '../domain/dataverse-address.ts';
import type { EntraApplication } from '../entra/index.ts';
import { type Problem, secretOf } from '../observability/index.ts';
import type { Config } from './config.ts';
import { needed } from './needed.ts';
import { onPremisesOf } from './on-premises-settings.ts';
import { problem, type Values } from './read-values.ts';
import { settings } from './settings.ts';

type Dataverse = Extract<
  Config['engine'],
  { kind: 'dataverse' } | { kind: 'dataverse-on-premises' }
>;

/** Which organization, and who asks it; null when something is wrong, which `problems` then says. */
export function dataverseOf(values: Values, problems: Problem[]): Dataverse | null {
  const how = authenticationOf(values);
  const lookAt = settings.LOOK_AT_SERVERS.schema.safeParse(values.LOOK_AT_SERVERS);
  if (how === 'adfs' || how === 'ntlm') {
    const onPremises = onPremisesOf(how, values, problems);
    return onPremises && lookAt.success ? { ...onPremises, lookAt: lookAt.data } : null;
  }
  const address = needed('DATAVERSE_URL', values, problems);
  const application = applicationOf(values, problems);
  const key = values.WEBHOOK_KEY;
  if (address === null || application === null || !URL.canParse(address)) return null;
  if (!lookAt.success) return null;
  const url = new URL(address);
  const objection = addressObjection(url, 'online');
  if (objection !== undefined) {
    const remedy =
      'Give the address that people open Dynamics 365 at, as in https://contoso.crm4.dynamics.com, ' +
      'and nothing behind the host.';
    problems.push(problem('DATAVERSE_URL', objection, remedy));
    return null;
  }
  return {
    kind: 'dataverse',
    url,
    application,
    webhookKey: key === undefined ? null : secretOf(key),
    lookAt: lookAt.data,
  };
}

/** The application user; Microsoft Graph is asked as the same one. */
export function applicationOf(values: Values, problems: Problem[]): EntraApplication | null {
  const clientId = needed('DATAVERSE_CLIENT_ID', values, problems);
  const credential = credentialOf(values, problems);
  const tenantId = values.MicrosoftAppTenantId;
  if (clientId === null || credential === null || tenantId === undefined) return null;
  return { tenantId, clientId, credential };
}

/** Undefined for a value that is none, which the schema says. */
function authenticationOf(values: Values) {
  const { schema } = settings.DATAVERSE_AUTHENTICATION;
  return schema.safeParse(values.DATAVERSE_AUTHENTICATION).data;
}

function credentialOf(values: Values, problems: Problem[]): EntraApplication['credential'] | null {
  const how = authenticationOf(values);
  if (how === undefined) return null;
  if (how === 'managed-identity') return { kind: 'managed-identity' };
  const { DATAVERSE_CLIENT_SECRET: secret, DATAVERSE_CLIENT_CERTIFICATE: certificate } = values;
  if (secret !== undefined && certificate !== undefined) {
    const what = 'is set together with DATAVERSE_CLIENT_CERTIFICATE';
    problems.push(problem('DATAVERSE_CLIENT_SECRET', what, 'Keep one of them.'));
    return null;
  }
  if (certificate !== undefined) return { kind: 'certificate', pem: secretOf(certificate) };
  const given = needed('DATAVERSE_CLIENT_SECRET', values, problems);
  return given === null ? null : { kind: 'secret', secret: secretOf(given) };
}
