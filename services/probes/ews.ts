import { setTimeout as sleep } from 'node:timers/promises';
import type { Instant } from '../domain/time.ts';
import { openConnection } from './connect.ts';
import { createEntraTokens, type EntraTokens } from './entra-token.ts';
import { createEwsLocations, type EwsLocations } from './ews-location.ts';
import { type EwsMailbox, type EwsMessage, ewsMailbox, type FolderName } from './ews-mailbox.ts';
import { signInOver } from './ews-sign-in.ts';
import { createHttpChannel, portOf } from './http-channel.ts';
import { HttpRefusal } from './http-refusal.ts';
import type { ExchangeAccess, MessageSender, Probe, ProbeRequest } from './probe.ts';
import { arrivalsSince, lookFrom } from './received-since.ts';
import { runSession, type Session, type SessionRequest, type SessionYield } from './session.ts';
import type { Trust } from './tls.ts';

const NOTHING_RECEIVED: SessionYield = { lastSeenUid: null, messageCount: null };
const TO_SYNCHRONIZE: readonly FolderName[] = ['calendar', 'contacts', 'tasks'];

/** Delivery within one server takes a moment; longer than this a test need not stand and wait. */
const LONGEST_SEARCH_MS = 20_000;
const SEARCH_PAUSES_MS = [0, 500, 1_000, 2_000, 4_000];

/** Exchange on premises through Exchange Web Services (mail-probe.md §6). */
export function createEwsProbe(trust: Trust): Probe & MessageSender {
  const shared: Shared = { tokens: createEntraTokens(), locations: createEwsLocations() };
  return {
    protocol: 'ews',
    run: (request) =>
      runSession({ protocol: 'ews', purpose: 'test', request, trust }, (session) =>
        inMailbox(session, request, shared, (mailbox) => synchronize(session, request, mailbox)),
      ),
    send: (request) =>
      runSession({ protocol: 'ews', purpose: 'send', request, trust }, (session) =>
        inMailbox(session, request, shared, async (mailbox) => {
          await open(session, mailbox, ['inbox']);
          await submit(session, mailbox, request.message);
          return NOTHING_RECEIVED;
        }),
      ),
  };
}

interface Shared {
  readonly tokens: EntraTokens;
  readonly locations: EwsLocations;
}

async function inMailbox(
  session: Session,
  request: SessionRequest,
  { tokens, locations }: Shared,
  work: (mailbox: EwsMailbox) => Promise<SessionYield>,
): Promise<SessionYield> {
  const { address, credentials } = request;
  const { stages } = session;
  const access = request.exchange ?? accessAt(request);
  stages.enter('resolve');
  const url = await locations
    .find(session, { access, address, credentials, tokens })
    .catch((error: unknown) => {
      // Somebody was found and did not let us in: that is no trouble with names.
      if (error instanceof HttpRefusal && error.statusCode === 401) stages.enter('authenticate');
      throw error;
    });
  try {
    const target = new URL(url);
    const endpoint = {
      protocol: 'ews',
      host: target.hostname,
      port: portOf(target.port, target.protocol),
      tls: target.protocol === 'https:' ? 'implicit' : 'none',
    } as const;
    session.headFor(endpoint);
    const socket = await openConnection(session, endpoint, {
      ...stages,
      // It runs already: finding the server is part of it.
      enter: (stage) => (stage === 'resolve' ? undefined : stages.enter(stage)),
    });
    stages.skip('greeting');
    stages.enter('authenticate');
    if ('userName' in credentials) stages.note('user-name', credentials.userName);
    if (credentials.kind === 'client-credentials') stages.note('user-name', credentials.clientId);
    const channel = signInOver({
      session,
      channel: createHttpChannel(session, socket),
      credentials,
      authentication: access.authentication,
      tokens,
    });
    return await work(
      ewsMailbox({
        channel,
        url,
        address,
        impersonation: access.impersonation,
        schema: access.schema,
        note: stages.note,
      }),
    );
  } catch (error) {
    // What was found may have moved; the next test looks again.
    locations.forget(access, address);
    throw error;
  }
}

/** A profile that says nothing but a host name. */
function accessAt({ endpoint: { host, port, tls }, credentials }: SessionRequest): ExchangeAccess {
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    url: `${tls === 'none' ? 'http' : 'https'}://${name}:${port}/EWS/Exchange.asmx`,
    autodiscoverUrl: null,
    authentication: credentials.kind === 'password' ? 'ntlm' : 'oauth',
    impersonation: false,
    schema: 'Exchange2013_SP1',
  };
}

async function synchronize(
  session: Session,
  request: ProbeRequest,
  mailbox: EwsMailbox,
): Promise<SessionYield> {
  const { stages } = session;
  switch (request.direction) {
    case 'incoming': {
      const messageCount = await open(session, mailbox, ['inbox']);
      stages.note('message-count', String(messageCount ?? 0));
      stages.enter('exchange');
      const inbox = await mailbox.listInbox(lookFrom(request.lastSeenUid));
      const passwordEndsAt =
        request.askPasswordEnd === true ? await passwordEnd(session, mailbox) : null;
      return {
        ...arrivalsSince(request.lastSeenUid, inbox),
        messageCount,
        ...(passwordEndsAt !== null && { passwordEndsAt }),
      };
    }
    case 'outgoing': {
      await open(session, mailbox, ['inbox']);
      if (request.testMessage === null) {
        stages.skip('exchange');
        return NOTHING_RECEIVED;
      }
      const { messageId } = request.testMessage;
      await submit(session, mailbox, { ...request.testMessage, to: [request.address] });
      const sentAtMs = performance.now();
      if (await arrives(session, mailbox, messageId)) {
        stages.note('folder', 'inbox');
        stages.note('found-after', String(Math.round(performance.now() - sentAtMs)));
      } else stages.note('hint', 'not-seen-yet');
      return NOTHING_RECEIVED;
    }
    case 'act':
      await open(session, mailbox, TO_SYNCHRONIZE);
      stages.enter('exchange');
      await mailbox.listNewest(TO_SYNCHRONIZE);
      return NOTHING_RECEIVED;
  }
}

/** A server that does not know the call, or does not say, has not failed. */
async function passwordEnd({ deadline }: Session, mailbox: EwsMailbox): Promise<Instant | null> {
  const endsAt = await mailbox.passwordEndsAt().catch(() => null);
  deadline.signal.throwIfAborted();
  return endsAt;
}

/** Stages `authenticate` and `authorise` are one call: who we are and whether we may are one answer. */
async function open(
  { stages }: Session,
  mailbox: EwsMailbox,
  names: readonly FolderName[],
): Promise<number | null> {
  const folders = await mailbox.openFolders(names, () => stages.enter('authorise'));
  for (const { name } of folders) stages.note('folder', name);
  return folders[0]?.itemCount ?? null;
}

async function submit(session: Session, mailbox: EwsMailbox, message: EwsMessage): Promise<void> {
  session.stages.enter('exchange');
  session.stages.note('message-id', message.messageId);
  await mailbox.send(message);
}

/** Accepted is not delivered. That it is not found is no failure of sending, and is said as it is. */
async function arrives(
  { deadline }: Session,
  mailbox: EwsMailbox,
  messageId: string,
): Promise<boolean> {
  const endsWithMs = Math.max(
    deadline.remainingMs() / 2,
    deadline.remainingMs() - LONGEST_SEARCH_MS,
  );
  for (let turn = 0; deadline.remainingMs() > endsWithMs; turn += 1) {
    const pause = SEARCH_PAUSES_MS[turn] ?? SEARCH_PAUSES_MS.at(-1) ?? 0;
    await deadline.within(
      sleep(Math.min(pause, deadline.remainingMs() - endsWithMs), undefined, {
        signal: deadline.signal,
      }),
    );
    const isThere = await mailbox.hasReceived(messageId).catch(() => false);
    deadline.signal.throwIfAborted();
    if (isThere) return true;
  }
  return false;
}
