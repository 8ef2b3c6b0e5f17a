import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  activityFrom,
  type CardJson,
  cardOf,
  messageFrom,
  post,
  pressFrom,
  type Sender,
  textsOf,
} from './activities.ts';
import type { LoopbackCloud, SentActivity } from './loopback-cloud.ts';
import { type Program, startProgram } from './program.ts';

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

/** The built program, the cloud's stand-in and people who talk to it. */
export interface StoryWorld {
  readonly cloud: LoopbackCloud;
  readonly program: Program;
  /** The cards that a message of this person was answered with. */
  say(person: Sender, text: string): Promise<readonly ShownCard[]>;
  /** The same for any activity that is not an invoke. */
  tell(activity: Record<string, unknown>): Promise<readonly ShownCard[]>;
  /** A client that is asked to sign its person in does so, and presses again. */
  press(person: Sender, button: Button, cardId: string): Promise<PressAnswer>;
  /** The next card in this person's chat, new or updated, that says all of this. */
  shown(person: Sender, words: readonly string[], more?: NextCard): Promise<ShownCard>;
  audit(): Promise<readonly AuditLine[]>;
  /** Kills the program without a word and starts it again on the same data. */
  crash(): Promise<void>;
  stop(): Promise<void>;
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

export interface StoryParts {
  readonly cloud: LoopbackCloud;
  readonly settings: Readonly<Record<string, string>>;
  /** What a person's client gets from Entra to sign in with; absent where nobody is asked to. */
  readonly authenticationOf?: (person: Sender) => object;
  /** Who has signed in before the story begins. */
  readonly signedIn?: readonly Sender[];
  /** Stops with the program. */
  readonly stop: () => Promise<void>;
}

const LOGIN_REQUEST = 'application/vnd.microsoft.activity.loginRequest';

export async function startStory(parts: StoryParts): Promise<StoryWorld> {
  const { cloud, settings, authenticationOf } = parts;
  let program = await startProgram(cloud, settings);

  const tell: StoryWorld['tell'] = async (activity) => {
    const from = cloud.sent.length;
    const { status } = await post(program.url, activity, await cloud.token());
    if (status !== 200) throw new Error(`the bot answered ${String(status)}`);
    // The request is answered when the turn is over, so all answers are here.
    const answers = cloud.sent.slice(from).filter(({ body }) => body.replyToId === activity.id);
    if (!answers.some(asksToSignIn)) return answers.flatMap((sent) => shownCard(sent) ?? []);
    return [await signedIn(activity.from as Sender & { readonly aadObjectId: string })];
  };

  async function signIn(person: Sender): Promise<void> {
    const value = authenticationOf?.(person);
    const exchange = activityFrom(person, { type: 'invoke', name: 'signin/tokenExchange', value });
    await post(program.url, exchange, await cloud.token());
  }

  /** What their client does with the card that asks them to; what they wanted is then answered. */
  async function signedIn({ name, aadObjectId: id }: Sender & { readonly aadObjectId: string }) {
    const person = { id, name };
    const from = cloud.sent.length;
    await signIn(person);
    return shownCard(await cloud.next(cardFor(person), from))!;
  }

  for (const person of parts.signedIn ?? []) await signIn(person);
  return {
    cloud,
    get program() {
      return program;
    },
    tell,
    say: (person, text) => tell(messageFrom(person, text)),
    async press(person, button, cardId) {
      if (button === null) throw new Error('there is no such button on the card');
      const press = async (brought: object = {}) => {
        const invoke = pressFrom(person, button, cardId);
        const value = { ...(invoke.value as object), ...brought };
        const { status, body } = await post(program.url, { ...invoke, value }, await cloud.token());
        return { status, ...(JSON.parse(body) as InvokeBody) };
      };
      const first = await press();
      const asked = first.type === LOGIN_REQUEST && authenticationOf !== undefined;
      const answer = asked ? await press({ authentication: authenticationOf(person) }) : first;
      const { status, statusCode, value: card } = answer;
      return { status, statusCode, card, says: textsOf(card) };
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
      await Promise.all([cloud.stop(), parts.stop()]);
    },
  };
}

const asksToSignIn = ({ body }: SentActivity): boolean =>
  (body.attachments as { readonly contentType: string }[] | undefined)?.some(
    ({ contentType }) => contentType === 'application/vnd.microsoft.card.oauth',
  ) === true;

interface InvokeBody {
  readonly statusCode: unknown;
  readonly type: string;
  readonly value: CardJson;
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
