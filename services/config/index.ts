export type { Config } from './config.ts';
export { type LoadedConfig, loadConfig } from './load-config.ts';
export { packageRoot } from './package-root.ts';
export { SECRET_SETTINGS, type SettingName, settings } from './settings.ts';
