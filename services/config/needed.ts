import type { Problem } from '../observability/index.ts';
import { problemOf, type Values } from './read-values.ts';
import type { SettingName } from './settings.ts';

/** A setting that others make necessary; null when it is not there, which `problems` then says. */
export function needed(name: SettingName, values: Values, problems: Problem[]): string | null {
  const value = values[name];
  if (value !== undefined) return value;
  if (!problems.some(({ path }) => path === name)) problems.push(problemOf(name, 'is not set'));
  return null;
}
