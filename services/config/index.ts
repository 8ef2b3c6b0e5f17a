export type { Config, EngineConfig, EntraApplication } from './config.ts';
export { loadConfig } from './load-config.ts';
export { loadEngineConfig } from './load-engine-config.ts';
export { packageRoot } from './package-root.ts';
export { settings } from './settings.ts';
