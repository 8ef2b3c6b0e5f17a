import { join } from 'node:path';
import { packageRoot } from '../services/config/index.ts';
import type { Problem } from '../services/observability/index.ts';
import {
  loadRegistry,
  loadSwitchOffs,
  type Registry,
  type SwitchOff,
} from '../services/sync-engine/index.ts';

export interface EngineFiles {
  readonly registry: Registry;
  readonly switchOffs: readonly SwitchOff[];
}

export type LoadedEngineFiles =
  | { readonly kind: 'loaded'; readonly engineFiles: EngineFiles }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/** What the embedded engine reads before it starts: the administrator's file, and announced dates. */
export async function loadEngineFiles(
  file: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<LoadedEngineFiles> {
  const [registry, dates] = await Promise.all([
    loadRegistry(file, environment),
    loadSwitchOffs(join(packageRoot(), 'data')),
  ]);
  if (registry.kind === 'loaded' && dates.kind === 'loaded') {
    const engineFiles = { registry: registry.registry, switchOffs: dates.switchOffs };
    return { kind: 'loaded', engineFiles };
  }
  const problems = [registry, dates].flatMap((part) => ('problems' in part ? part.problems : []));
  return { kind: 'invalid', problems };
}
