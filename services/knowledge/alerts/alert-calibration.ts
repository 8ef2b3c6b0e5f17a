import type { AlertCalibration } from './probability.ts';

/** Fitted, not set: `npx tsx test/bench/fit-alert-calibration.ts` says what to write here. */
export const ALERT_CALIBRATION: AlertCalibration = { bias: -10.73, fit: 22.06, margin: 0.66 };
