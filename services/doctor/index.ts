export type { Examined, Outcome } from './check.ts';
export { CHECKS } from './checks.ts';
export { examine } from './examine.ts';
export { createPatient } from './patient.ts';
export { settingsFound } from './settings-found.ts';
