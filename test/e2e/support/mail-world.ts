import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import { type EwsServer, startEwsServer } from '../../demo/servers/ews-server.ts';
import { type MailServers, startMailServers } from '../../demo/servers/index.ts';
import { leaveWaiting, type WaitingMessage } from '../../demo/waiting-messages.ts';
import { createTestCertificates } from '../../support/test-certificates.ts';
import {
  type CardJson,
  cardOf,
  messageFrom,
  post,
  pressFrom,
  type Sender,
  textsOf,
} from './activities.ts';
import { type LoopbackCloud, type SentActivity, startLoopbackCloud } from './loopback-cloud.ts';
import { DOMAIN, EXCHANGE, PASSWORDS, writeMailRegistry } from './mail-registry.ts';
import { type Program, startProgram } from './program.ts';
import { type SilentServer, startSilentServer } from './silent-server.ts';

/** A card as it stands in a conversation. */
export interface ShownCard {
  readonly card: CardJson;
  readonly activityId: string;
  readonly says: string;
}

export interface PressAnswer {
  /** Of HTTP. */
  readonly status: number;
  /** Of the universal action model, inside the body. */
  readonly statusCode: unknown;
  readonly card: CardJson;
  readonly says: string;
}

type Button = { readonly verb: string; readonly data: unknown } | null;

/** The built program with real mail servers, the cloud's stand-in and people who talk to it. */
export interface MailWorld {
  readonly cloud: LoopbackCloud;
  readonly servers: MailServers;
  /** The Exchange server of Elsa Ex, in a world that has one. */
  readonly exchange: EwsServer | null;
  /** The mail server of Tyra Tyst. */
  readonly silent: SilentServer;
  readonly program: Program;
  /** The cards that a message of this person was answered with. */
  say(person: Sender, text: string): Promise<readonly ShownCard[]>;
  /** The same for any activity that is not an invoke. */
  tell(activity: Record<string, unknown>): Promise<readonly ShownCard[]>;
  press(person: Sender, button: Button, cardId: string): Promise<PressAnswer>;
  /** The next card in this person's chat, new or updated, that says all of this. */
  shown(person: Sender, words: readonly string[], more?: NextCard): Promise<ShownCard>;
  audit(): Promise<readonly AuditLine[]>;
  /** Kills the program without a word and starts it again on the same data. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

export interface WorldOptions {
  readonly exchange?: boolean;
  /** Handed in before the program starts. */
  readonly waiting?: readonly WaitingMessage[];
  /** Starts an engine of its own process for this registry; gives the bot's settings for it. */
  readonly engine?: (registryFile: string) => Promise<Record<string, string>>;
}

export interface NextCard {
  readonly method?: 'POST' | 'PUT';
  /** Only what was sent after so many activities. */
  readonly from?: number;
}

export interface AuditLine {
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly outcome: string;
  readonly detail: string | null;
}

/** For one test: stops when the test ends, however it ends. */
export async function openMailWorld(
  { onTestFinished }: Pick<TestContext, 'onTestFinished'>,
  has: WorldOptions = {},
): Promise<MailWorld> {
  const world = await startMailWorld(has);
  onTestFinished(() => world.stop());
  return world;
}

export async function startMailWorld(has: WorldOptions = {}): Promise<MailWorld> {
  const [cloud, silent, servers, exchange] = await Promise.all([
    startLoopbackCloud(),
    startSilentServer(),
    startMailServers({ domain: DOMAIN, users: PASSWORDS }),
    has.exchange === true ? startExchange() : null,
  ]);
  const file = await writeMailRegistry(servers, silent.port, exchange);
  const settings = has.engine === undefined ? { ENGINE_FILE: file } : await has.engine(file);
  const kept = has.waiting === undefined ? {} : { DATA_DIR: await dataWith(has.waiting) };
  let program = await startProgram(cloud, { ...settings, ...kept });

  const tell: MailWorld['tell'] = async (activity) => {
    const from = cloud.sent.length;
    const { status } = await post(program.url, activity, await cloud.token());
    if (status !== 200) throw new Error(`the bot answered ${String(status)}`);
    // The request is answered when the turn is over, so all answers are here.
    return cloud.sent
      .slice(from)
      .filter(({ body }) => body.replyToId === activity.id)
      .flatMap((sent) => shownCard(sent) ?? []);
  };

  return {
    cloud,
    servers,
    exchange,
    silent,
    get program() {
      return program;
    },
    tell,
    say: (person, text) => tell(messageFrom(person, text)),
    async press(person, button, cardId) {
      if (button === null) throw new Error('there is no such button on the card');
      const answer = await post(
        program.url,
        pressFrom(person, button, cardId),
        await cloud.token(),
      );
      const body = JSON.parse(answer.body) as { statusCode: unknown; value: CardJson };
      const { statusCode, value: card } = body;
      return { status: answer.status, statusCode, card, says: textsOf(card) };
    },
    async shown(person, words, { method, from } = {}) {
      const sent = await cloud.next(
        (one) =>
          inChatOf(person, one) &&
          (method === undefined || one.method === method) &&
          words.every((word) => shownCard(one)?.says.includes(word)),
        from,
      );
      return shownCard(sent)!;
    },
    async audit() {
      const text = await readFile(join(program.dataDirectory, 'audit.jsonl'), 'utf8');
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => {
          const { entry, ...own } = JSON.parse(line) as AuditLine & { entry?: AuditLine };
          return entry ?? own;
        });
    },
    async crash() {
      const { dataDirectory } = program;
      await program.stop('SIGKILL');
      program = await startProgram(cloud, { ...settings, DATA_DIR: dataDirectory });
    },
    async stop() {
      await program.stop();
      await Promise.all([cloud.stop(), servers.stop(), silent.stop(), exchange?.stop()]);
    },
  };
}

async function dataWith(waiting: readonly WaitingMessage[]): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'medic-'));
  await leaveWaiting(directory, waiting);
  return directory;
}

async function startExchange(): Promise<EwsServer> {
  const { passwords, elsa, service } = EXCHANGE;
  return startEwsServer({
    certificates: await createTestCertificates(),
    users: { [elsa]: passwords['elsa.ex'], [service.address]: passwords.service },
    serviceAccount: service.address,
  });
}

/** For `cloud.refuseOnce` and `cloud.next`: cards, not typing indicators, in somebody's own chat. */
export function cardFor(person: Sender, method: 'POST' | 'PUT' = 'POST') {
  return (activity: SentActivity): boolean =>
    inChatOf(person, activity) && activity.method === method && cardOf(activity.body) !== null;
}

function inChatOf(person: Sender, { body }: SentActivity): boolean {
  const conversation = body.conversation as { readonly id?: unknown } | undefined;
  return conversation?.id === `a:${person.id}`;
}

function shownCard({ id, body }: SentActivity): ShownCard | null {
  const card = cardOf(body);
  return card === null ? null : { card, activityId: id, says: textsOf(card) };
}
