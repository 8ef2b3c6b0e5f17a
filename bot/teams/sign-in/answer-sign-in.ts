import { type InvokeResponse, TurnContext } from 'botbuilder';
import { asAppError } from '../../../services/observability/index.ts';
import type { BotServices } from '../bot-services.ts';
import { emptyAnswer } from '../invoke-answer.ts';
import { askerOf, type Visitor } from '../sdk-turn.ts';
import type { Asker } from '../turn.ts';
import type { TurnFollowUp } from '../turn-follow-up.ts';
import { writtenText } from '../written-text.ts';
import { askToSignIn } from './ask-to-sign-in.ts';
import { fulfilWish } from './fulfil-wish.ts';
import type { Brought, SignIn, Trouble } from './sign-in.ts';
import { broughtByCode, broughtByExchange } from './what-was-brought.ts';
import { takeWish, wishOf } from './wishes.ts';

export const SIGN_IN_INVOKES = [
  'signin/tokenExchange',
  'signin/verifyState',
  'signin/failure',
] as const;

/** Clients go on by themselves after these, and ask for what is missing. */
const GOES_ON: readonly string[] = ['userconsentrequired', 'interactionrequired'];

interface Signing {
  readonly context: TurnContext;
  readonly visitor: Visitor;
  readonly asker: Asker;
  readonly signIn: SignIn;
  readonly followUp: TurnFollowUp;
  readonly services: BotServices;
}

/** What a client tells after a message has asked its person to sign in. */
export async function answerSignIn(
  context: TurnContext,
  visitor: Visitor,
  followUp: TurnFollowUp,
  services: BotServices,
): Promise<InvokeResponse> {
  const { signIn } = services;
  if (signIn === null) return emptyAnswer;
  const { name, value } = context.activity as { readonly name?: string; readonly value?: unknown };
  const asker = askerOf(context, visitor, services);
  const signing = { context, visitor, asker, signIn, followUp, services };
  if (name === 'signin/failure') return failed(signing, value);
  if (name === 'signin/tokenExchange') return exchanged(signing, value);
  const { state } = (value ?? {}) as { readonly state?: unknown };
  const brought = broughtByCode(state);
  return brought === null ? emptyAnswer : verified(signing, brought);
}

/**
 * Where the sign-in page could not hand its code to Teams, it asks its person to type it. Only
 * somebody who has been asked to sign in means a code by six digits; false: it is none.
 */
export async function answerTypedCode(
  context: TurnContext,
  visitor: Visitor,
  followUp: TurnFollowUp,
  services: BotServices,
): Promise<boolean> {
  const { signIn } = services;
  const code = writtenText(context.activity);
  if (signIn === null || !/^\d{6}$/.test(code)) return false;
  const asker = askerOf(context, visitor, services);
  if ((await wishOf(asker, services)) === undefined) return false;
  await verified({ context, visitor, asker, signIn, followUp, services }, { kind: 'code', code });
  return true;
}

/** Every client of a person sends this: each needs its answer, one does what was wanted. */
async function exchanged(signing: Signing, value: unknown): Promise<InvokeResponse> {
  const { signIn, asker } = signing;
  const { connectionName } = signIn;
  const request = broughtByExchange(value, connectionName);
  if (request === null) return emptyAnswer;
  const done = await signIn.complete(whoeverIs(asker), request.brought);
  if (done === 'signed-in') return goOn(signing);
  if (done === 'not-exchanged') {
    const failureDetail = asker.t('sign-in.ask.not-exchanged');
    return { status: 412, body: { id: request.id, connectionName, failureDetail } };
  }
  return explain(signing, done);
}

async function verified(signing: Signing, brought: Brought): Promise<InvokeResponse> {
  const done = await signing.signIn.complete(whoeverIs(signing.asker), brought);
  if (done === 'signed-in') return goOn(signing, 'say-so');
  return explain(signing, done);
}

/** Said by a client that could not sign its person in; most of these show nothing to anybody. */
async function failed(signing: Signing, value: unknown): Promise<InvokeResponse> {
  const { code } = (value ?? {}) as { readonly code?: unknown };
  const known = typeof code === 'string' && /^[a-z]{1,40}$/i.test(code) ? code.toLowerCase() : '';
  const { asker, services } = signing;
  services.log.warn('client-did-not-sign-in', { traceId: asker.traceId, code: known });
  if (GOES_ON.includes(known)) return emptyAnswer;
  // Each client tells it; the button is shown once.
  const wish = await wishOf(asker, services);
  return wish?.withButton === true ? emptyAnswer : explain(signing, 'not-exchanged');
}

async function explain(signing: Signing, trouble: Trouble): Promise<InvokeResponse> {
  const { context, asker, services } = signing;
  if (trouble === 'another-organization') {
    await context.sendActivity(asker.t('sign-in.ask.another-organization'));
    return emptyAnswer;
  }
  const wish = await wishOf(asker, services);
  const { wanted, idempotencyKey } = wish ?? {
    wanted: { kind: 'nothing' },
    idempotencyKey: asker.idempotencyKey,
  };
  await askToSignIn(context, { ...asker, idempotencyKey }, { wanted, why: trouble }, services);
  return emptyAnswer;
}

/** What was wanted takes longer than the client waits for its answer. */
async function goOn(signing: Signing, otherwise?: 'say-so'): Promise<InvokeResponse> {
  const { context, visitor, asker, followUp, services } = signing;
  const wish = await takeWish(asker, services);
  if (wish === null || wish === 'too-late') {
    if (wish === 'too-late') await context.sendActivity(asker.t('sign-in.too-late'));
    else if (otherwise === 'say-so') await context.sendActivity(asker.t('sign-in.done'));
    return emptyAnswer;
  }
  const reference = TurnContext.getConversationReference(context.activity);
  followUp.afterFlush.add(async () => {
    await followUp
      .resume(reference, (later) => fulfilWish(later, visitor, wish, followUp, services))
      .catch((error: unknown) => {
        const { traceId } = asker;
        services.log.error('wish-not-fulfilled', { traceId, reason: asAppError(error).code });
      });
  });
  return emptyAnswer;
}

function whoeverIs({ person, account }: Asker) {
  return { personId: person.id, account };
}
