export type { Cancel, Clock, Scheduler } from './scheduler.ts';
export { createTimerScheduler, type TimerSchedulerOptions } from './timer-scheduler.ts';
