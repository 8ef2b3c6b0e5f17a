import { burn } from '@kenjiuno/msgreader/lib/Burner.js';
import { TypeEnum } from '@kenjiuno/msgreader/lib/Reader.js';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../services/documents/index.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16 = (text: string): number[] => [...Buffer.from(text, 'utf16le')];

/** The smallest Outlook message: a compound file with one subject and one body property (MS-OXMSG). */
function outlookMessage(subject: string, body: string): Uint8Array {
  const stream = (name: string, content: number[]) => ({
    name,
    type: TypeEnum.DOCUMENT,
    length: content.length,
    binaryProvider: () => content,
  });
  return burn([
    { name: 'Root Entry', type: TypeEnum.ROOT, children: [1, 2, 3], length: 0 },
    stream('__properties_version1.0', new Array<number>(32).fill(0)),
    stream('__substg1.0_0037001F', utf16(subject)),
    stream('__substg1.0_1000001F', utf16(body)),
  ]);
}

describe('a sent file', () => {
  it('gives subject and text of a saved internet message', async () => {
    const eml = bytes(
      'From: a@contoso.example\r\nSubject: =?utf-8?Q?Postl=C3=A5dan?=\r\n' +
        'Content-Type: text/plain; charset=utf-8\r\n\r\nEn varning från Dynamics\r\n',
    );
    expect(
      await readDocument({ name: 'fel.eml', contentType: 'application/octet-stream', bytes: eml }),
    ).toEqual({
      kind: 'text',
      text: 'Postlådan\nEn varning från Dynamics',
    });
  });

  it('gives subject and text of a saved Outlook message', async () => {
    const msg = outlookMessage('FW: varning', 'Postlådan synkroniserade inte.');
    expect(await readDocument({ name: 'fel.MSG', contentType: '', bytes: msg })).toEqual({
      kind: 'text',
      text: 'FW: varning\nPostlådan synkroniserade inte.',
    });
  });

  it('gives the text of a text file in UTF-8 or Notepad’s UTF-16', async () => {
    const document = { name: 'alert.txt', contentType: 'text/plain' };
    expect(await readDocument({ ...document, bytes: bytes('å ä ö') })).toEqual({
      kind: 'text',
      text: 'å ä ö',
    });
    expect(
      await readDocument({ ...document, bytes: Uint8Array.from([0xff, 0xfe, ...utf16('å ä ö')]) }),
    ).toEqual({
      kind: 'text',
      text: 'å ä ö',
    });
  });

  it('is recognised as a picture, whose text nobody reads', async () => {
    expect(
      await readDocument({ name: 'x.bin', contentType: 'image/png', bytes: bytes('') }),
    ).toEqual({ kind: 'picture' });
    expect(await readDocument({ name: 'skärm.PNG', contentType: '', bytes: bytes('') })).toEqual({
      kind: 'picture',
    });
  });

  it('is called unreadable when it is damaged or empty, and unsupported when nobody reads its type', async () => {
    expect(
      await readDocument({ name: 'x.msg', contentType: '', bytes: bytes('no compound file') }),
    ).toEqual({ kind: 'unreadable' });
    expect(
      await readDocument({ name: 'x.txt', contentType: '', bytes: Uint8Array.from([1, 0, 2]) }),
    ).toEqual({ kind: 'unreadable' });
    expect(await readDocument({ name: 'x.eml', contentType: '', bytes: bytes('') })).toEqual({
      kind: 'unreadable',
    });
    expect(await readDocument({ name: 'x.zip', contentType: '', bytes: bytes('PK') })).toEqual({
      kind: 'unsupported',
    });
  });
});
