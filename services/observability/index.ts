export { AppError, asAppError, type ErrorCode, errorCatalogue } from './errors.ts';
export { createLog, type Log, type LogFields } from './log.ts';
export type { Problem } from './problem.ts';
export { type Secret, secretOf } from './secret.ts';
