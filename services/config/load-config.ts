import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Problem, secretOf } from '../observability/index.ts';
import type { Config } from './config.ts';
import { REFUSED_OVERRIDES, SECRET_SETTINGS, type SettingName, settings } from './settings.ts';

export type LoadedConfig =
  | { readonly kind: 'loaded'; readonly config: Config }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

type Environment = Readonly<Record<string, string | undefined>>;

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
    if (present(env[name]) === undefined) continue;
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
  const parsed = schema.safeParse(values);
  if (!parsed.success) {
    const unread = new Set(problems.map((one) => one.path));
    for (const issue of parsed.error.issues) {
      const name = String(issue.path[0]) as SettingName;
      if (unread.has(name)) continue;
      problems.push(
        problemOf(name, present(values[name]) === undefined ? 'is not set' : issue.message),
      );
    }
    return { kind: 'invalid', problems };
  }
  const value = parsed.data;
  if (problems.length > 0) return { kind: 'invalid', problems };
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
      engine: { kind: value.ENGINE, file: value.ENGINE_FILE },
      directory: { kind: value.DIRECTORY, file: value.DIRECTORY_FILE },
      metricsToken: value.METRICS_TOKEN === undefined ? null : secretOf(value.METRICS_TOKEN),
    },
  };
}

/** Empty means unset, as in an .env file that lists a name without a value. */
function present(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value;
}

function readValues(env: Environment, problems: Problem[]): Record<string, string | undefined> {
  const values: Record<string, string | undefined> = {};
  for (const name of Object.keys(settings) as SettingName[]) values[name] = present(env[name]);
  for (const name of SECRET_SETTINGS) {
    const path = present(env[`${name}_FILE`]);
    if (path === undefined) continue;
    if (values[name] !== undefined) {
      problems.push(problem(name, `is set together with ${name}_FILE`, 'Keep one of them.'));
      continue;
    }
    try {
      values[name] = readFileSync(path, 'utf8').trim();
    } catch {
      problems.push(
        problem(
          name,
          `cannot be read from ${path} (${name}_FILE)`,
          'Check the path and its permissions.',
        ),
      );
    }
  }
  return values;
}

function problemOf(name: SettingName, what: string): Problem {
  const { purpose, example } = settings[name];
  return problem(
    name,
    what,
    `Set ${name}: ${purpose}.${example === '' ? '' : ` Example: ${name}=${example}`}`,
  );
}

function problem(path: string, what: string, remedy: string): Problem {
  return { where: 'environment', path, what, remedy };
}
