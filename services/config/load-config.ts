import { z } from 'zod';
import { type Problem, secretOf } from '../observability/index.ts';
import type { Config } from './config.ts';
import { directoryOf } from './directory-settings.ts';
import { engineOf } from './engine-settings.ts';
import { refuseWhatIsNotYet } from './not-yet.ts';
import { type Environment, isSet, problem, problemOf, readValues } from './read-values.ts';
import { REFUSED_OVERRIDES, type SettingName, settings } from './settings.ts';

export type LoadedConfig =
  | { readonly kind: 'loaded'; readonly config: Config }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

const schema = z.object(
  Object.fromEntries(Object.entries(settings).map(([name, setting]) => [name, setting.schema])) as {
    [Name in SettingName]: (typeof settings)[Name]['schema'];
  },
);

/** Checks all settings and reports every problem at once. Reads only NAME_FILE files. */
export function loadConfig(env: Environment): LoadedConfig {
  const problems: Problem[] = [];
  const values = readValues(env, problems);
  for (const name of REFUSED_OVERRIDES) {
    if (!isSet(env[name])) continue;
    problems.push(
      problem(
        name,
        'redirects the Bot Framework’s sign-in',
        'Remove it: this bot only trusts Microsoft’s public cloud.',
      ),
    );
  }
  if (values.MicrosoftAppType !== 'UserAssignedMSI' && values.MicrosoftAppPassword === undefined) {
    const unread = problems.some((one) => one.path === 'MicrosoftAppPassword');
    if (!unread) problems.push(problemOf('MicrosoftAppPassword', 'is not set'));
  }
  refuseWhatIsNotYet(values, problems);
  const engine = engineOf(values, problems);
  const directory = directoryOf(values, problems);
  const parsed = schema.safeParse(values);
  if (!parsed.success) {
    const unread = new Set(problems.map((one) => one.path));
    for (const issue of parsed.error.issues) {
      const name = String(issue.path[0]) as SettingName;
      if (unread.has(name)) continue;
      problems.push(problemOf(name, values[name] === undefined ? 'is not set' : issue.message));
    }
    return { kind: 'invalid', problems };
  }
  const value = parsed.data;
  if (problems.length > 0 || engine === null || directory === null) {
    return { kind: 'invalid', problems };
  }
  return {
    kind: 'loaded',
    config: {
      port: value.PORT,
      host: value.HOST,
      dataDirectory: value.DATA_DIR,
      bot: {
        appId: value.MicrosoftAppId,
        appType: value.MicrosoftAppType,
        tenantId: value.MicrosoftAppTenantId,
        password:
          value.MicrosoftAppPassword === undefined ? null : secretOf(value.MicrosoftAppPassword),
        allowedTenants: value.ALLOWED_TENANTS ?? [value.MicrosoftAppTenantId],
      },
      engine,
      directory,
      oauthConnection: value.OAUTH_CONNECTION_NAME ?? null,
      metricsToken: value.METRICS_TOKEN === undefined ? null : secretOf(value.METRICS_TOKEN),
    },
  };
}
