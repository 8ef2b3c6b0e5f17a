import type { AdaptiveCard } from '../../cards/index.ts';
import type { ConversationLink } from '../../services/domain/conversation.ts';
import type { Language } from '../../services/domain/language.ts';
import type { Person } from '../../services/domain/person.ts';
import type { TextKey, Translator } from '../../services/i18n/index.ts';
import type { Viewer } from '../present/index.ts';
import type { SignInWanted } from './actions/action.ts';
import type { SentFile } from './sent-files.ts';
import type { Shown } from './shown.ts';
import type { Account } from './sign-in/token-service.ts';

/** A person who wants something, and for whom the answer is drawn. */
export interface Asker {
  readonly person: Person;
  readonly account: Account;
  /** This very wish came with a sign-in. */
  readonly hasJustSignedIn: boolean;
  /** The person alone, or everybody in a shared conversation. */
  readonly viewer: Viewer;
  readonly scope: ConversationLink['scope'];
  readonly conversationId: string;
  readonly t: Translator;
  /** Equal when the channel repeats what was said or pressed. */
  readonly idempotencyKey: string;
  readonly traceId: string;
}

/** One message of a person, and the way to answer it. Lives no longer than its turn. */
export interface Turn extends Asker {
  /** What they wrote, mentions of the bot removed. */
  readonly text: string;
  readonly files: readonly SentFile[];
  readonly sentPicture: boolean;
  /** The same turn, answered in the language that was asked in, unless the person chose one. */
  speaking(language: Language | null): Turn;
  /** A card that shows something is kept true from now on. */
  reply(card: AdaptiveCard, shown?: Shown | null): Promise<void>;
  /** What they want is done when they have signed in. */
  askToSignIn(answer: SignInWanted | 'to-be-signed-in'): Promise<void>;
  /** One sentence beside the cards. */
  say(key: TextKey): Promise<void>;
  /** Shows that an answer is being worked on; fails silently. */
  typing(): Promise<void>;
}
