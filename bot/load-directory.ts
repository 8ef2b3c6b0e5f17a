import type { Config } from '../services/config/index.ts';
import { loadStaticDirectory } from '../services/directory/index.ts';
import { AppError } from '../services/observability/index.ts';

/** People and their roles, from where the settings say. */
export async function loadDirectory({
  directory,
}: Pick<Config, 'directory'>): ReturnType<typeof loadStaticDirectory> {
  if (directory.kind === 'static') return loadStaticDirectory(directory.file);
  throw new AppError('config-invalid', 'DIRECTORY=graph is not in this version');
}
