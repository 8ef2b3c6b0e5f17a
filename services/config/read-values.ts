import { readFileSync } from 'node:fs';
import type { Problem } from '../observability/index.ts';
import { SECRET_SETTINGS, type SettingName, settings } from './settings.ts';

export type Environment = Readonly<Record<string, string | undefined>>;
export type Values = { [Name in SettingName]?: string | undefined };

export function isSet(value: string | undefined): boolean {
  return present(value) !== undefined;
}

/** Empty means unset, as in an .env file that lists a name without a value. */
function present(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value;
}

export function readValues(env: Environment, problems: Problem[]): Values {
  const values: Values = {};
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

export function problemOf(name: SettingName, what: string): Problem {
  const { purpose, example } = settings[name];
  return problem(
    name,
    what,
    `Set ${name}: ${purpose}.${example === '' ? '' : ` Example: ${name}=${example}`}`,
  );
}

export function problem(path: string, what: string, remedy: string): Problem {
  return { where: 'environment', path, what, remedy };
}
