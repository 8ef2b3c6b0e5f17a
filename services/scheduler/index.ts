export type { Cancel, Clock, Scheduler } from './scheduler.ts';
export { createTimerScheduler } from './timer-scheduler.ts';
