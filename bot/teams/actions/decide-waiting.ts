import type { AuditedAction } from '../../../services/domain/audit.ts';
import type { WaitingChange } from '../../../services/domain/outgoing-message.ts';
import { epochMsOf, type Instant, instantOf } from '../../../services/domain/time.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import { type ActionAnswer, actionContext, answerShowing, signInAnswer } from './action.ts';
import { auditPress } from './audit-press.ts';
import { deciderOfWaiting } from './may-decide-waiting.ts';
import { isNotDone, refusedAnswer } from './refused-answer.ts';
import { showWaiting } from './show-waiting.ts';
import { startOf } from './start-of-day.ts';

const DEEDS = {
  held: { action: 'hold-messages', method: 'holdMessages' },
  released: { action: 'release-messages', method: 'releaseMessages' },
  cancelled: { action: 'cancel-messages', method: 'cancelMessages' },
} as const satisfies Record<WaitingChange, { action: AuditedAction; method: string }>;
const WISHES = { held: 'hold', released: 'release', cancelled: 'cancel' } as const;

export async function holdWaiting(
  asker: Asker,
  { mailboxId, day }: { readonly mailboxId: string; readonly day: string },
  services: BotServices,
): Promise<ActionAnswer> {
  // Without a choice there is nothing to do but to ask again.
  if (day === '') return showWaiting(asker, { mailboxId }, services);
  return decide(asker, mailboxId, 'held', startOf(day), services);
}

export async function releaseWaiting(
  asker: Asker,
  { mailboxId, day }: { readonly mailboxId: string; readonly day: string },
  services: BotServices,
): Promise<ActionAnswer> {
  if (day === '') return showWaiting(asker, { mailboxId }, services);
  return decide(asker, mailboxId, 'released', startOf(day), services);
}

/** What the second card asked about: messages from before a moment. */
export async function cancelWaiting(
  asker: Asker,
  { mailboxId, before }: { readonly mailboxId: string; readonly before: string },
  services: BotServices,
): Promise<ActionAnswer> {
  return decide(asker, mailboxId, 'cancelled', instantOf(epochMsOf(before)), services);
}

async function decide(
  pressing: Asker,
  mailboxId: string,
  change: WaitingChange,
  before: Instant | null,
  services: BotServices,
): Promise<ActionAnswer> {
  const { action, method } = DEEDS[change];
  // Another day on the same card is another wish.
  const asker = { ...pressing, idempotencyKey: `${pressing.idempotencyKey}:${before ?? 'all'}` };
  const decider = await deciderOfWaiting(asker, mailboxId, action, services);
  if (!decider.may) return decider.answer;
  const { id } = decider.context.mailbox;
  const answer = await services.engine[method](id, before, await actionContext(asker, services));
  if (answer.kind === 'sign-in-required') return signInAnswer(asker, services);
  if (answer.kind !== 'changed' && isNotDone(answer)) {
    const refused = { action, subject: id, outcome: 'failed', detail: answer.kind } as const;
    await auditPress(asker, refused, services);
    return refusedAnswer(answer, { wish: WISHES[change], mailboxId: id }, asker, services);
  }
  const count = answer.kind === 'changed' ? answer.count : 0;
  const outcome = count > 0 ? 'done' : 'no-change';
  const detail = `messages: ${count}, ${before === null ? 'all' : `before ${before}`}`;
  await auditPress(asker, { action, subject: id, outcome, detail }, services);
  const decided = answer.kind === 'changed' ? { change, count } : null;
  return answerShowing({ card: 'waiting', mailboxId: id, decided }, asker, services, [id]);
}
