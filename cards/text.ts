declare const brand: unique symbol;

/** Text that is safe where Adaptive Cards read Markdown. Only this file makes it. */
export type CardText = string & { readonly [brand]: 'CardText' };

const LONGEST_PLAIN = 300;

/** Controls, soft hyphen, zero-width marks, direction overrides, lone surrogates, tag characters. */
const INVISIBLE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff\u{e0000}-\u{e0fff}]/gu;

/** What Markdown, HTML, `<at>` mentions and `{{DATE()}}` begin with. */
const MARKDOWN = /[\\`*_[\]()<>~#|!{}&]/gu;

/**
 * One line of outside text without what could disguise it: controls, direction overrides,
 * zero-width characters. For places that read no Markdown (button titles, `speak`, summaries).
 */
export function tidy(text: string, longest = LONGEST_PLAIN): string {
  // Cut generously first: a name of a million characters is not worth cleaning.
  const line = text
    .slice(0, longest * 4)
    .replace(/[\t\n\r\u2028\u2029]/gu, ' ')
    .replace(INVISIBLE, '')
    .replace(/ {2,}/gu, ' ')
    .replaceAll('${', '$ {')
    .trim();
  return cut(line, longest, text.length > longest * 4);
}

/** Outside text (names, addresses, server replies, pasted words): every special character escaped. */
export function plain(text: string, longest = LONGEST_PLAIN): CardText {
  const escaped = tidy(text, longest).replace(MARKDOWN, '\\$&');
  // A list marker at the start would swallow itself: "1. Support" or "- info".
  return escaped.replace(/^(\d{1,9})([.)])/u, '$1\\$2').replace(/^[-+]/u, '\\$&') as CardText;
}

/** Our own words, from data/locales and data/knowledge: Markdown is meant. */
export function markdown(ownText: string, longest = 4_000): CardText {
  return cut(ownText.trim(), longest, false) as CardText;
}

function cut(text: string, longest: number, more: boolean): string {
  if (text.length <= longest) return more ? `${text}…` : text;
  // Never in the middle of a surrogate pair.
  return `${text
    .slice(0, longest - 1)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()}…`;
}
