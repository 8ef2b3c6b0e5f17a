import type { SignedInChannel } from './ews-sign-in.ts';
import {
  envelope,
  httpRefusalOf,
  responseMessages,
  serverVersionOf,
  soapOf,
  TYPES,
  xmlText,
} from './ews-soap.ts';
import { elementsNamed, textNamed, type XmlElement } from './xml.ts';

/** Names that every Exchange mailbox has for its folders, whatever its language. */
export type FolderName = 'inbox' | 'calendar' | 'contacts' | 'tasks';

export interface OpenedFolder {
  readonly name: FolderName;
  readonly itemCount: number | null;
}

export interface EwsMessage {
  readonly to: readonly string[];
  readonly messageId: string;
  readonly subject: string;
  readonly text: string;
}

/** The few calls of Exchange Web Services that a test needs, on one mailbox. */
export interface EwsMailbox {
  /** GetFolder for all of them at once; `onSignedIn` is told as soon as Exchange itself answers. */
  openFolders(
    names: readonly FolderName[],
    onSignedIn: () => void,
  ): Promise<readonly OpenedFolder[]>;
  /** The newest item of each folder, null where there is none. */
  newestItems(names: readonly FolderName[]): Promise<readonly (string | null)[]>;
  send(message: EwsMessage): Promise<void>;
  hasReceived(messageId: string): Promise<boolean>;
}

export interface EwsMailboxOf {
  readonly channel: SignedInChannel;
  readonly url: string;
  readonly address: string;
  readonly impersonation: boolean;
  readonly schema: string;
  readonly onServerVersion: (version: string) => void;
}

/** Exchange's list of admitted applications and its logs go by this name. */
const USER_AGENT = 'MailboxMedic';

const NOTHING = (): void => undefined;

export function ewsMailbox(of: EwsMailboxOf): EwsMailbox {
  const { channel, url, address, impersonation, schema } = of;

  async function call(body: string, onSignedIn = NOTHING): Promise<readonly XmlElement[]> {
    const response = await channel.send({
      method: 'POST',
      url,
      headers: {
        'content-type': 'text/xml; charset=utf-8',
        accept: 'text/xml',
        'user-agent': USER_AGENT,
        // Brings the request to the server that holds the mailbox, and not to that of the account.
        ...(impersonation && { 'x-anchormailbox': address }),
      },
      body: envelope(body, schema, impersonation ? address : null),
    });
    // Exchange knows who we are and may not let us in.
    if (response.status === 403) {
      onSignedIn();
      throw httpRefusalOf(response, await response.text());
    }
    const document = await soapOf(response);
    onSignedIn();
    const version = serverVersionOf(document);
    if (version !== null) of.onServerVersion(version);
    return responseMessages(document);
  }

  const folderIds = (names: readonly FolderName[]): string =>
    names.map((name) => folderId(name, impersonation ? null : address)).join('');

  return {
    async openFolders(names, onSignedIn) {
      const messages = await call(
        '<m:GetFolder><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape>' +
          `<m:FolderIds>${folderIds(names)}</m:FolderIds></m:GetFolder>`,
        onSignedIn,
      );
      return names.map((name, index) => {
        const message = messages[index];
        const count = Number((message && textNamed(message, TYPES, 'TotalCount')) ?? Number.NaN);
        return { name, itemCount: Number.isInteger(count) ? count : null };
      });
    },
    async newestItems(names) {
      // Tasks and contacts are never received, but are changed.
      const order = names.includes('inbox') ? 'DateTimeReceived' : 'LastModifiedTime';
      const messages = await call(
        findItem(
          `<m:SortOrder><t:FieldOrder Order="Descending"><t:FieldURI FieldURI="item:${order}"/>` +
            '</t:FieldOrder></m:SortOrder>',
          folderIds(names),
        ),
      );
      return names.map((_, index) => {
        const message = messages[index];
        return (message && elementsNamed(message, TYPES, 'ItemId')[0]?.getAttribute('Id')) ?? null;
      });
    },
    async send({ to, messageId, subject, text }) {
      const from = impersonation
        ? ''
        : `<t:From><t:Mailbox><t:EmailAddress>${xmlText(address)}</t:EmailAddress></t:Mailbox></t:From>`;
      const recipients = to.map(
        (each) => `<t:Mailbox><t:EmailAddress>${xmlText(each)}</t:EmailAddress></t:Mailbox>`,
      );
      await call(
        '<m:CreateItem MessageDisposition="SendOnly"><m:Items><t:Message>' +
          `<t:Subject>${xmlText(subject)}</t:Subject>` +
          `<t:Body BodyType="Text">${xmlText(text)}</t:Body>` +
          `<t:ToRecipients>${recipients.join('')}</t:ToRecipients>${from}` +
          `<t:InternetMessageId>${xmlText(messageId)}</t:InternetMessageId>` +
          '</t:Message></m:Items></m:CreateItem>',
      );
    },
    async hasReceived(messageId) {
      const [message] = await call(
        findItem(
          '<m:Restriction><t:IsEqualTo><t:FieldURI FieldURI="message:InternetMessageId"/>' +
            `<t:FieldURIOrConstant><t:Constant Value="${xmlText(messageId)}"/></t:FieldURIOrConstant>` +
            '</t:IsEqualTo></m:Restriction>',
          folderIds(['inbox']),
        ),
      );
      return message !== undefined && elementsNamed(message, TYPES, 'ItemId').length > 0;
    },
  };
}

/** Elements in the order that the schema wants: shape, view, restriction or sort order, folders. */
function findItem(wanted: string, folders: string): string {
  return (
    '<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape>' +
    '<m:IndexedPageItemView MaxEntriesReturned="1" Offset="0" BasePoint="Beginning"/>' +
    `${wanted}<m:ParentFolderIds>${folders}</m:ParentFolderIds></m:FindItem>`
  );
}

/** Named without an owner, the folder is the account's own: a test of another mailbox would pass by mistake. */
function folderId(name: FolderName, owner: string | null): string {
  if (owner === null) return `<t:DistinguishedFolderId Id="${name}"/>`;
  return (
    `<t:DistinguishedFolderId Id="${name}"><t:Mailbox><t:EmailAddress>${xmlText(owner)}` +
    '</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId>'
  );
}
