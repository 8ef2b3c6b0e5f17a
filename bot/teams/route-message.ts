import { noMatchCard } from '../../cards/index.ts';
import { findMailboxes } from '../present/index.ts';
import type { BotServices } from './bot-services.ts';
import { type CommandName, type RecognisedCommand, WORDS_IN_A_NAME } from './commands.ts';
import { approvals } from './handlers/approvals.ts';
import { approve } from './handlers/approve.ts';
import { articleVotes } from './handlers/article-votes.ts';
import { diagnose } from './handlers/diagnose.ts';
import { advise, file } from './handlers/files.ts';
import { help } from './handlers/help.ts';
import { language } from './handlers/language.ts';
import { myMailboxes } from './handlers/my-mailboxes.ts';
import { outbox } from './handlers/outbox.ts';
import { signIn, signOut } from './handlers/sign-in.ts';
import { status } from './handlers/status.ts';
import { test } from './handlers/test.ts';
import { unanswered } from './handlers/unanswered.ts';
import { looksBinary } from './looks-binary.ts';
import type { Turn } from './turn.ts';

type Handler = (turn: Turn, argument: string, services: BotServices) => Promise<void>;

const HANDLERS: Readonly<Record<CommandName, Handler>> = {
  help: (turn) => help(turn),
  'my-mailboxes': (turn, _argument, services) => myMailboxes(turn, services),
  approvals: (turn, _argument, services) => approvals(turn, services),
  unanswered: (turn, _argument, services) => unanswered(turn, services),
  'article-votes': (turn, _argument, services) => articleVotes(turn, services),
  status,
  test,
  approve,
  outbox,
  language,
  'sign-in': (turn, _argument, services) => signIn(turn, services),
  'sign-out': (turn, _argument, services) => signOut(turn, services),
};

/** Beyond this even the head and tail of a text are no alert. */
const LONGEST_TEXT = 1_500_000;

/** One message to one handler: files, then commands that are meant exactly so, then everything else. */
export async function routeMessage(turn: Turn, services: BotServices): Promise<void> {
  await turn.typing();
  for (const sent of turn.files) await file(turn, sent, services);
  if (turn.text === '') {
    if (turn.files.length > 0) return;
    if (turn.sentPicture) return advise(turn, 'picture', '');
    // An empty mention is a way of asking what this is.
    if (turn.scope !== 'personal') return help(turn);
    await turn.reply(noMatchCard({ near: null, reason: 'empty' }, turn.t));
    return;
  }
  if (turn.text.length > LONGEST_TEXT || looksBinary(turn.text)) {
    const reason = turn.text.length > LONGEST_TEXT ? 'too-long' : 'binary';
    await turn.reply(noMatchCard({ near: null, reason }, turn.t));
    return;
  }
  const recognised = services.commands.recognise(turn.text);
  if (recognised === null) return diagnose(turn, turn.text, services);
  return command(turn, recognised, services);
}

/**
 * "Test mail does not arrive" begins with a command's word. Unless a mailbox bears or
 * nearly bears that name, a text that the articles have something to say about, or that goes on like
 * a sentence, is a question.
 */
async function command(
  turn: Turn,
  { command: name, argument, language: spoken }: RecognisedCommand,
  services: BotServices,
): Promise<void> {
  if (argument !== '' && name !== 'language') {
    const { exact, close } = await findMailboxes(services, argument, turn.person);
    const words = argument.split(' ').length;
    const likeAName = words <= WORDS_IN_A_NAME;
    if (exact.length === 0 && (close.length === 0 || !likeAName) && words > 1) {
      // "Status Eva Holm" is no question about status fields: what follows has to mean something alone.
      const meant = likeAName ? await services.knowledge.diagnose(argument) : null;
      if (meant?.outcome !== 'none') return diagnose(turn, turn.text, services);
    }
  }
  return HANDLERS[name](turn.speaking(spoken), argument, services);
}
