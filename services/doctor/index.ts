export type { Examined, Outcome } from './check.ts';
export { CHECKS } from './checks.ts';
export { examine } from './examine.ts';
export { createPatient, type Patient } from './patient.ts';
export type { Proof, Verdict } from './prove/assumption.ts';
export { ASSUMPTIONS } from './prove/assumptions.ts';
export { prove } from './prove/prove.ts';
export { redacted } from './prove/redacted.ts';
export { settingsFound } from './settings-found.ts';
