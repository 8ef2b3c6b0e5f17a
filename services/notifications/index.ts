export type { DeliveryAnswer, Messenger } from './messenger.ts';
export type { Notifications } from './notifications.ts';
