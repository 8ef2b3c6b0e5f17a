import { READ_TABLES } from '../sync-engine/index.ts';
import type { Check } from './check.ts';
import { approval } from './checks/approval.ts';
import { bot } from './checks/bot.ts';
import { CHANGE_TRACKING } from './checks/change-tracking.ts';
import { clock } from './checks/clock.ts';
import { engine } from './checks/engine.ts';
import { graph } from './checks/graph.ts';
import { leastPrivilege } from './checks/least-privilege.ts';
import { oauthConnection } from './checks/oauth-connection.ts';
import { organization } from './checks/organization.ts';
import { reach } from './checks/reach.ts';
import { tableCheck } from './checks/table.ts';
import { token } from './checks/token.ts';
import { webhook } from './checks/webhook.ts';

/** In the order in which they are made: a check comes after those that it needs. */
export const CHECKS: readonly Check[] = [
  engine,
  token,
  organization,
  clock,
  ...READ_TABLES.map(tableCheck),
  reach,
  leastPrivilege,
  ...CHANGE_TRACKING,
  webhook,
  approval,
  graph,
  bot,
  oauthConnection,
];
