export type { Config, EngineConfig } from './config.ts';
export { loadConfig } from './load-config.ts';
export { loadEngineConfig } from './load-engine-config.ts';
export { packageRoot } from './package-root.ts';
export { settings } from './settings.ts';
