import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '../observability/index.ts';

/** Folder of package.json above `from`: the same for the sources and for the built program in dist/. */
export function packageRoot(from: string = import.meta.dirname): string {
  if (existsSync(join(from, 'package.json')) && existsSync(join(from, 'data'))) return from;
  const parent = dirname(from);
  if (parent === from) {
    throw new AppError('config-invalid', 'no package.json with a data folder beside it was found');
  }
  return packageRoot(parent);
}
