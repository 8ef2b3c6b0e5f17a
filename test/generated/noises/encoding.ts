import { around, encoded, type Passage } from '../passage.ts';
import type { Random } from '../random.ts';
import type { Noise } from './noise.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  å: '&aring;',
  ä: '&auml;',
  ö: '&ouml;',
  Å: '&Aring;',
  Ä: '&Auml;',
  Ö: '&Ouml;',
  é: '&#233;',
  '–': '&ndash;',
};

/** UTF-8 that was read as Windows-1252. */
export const mojibake: Noise = (passage) =>
  encoded(passage, (text) =>
    text.replace(/[åäöÅÄÖé]/g, (sign) => {
      const bytes = Buffer.from(sign, 'utf8');
      return [...bytes].map((byte) => CP1252.get(byte) ?? String.fromCharCode(byte)).join('');
    }),
  );

const CP1252: ReadonlyMap<number, string> = new Map([
  [0x84, '„'],
  [0x85, '…'],
  [0x96, '–'],
]);

/** What Word and Outlook make of what was typed. */
export const typographic: Noise = (passage, random) =>
  encoded(passage, (text) =>
    text
      .replace(/"([^"]*)"/g, '“$1”')
      .replaceAll("'", '’')
      .replace(/ /g, () => (random.chance(0.25) ? '\u00a0' : ' ')),
  );

/** Decomposed letters, zero-width spaces and soft hyphens, as from a web page or a PDF. */
export const invisible: Noise = (passage, random) =>
  encoded(passage, (text) => {
    const decomposed = text.replace(/[\u00c0-\u017f]/g, (sign) => sign.normalize('NFD'));
    return decomposed
      .replace(/(?<=\p{L}) (?=\p{L})/gu, () => (random.chance(0.2) ? '\u200b ' : ' '))
      .replace(/(?<=[a-z]{3})(?=[a-z]{3})/g, () => (random.chance(0.05) ? '\u00ad' : ''));
  });

function withEntities(text: string): string {
  return text.replace(/[&<>"åäöÅÄÖé–]/g, (sign) => ENTITIES[sign] ?? sign);
}

/** The source of a page: entities, and tags around the whole. */
export const html: Noise = (passage, random) => {
  const [open, close] = random.pick(WRAPPINGS);
  return [...tag(open), ...encoded(passage, withEntities), ...tag(close)];
};

const WRAPPINGS: readonly (readonly [string, string])[] = [
  ['<p>', '</p>'],
  ['<div class="alert"><span style="color:#c00">', '</span></div>'],
  ['<td>', '</td>'],
  ['<li><b>', '</b></li>'],
  ['<html><body><p>\n', '\n</p></body></html>'],
];

function tag(text: string): Passage {
  return [{ ...around(text), seen: '' }];
}

/** In the product a name is a link to its record. */
export const htmlSpans: Noise = (passage, random) => {
  const link = random.pick(LINKS);
  const body = encoded(passage, (text, { slot }) =>
    slot === null ? withEntities(text) : link(withEntities(text), random),
  );
  return [...tag('<span>'), ...body, ...tag('</span>')];
};

const LINKS: readonly ((name: string, random: Random) => string)[] = [
  (name, random) =>
    `<a href="/main.aspx?etn=mailbox&amp;id=%7b${random.below(9000)}%7d">${name}</a>`,
  (name) => `<b>${name}</b>`,
  (name) => `<span title="x">${name}</span>`,
];

/** A chat that takes markdown, or a wiki. */
export const markdown: Noise = (passage, random) => {
  const style = random.below(4);
  const bold = encoded(passage, (text, { slot }) =>
    slot === null || style === 3 || !/^[\p{L}\d ]+$/u.test(text) ? text : `**${text}**`,
  );
  if (style === 0) return [...tag('> '), ...bold];
  if (style === 1) return [...tag('- **Alert:** '), ...bold];
  if (style === 2) return [...tag('| Alert | '), ...bold, ...tag(' |')];
  return [...tag('```\n'), ...bold, ...tag('\n```')];
};

/** A line that was broken at a column, and again by whoever answered the mail. */
export function wrapped(mark: string): Noise {
  return (passage, random) => {
    const width = 40 + random.below(40);
    let column = 0;
    const body = encoded(passage, (text) =>
      text.replace(/\s?[^\s]+/g, (part) => {
        if (column + part.length > width && /^\s/.test(part)) {
          column = part.length - 1;
          return `\n${mark}${part.slice(1)}`;
        }
        column += part.length;
        return part;
      }),
    );
    return mark === '' ? body : [...tag(mark), ...body];
  };
}

/** A value of a log that is written as JSON. */
export const inJson: Noise = (passage) =>
  encoded(passage, (text) => JSON.stringify(text).slice(1, -1));
