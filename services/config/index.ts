export type { Config, EngineConfig } from './config.ts';
export { type LoadedConfig, loadConfig } from './load-config.ts';
export { loadEngineConfig } from './load-engine-config.ts';
export { packageRoot } from './package-root.ts';
export { settings } from './settings.ts';
