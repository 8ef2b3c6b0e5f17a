import type { Problem } from '../observability/index.ts';
import type { Config } from './config.ts';
import { applicationOf } from './dataverse-settings.ts';
import { needed } from './needed.ts';
import type { Values } from './read-values.ts';
import { settings } from './settings.ts';

/** Where people come from; null when something is wrong, which `problems` then says. */
export function directoryOf(values: Values, problems: Problem[]): Config['directory'] | null {
  const kind = settings.DIRECTORY.schema.safeParse(values.DIRECTORY);
  if (!kind.success) return null;
  if (kind.data === 'static') {
    const file = needed('DIRECTORY_FILE', values, problems);
    return file === null ? null : { kind: 'static', file };
  }
  const application = applicationOf(values, problems);
  return application === null ? null : { kind: 'graph', application };
}
