export { createNotifications, type NotificationsOptions } from './create-notifications.ts';
export type { DeliveryAnswer, Messenger } from './messenger.ts';
export type { Notifications } from './notifications.ts';
export { enqueueSend } from './outbox.ts';
export { createTeamsRateLimit } from './rate-limit.ts';
