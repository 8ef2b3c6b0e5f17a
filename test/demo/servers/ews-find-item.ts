import type { Element } from '@xmldom/xmldom';
import type { MailStore, StoredMessage } from './mail-store.ts';

const T = 'http://schemas.microsoft.com/exchange/services/2006/types';

/**
 * What FindItem finds in a folder: the inbox holds mail, the others nothing. It knows the restrictions
 * that the probe uses, by Message-ID and by time of arrival, and null says that this is none of them.
 */
export function findItems(
  store: MailStore,
  mailbox: string,
  name: string,
  request: Element,
): string | null {
  const newestFirst = name === 'inbox' ? [...store.messages(mailbox)].reverse() : [];
  const wanted = wantedBy(request);
  if (wanted === null) return null;
  const found = newestFirst.filter(wanted);
  const [view] = request.getElementsByTagNameNS(
    'http://schemas.microsoft.com/exchange/services/2006/messages',
    'IndexedPageItemView',
  );
  const most = Number(view?.getAttribute('MaxEntriesReturned'));
  const withTime = [...request.getElementsByTagNameNS(T, 'AdditionalProperties')].length > 0;
  const items = found.slice(0, most).map(({ uid, receivedAt }) => {
    const time = withTime
      ? `<t:DateTimeReceived>${toTheSecond(receivedAt)}</t:DateTimeReceived>`
      : '';
    return `<t:Message><t:ItemId Id="item-${uid}" ChangeKey="CQ"/>${time}</t:Message>`;
  });
  return (
    `<m:RootFolder TotalItemsInView="${found.length}" IncludesLastItemInRange="${found.length <= most}">` +
    `<t:Items>${items.join('')}</t:Items></m:RootFolder>`
  );
}

function wantedBy(request: Element): ((message: StoredMessage) => boolean) | null {
  const [constant] = request.getElementsByTagNameNS(T, 'Constant');
  if (constant === undefined) return () => true;
  const value = constant.getAttribute('Value') ?? '';
  const test = constant.parentNode?.parentNode as Element;
  const field = test.getElementsByTagNameNS(T, 'FieldURI')[0]?.getAttribute('FieldURI');
  switch (`${test.localName ?? ''} ${field ?? ''}`) {
    case 'IsEqualTo message:InternetMessageId':
      return ({ raw }) => raw.includes(`Message-ID: ${value}\r\n`);
    case 'IsGreaterThanOrEqualTo item:DateTimeReceived':
      return ({ receivedAt }) => receivedAt.getTime() >= Date.parse(value);
    default:
      return null;
  }
}

/** Exchange keeps more than it tells. */
export function toTheSecond(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
