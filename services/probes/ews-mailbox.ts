import { type Instant, instantOf } from '../domain/time.ts';
import type { SignedInChannel } from './ews-sign-in.ts';
import {
  envelope,
  httpRefusalOf,
  MESSAGES,
  responseMessages,
  serverVersionOf,
  soapOf,
  TYPES,
  xmlText,
} from './ews-soap.ts';
import { serverNamesOf } from './http-refusal.ts';
import { type InboxView, LISTED } from './received-since.ts';
import type { StageLog } from './stage-log.ts';
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
  /** Lists the newest item of each folder, without its content. */
  listNewest(names: readonly FolderName[]): Promise<void>;
  /** The newest messages of the inbox by time of arrival, from a second on; without their content. */
  listInbox(from: string | null): Promise<InboxView>;
  send(message: EwsMessage): Promise<void>;
  hasReceived(messageId: string): Promise<boolean>;
  /** GetPasswordExpirationDate of the mailbox's own account; null where it has no end. */
  passwordEndsAt(): Promise<Instant | null>;
}

export interface EwsMailboxOf {
  readonly channel: SignedInChannel;
  readonly url: string;
  readonly address: string;
  readonly impersonation: boolean;
  readonly schema: string;
  readonly note: StageLog['note'];
}

/** Exchange's list of admitted applications and its logs go by this name. */
const USER_AGENT = 'MailboxMedic';

const NOTHING = (): void => undefined;

export function ewsMailbox(of: EwsMailboxOf): EwsMailbox {
  const { channel, url, address, impersonation, schema, note } = of;

  async function post(body: string, onSignedIn = NOTHING) {
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
    const server = serverNamesOf(response.headers);
    if (server !== null) note('server-name', server);
    // Exchange knows who we are and may not let us in.
    if (response.status === 403) {
      onSignedIn();
      throw httpRefusalOf(response, response.text);
    }
    const document = soapOf(response);
    onSignedIn();
    const version = serverVersionOf(document);
    if (version !== null) note('banner', `Exchange ${version}`);
    return { document, headers: response.headers };
  }

  async function call(
    body: string,
    names: readonly FolderName[] = [],
    onSignedIn = NOTHING,
  ): Promise<readonly XmlElement[]> {
    const { document, headers } = await post(body, onSignedIn);
    return responseMessages(document, headers, (index) => {
      if (names[index] !== undefined) note('folder', names[index]);
    });
  }

  const folderIds = (names: readonly FolderName[]): string =>
    names.map((name) => folderId(name, impersonation ? null : address)).join('');

  return {
    async openFolders(names, onSignedIn) {
      const messages = await call(
        '<m:GetFolder><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape>' +
          `<m:FolderIds>${folderIds(names)}</m:FolderIds></m:GetFolder>`,
        names,
        onSignedIn,
      );
      return names.map((name, index) => {
        const message = messages[index];
        const count = Number((message && textNamed(message, TYPES, 'TotalCount')) ?? Number.NaN);
        return { name, itemCount: Number.isInteger(count) ? count : null };
      });
    },
    async listNewest(names) {
      await call(
        findItem({
          wanted: sortedBy('LastModifiedTime'),
          folders: folderIds(names),
        }),
        names,
      );
    },
    async listInbox(from) {
      const [message] = await call(
        findItem({
          shape:
            '<t:AdditionalProperties><t:FieldURI FieldURI="item:DateTimeReceived"/></t:AdditionalProperties>',
          most: LISTED,
          wanted: (from === null ? '' : receivedFrom(from)) + sortedBy('DateTimeReceived'),
          folders: folderIds(['inbox']),
        }),
        ['inbox'],
      );
      const found = message ? elementsNamed(message, MESSAGES, 'RootFolder')[0] : undefined;
      const total = Number(found?.getAttribute('TotalItemsInView') ?? Number.NaN);
      const times = message ? elementsNamed(message, TYPES, 'DateTimeReceived') : [];
      return {
        total: Number.isInteger(total) ? total : null,
        receivedAt: times.map((time) => time.textContent ?? ''),
      };
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
        findItem({
          wanted:
            '<m:Restriction><t:IsEqualTo><t:FieldURI FieldURI="message:InternetMessageId"/>' +
            `${constant(messageId)}</t:IsEqualTo></m:Restriction>`,
          folders: folderIds(['inbox']),
        }),
      );
      return message !== undefined && elementsNamed(message, TYPES, 'ItemId').length > 0;
    },
    async passwordEndsAt() {
      const wanted = `<m:MailboxSmtpAddress>${xmlText(address)}</m:MailboxSmtpAddress>`;
      const { document } = await post(
        `<m:GetPasswordExpirationDate>${wanted}</m:GetPasswordExpirationDate>`,
      );
      const endsMs = Date.parse(textNamed(document, MESSAGES, 'PasswordExpirationDate') ?? '');
      return Number.isNaN(endsMs) ? null : instantOf(endsMs);
    },
  };
}

interface Search {
  /** Beside the ids. */
  readonly shape?: string;
  readonly most?: number;
  readonly wanted: string;
  readonly folders: string;
}

/** Elements in the order that the schema wants: shape, view, restriction or sort order, folders. */
function findItem({ shape = '', most = 1, wanted, folders }: Search): string {
  return (
    `<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape>${shape}</m:ItemShape>` +
    `<m:IndexedPageItemView MaxEntriesReturned="${most}" Offset="0" BasePoint="Beginning"/>` +
    `${wanted}<m:ParentFolderIds>${folders}</m:ParentFolderIds></m:FindItem>`
  );
}

function sortedBy(property: 'DateTimeReceived' | 'LastModifiedTime'): string {
  return (
    '<m:SortOrder><t:FieldOrder Order="Descending">' +
    `<t:FieldURI FieldURI="item:${property}"/></t:FieldOrder></m:SortOrder>`
  );
}

function receivedFrom(second: string): string {
  return (
    '<m:Restriction><t:IsGreaterThanOrEqualTo><t:FieldURI FieldURI="item:DateTimeReceived"/>' +
    `${constant(second)}</t:IsGreaterThanOrEqualTo></m:Restriction>`
  );
}

function constant(value: string): string {
  return `<t:FieldURIOrConstant><t:Constant Value="${xmlText(value)}"/></t:FieldURIOrConstant>`;
}

/** Named without an owner, the folder is the account's own: a test of another mailbox would pass by mistake. */
function folderId(name: FolderName, owner: string | null): string {
  if (owner === null) return `<t:DistinguishedFolderId Id="${name}"/>`;
  return (
    `<t:DistinguishedFolderId Id="${name}"><t:Mailbox><t:EmailAddress>${xmlText(owner)}` +
    '</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId>'
  );
}
