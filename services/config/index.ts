export type { Config } from './config.ts';
export { loadConfig } from './load-config.ts';
export { packageRoot } from './package-root.ts';
export { settings } from './settings.ts';
