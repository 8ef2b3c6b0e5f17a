export type { Examined, Outcome } from './check.ts';
export { CHECKS } from './checks.ts';
export { examine } from './examine.ts';
export { createPatient, type PatientOptions } from './patient.ts';
export { settingsFound } from './settings-found.ts';
