import { createRequire } from 'node:module';
import type * as MsgReaderModule from '@kenjiuno/msgreader';
import { simpleParser } from 'mailparser';

/** A file that a person sent instead of the alert's text. */
export type DocumentText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'picture' }
  /** The type is one we read, but this file is damaged or empty. */
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'unsupported' };

export interface SentDocument {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** Text beyond this is cut: an alert is a few hundred characters, wherever it stands in a mail. */
const LONGEST_TEXT = 100_000;

// CommonJS with a `default` export: Node and vitest disagree on what `import` makes of it.
const require = createRequire(import.meta.url);
const { default: MsgReader } = require('@kenjiuno/msgreader') as typeof MsgReaderModule.default;

/** Text of a saved message (.eml, RFC 5322; .msg, Outlook) or text file; pictures are not read. */
export async function readDocument(document: SentDocument): Promise<DocumentText> {
  switch (kindOf(document)) {
    case 'picture':
      return { kind: 'picture' };
    case 'eml':
      return readable(() => readEml(document.bytes));
    case 'msg':
      return readable(() => readMsg(document.bytes));
    case 'text':
      return readable(async () => readText(document.bytes));
    case 'other':
      return { kind: 'unsupported' };
  }
}

const ENDINGS: Readonly<Record<string, 'picture' | 'eml' | 'msg' | 'text'>> = {
  png: 'picture',
  jpg: 'picture',
  jpeg: 'picture',
  gif: 'picture',
  bmp: 'picture',
  webp: 'picture',
  heic: 'picture',
  eml: 'eml',
  msg: 'msg',
  txt: 'text',
  log: 'text',
  csv: 'text',
  html: 'text',
  htm: 'text',
};

function kindOf({ name, contentType }: SentDocument): 'picture' | 'eml' | 'msg' | 'text' | 'other' {
  if (contentType.startsWith('image/')) return 'picture';
  if (contentType === 'message/rfc822') return 'eml';
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return ENDINGS[ending] ?? 'other';
}

async function readable(read: () => Promise<string>): Promise<DocumentText> {
  let text: string;
  try {
    text = (await read()).slice(0, LONGEST_TEXT).trim();
  } catch {
    // The parsers throw on damaged files; which of their errors it was helps nobody.
    return { kind: 'unreadable' };
  }
  return text === '' ? { kind: 'unreadable' } : { kind: 'text', text };
}

async function readEml(bytes: Uint8Array): Promise<string> {
  const mail = await simpleParser(Buffer.from(bytes), { skipImageLinks: true });
  const body = mail.text ?? (mail.html === false ? '' : mail.html);
  return [mail.subject, body].filter(Boolean).join('\n');
}

async function readMsg(bytes: Uint8Array): Promise<string> {
  const copy = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const fields = new MsgReader(copy as ArrayBuffer).getFileData();
  if (fields.error !== undefined) return '';
  return [fields.subject, fields.body ?? fields.bodyHtml].filter(Boolean).join('\n');
}

function readText(bytes: Uint8Array): string {
  if (bytes.subarray(0, 1_000).includes(0)) {
    // Notepad's "Unicode" is UTF-16 with a byte order mark; anything else with zeros is no text.
    if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
    return '';
  }
  return new TextDecoder('utf-8').decode(bytes);
}
