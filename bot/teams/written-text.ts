import type { Activity } from 'botbuilder';
import { htmlText } from './html-text.ts';

interface Mention {
  readonly text: string;
  readonly ofBot: boolean;
}

/**
 * What the person wrote, without the mentions of the bot. Teams sends formatted messages twice, as
 * `text` and as an HTML attachment; a pasted table or list survives only in the latter, which is
 * taken when it says more.
 */
export function writtenText(activity: Activity): string {
  const mentions = mentionsOf(activity);
  const plain = tidy(withoutMentions(textOf(activity), mentions));
  const html = activity.attachments?.find((attachment) => attachment.contentType === 'text/html');
  if (typeof html?.content !== 'string') return plain;
  const formatted = tidy(
    htmlText(html.content, { leaveOut: (tag) => isBotMention(tag, mentions) }),
  );
  return countOfWords(formatted) > countOfWords(plain) ? formatted : plain;
}

function textOf(activity: Activity): string {
  return typeof (activity.text as unknown) === 'string' ? activity.text : '';
}

/** Identities come from the entities; what stands in the text proves nothing. */
function mentionsOf(activity: Activity): readonly Mention[] {
  const botId = (activity.recipient as Activity['recipient'] | undefined)?.id;
  return (activity.entities ?? [])
    .filter((entity) => entity.type === 'mention')
    .map((entity) => {
      const { mentioned, text } = entity as {
        readonly mentioned?: { readonly id?: unknown };
        readonly text?: unknown;
      };
      return {
        text: typeof text === 'string' ? text : '',
        ofBot: botId !== undefined && mentioned?.id === botId,
      };
    });
}

/** Of other people's mentions the name stays: it may be the mailbox's. */
function withoutMentions(text: string, mentions: readonly Mention[]): string {
  let rest = text;
  for (const mention of mentions) {
    if (mention.ofBot && mention.text !== '') rest = rest.replaceAll(mention.text, ' ');
  }
  return rest.includes('<at') ? withoutAtTags(rest) : rest;
}

function withoutAtTags(text: string): string {
  let rest = '';
  let at = 0;
  for (;;) {
    const open = nextAtTag(text, at);
    if (open === -1) return rest + text.slice(at);
    const close = text.indexOf('>', open);
    if (close === -1) return rest + text.slice(at);
    rest += text.slice(at, open);
    at = close + 1;
  }
}

function nextAtTag(text: string, from: number): number {
  const starts = ['<at>', '<at ', '</at>']
    .map((tag) => text.indexOf(tag, from))
    .filter((index) => index !== -1);
  return starts.length === 0 ? -1 : Math.min(...starts);
}

/** Teams marks mentions in HTML as `<at id="0">` or with a schema.skype.com/Mention item, by index. */
function isBotMention(tag: string, mentions: readonly Mention[]): boolean {
  const lower = tag.toLowerCase();
  const marked =
    lower === 'at' || lower.startsWith('at ') || lower.includes('schema.skype.com/mention');
  if (!marked) return false;
  const index = attribute(lower, 'itemid') ?? attribute(lower, ' id');
  const mention = index === null ? mentions[0] : mentions[Number(index)];
  return mention?.ofBot ?? mentions.some((one) => one.ofBot);
}

function attribute(tag: string, name: string): string | null {
  const start = tag.indexOf(`${name}="`);
  if (start === -1) return null;
  const from = start + name.length + 2;
  const end = tag.indexOf('"', from);
  return end === -1 ? null : tag.slice(from, end);
}

const SPACES = /[\u00a0\u2000-\u200a\u202f\u205f\u3000]/gu;
const INVISIBLE = /[\u200b-\u200d\u2060\ufeff\u00ad]/gu;

/** Unicode's composed form, one kind of space, no invisible characters, no Windows line ends. */
function tidy(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(SPACES, ' ')
    .replaceAll(INVISIBLE, '')
    .replaceAll('\r\n', '\n')
    .trim();
}

function countOfWords(text: string): number {
  return text.split(/\s+/u).filter((word) => word !== '').length;
}
