import { DOMParser, type Element, onErrorStopParsing } from '@xmldom/xmldom';
import { findItems } from './ews-find-item.ts';
import type { MailStore } from './mail-store.ts';

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const T = 'http://schemas.microsoft.com/exchange/services/2006/types';
const M = 'http://schemas.microsoft.com/exchange/services/2006/messages';

/** How Exchange refuses: as a SOAP fault, or inside a good answer, for each folder or item. */
export interface EwsRefusal {
  readonly code: string;
  readonly words?: string;
  readonly shape: 'fault' | 'response';
  readonly backOffMs?: number;
}

export interface EwsCall {
  readonly xml: string;
  /** The address that signed in. */
  readonly account: string;
  readonly anchorMailbox: string | undefined;
}

export interface EwsOperationsOptions {
  readonly store: MailStore;
  /** The account that may act as everybody. */
  readonly serviceAccount: string;
  readonly refusalFor: (address: string) => EwsRefusal | null;
  /** Versions of the schema that the server knows. */
  readonly schemas: () => readonly string[];
  /** False loses what is sent, after accepting it. */
  readonly delivers: () => boolean;
  /** Null where the password of the address has no end. */
  readonly passwordEndsAt: (address: string) => string | null;
}

export interface EwsAnswer {
  readonly operation: string;
  readonly status: 200 | 500;
  readonly xml: string;
}

/** The elements of each call in the order of Microsoft's schema; whatever else comes is refused. */
const ORDER: Readonly<Record<string, readonly string[]>> = {
  GetPasswordExpirationDate: ['MailboxSmtpAddress'],
  GetFolder: ['FolderShape', 'FolderIds'],
  FindItem: ['ItemShape', 'IndexedPageItemView', 'Restriction', 'SortOrder', 'ParentFolderIds'],
  CreateItem: ['Items'],
  Message: ['Subject', 'Body', 'ToRecipients', 'From', 'InternetMessageId'],
};

const FOLDERS: Readonly<Record<string, string>> = {
  inbox: 'Folder',
  calendar: 'CalendarFolder',
  contacts: 'ContactsFolder',
  tasks: 'TasksFolder',
};

class Refused extends Error {
  readonly refusal: EwsRefusal;
  constructor(code: string, shape: EwsRefusal['shape'], words = 'The request was refused.') {
    super(code);
    this.refusal = { code, shape, words };
  }
}

/** GetFolder, FindItem and CreateItem of Exchange Web Services over the demo's mailboxes. */
export function answerEws(options: EwsOperationsOptions, call: EwsCall): EwsAnswer {
  let operation = 'unknown';
  try {
    const envelope = parse(call.xml);
    const header = child(envelope, SOAP, 'Header');
    const version = child(header, T, 'RequestServerVersion').getAttribute('Version');
    if (!options.schemas().includes(version ?? ''))
      throw new Refused('ErrorInvalidServerVersion', 'fault');
    const body = childrenOf(child(envelope, SOAP, 'Body'));
    const [request] = body;
    if (request?.namespaceURI !== M || body.length !== 1) throw invalid('the body');
    operation = request.localName ?? '';
    inOrder(request, operation);
    const actor = actorOf(options, call, header);
    const refusal = options.refusalFor(actor.mailbox ?? call.account);
    if (refusal?.shape === 'fault') throw Object.assign(new Refused('', 'fault'), { refusal });
    if (operation === 'GetPasswordExpirationDate') {
      return { operation, status: 200, xml: soap(passwordEnd(options, actor, request)) };
    }
    const messages = answersTo(options, actor, request, operation, refusal);
    return { operation, status: 200, xml: response(operation, messages) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { refusal } = error;
    if (refusal.shape === 'response') {
      return {
        operation,
        status: 200,
        xml: response(operation, [refusedMessage(operation, refusal)]),
      };
    }
    return { operation, status: 500, xml: fault(refusal) };
  }
}

interface Actor {
  readonly account: string;
  /** Whom the account acts as; null where it acts as itself. */
  readonly mailbox: string | null;
}

function actorOf(
  { store, serviceAccount }: EwsOperationsOptions,
  call: EwsCall,
  header: Element,
): Actor {
  const [impersonation] = header.getElementsByTagNameNS(T, 'ExchangeImpersonation');
  if (impersonation === undefined) return { account: call.account, mailbox: null };
  const mailbox =
    child(child(impersonation, T, 'ConnectingSID'), T, 'PrimarySmtpAddress').textContent ?? '';
  if (call.account !== serviceAccount) throw new Refused('ErrorImpersonateUserDenied', 'fault');
  if (!store.has(mailbox)) throw new Refused('ErrorNonExistentMailbox', 'fault');
  if (call.anchorMailbox !== mailbox) throw invalid('X-AnchorMailbox');
  return { account: call.account, mailbox };
}

function answersTo(
  options: EwsOperationsOptions,
  actor: Actor,
  request: Element,
  operation: string,
  refusal: EwsRefusal | null,
): readonly string[] {
  if (operation === 'CreateItem') {
    return [
      refusal === null ? createItem(options, actor, request) : refusedMessage(operation, refusal),
    ];
  }
  const ids = child(request, M, operation === 'GetFolder' ? 'FolderIds' : 'ParentFolderIds');
  return childrenOf(ids).map((id) => {
    const name = id.localName === 'DistinguishedFolderId' ? (id.getAttribute('Id') ?? '') : '';
    if (!(name in FOLDERS)) throw invalid('a folder');
    const mailbox = mailboxOf(options, actor, id);
    if (mailbox === null)
      return refusedMessage(operation, { code: 'ErrorAccessDenied', shape: 'response' });
    if (refusal !== null) return refusedMessage(operation, refusal);
    if (operation === 'GetFolder') return getFolder(options.store, mailbox, name);
    const found = findItems(options.store, mailbox, name, request);
    if (found === null) throw invalid('the restriction');
    return message('FindItem', found);
  });
}

/** The one answer that is a response message itself. */
function passwordEnd(
  { passwordEndsAt }: EwsOperationsOptions,
  { account, mailbox }: Actor,
  request: Element,
): string {
  const address = child(request, M, 'MailboxSmtpAddress').textContent ?? '';
  if (address !== (mailbox ?? account)) throw new Refused('ErrorAccessDenied', 'fault');
  const at = passwordEndsAt(address);
  const date = at === null ? '' : `<m:PasswordExpirationDate>${at}</m:PasswordExpirationDate>`;
  return `<m:GetPasswordExpirationDateResponse ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>${date}</m:GetPasswordExpirationDateResponse>`;
}

/** A folder may name its owner; others' folders are for nobody without impersonation. */
function mailboxOf(
  { store }: EwsOperationsOptions,
  { account, mailbox }: Actor,
  id: Element,
): string | null {
  const [owner] = id.getElementsByTagNameNS(T, 'EmailAddress');
  const wanted = owner?.textContent ?? mailbox ?? account;
  return wanted.toLowerCase() === (mailbox ?? account).toLowerCase() && store.has(wanted)
    ? wanted
    : null;
}

function getFolder(store: MailStore, mailbox: string, name: string): string {
  const element = FOLDERS[name] ?? '';
  const count = name === 'inbox' ? store.messages(mailbox).length : 0;
  return message(
    'GetFolder',
    `<m:Folders><t:${element}><t:FolderId Id="${mailbox}-${name}" ChangeKey="AQ"/>` +
      `<t:DisplayName>${name}</t:DisplayName><t:TotalCount>${count}</t:TotalCount></t:${element}></m:Folders>`,
  );
}

function createItem(
  { store, delivers }: EwsOperationsOptions,
  actor: Actor,
  request: Element,
): string {
  if (request.getAttribute('MessageDisposition') !== 'SendOnly') throw invalid('the disposition');
  const item = child(child(request, M, 'Items'), T, 'Message');
  inOrder(item, 'Message');
  const textOf = (name: string): string => child(item, T, name).textContent ?? '';
  const from =
    item.getElementsByTagNameNS(T, 'From')[0]?.textContent ?? actor.mailbox ?? actor.account;
  if (from.toLowerCase() !== (actor.mailbox ?? actor.account).toLowerCase())
    return refusedMessage('CreateItem', { code: 'ErrorSendAsDenied', shape: 'response' });
  const lines = [
    `From: ${from}`,
    `Subject: ${textOf('Subject')}`,
    `Message-ID: ${textOf('InternetMessageId')}`,
    '',
    textOf('Body'),
  ];
  for (const recipient of childrenOf(child(item, T, 'ToRecipients'))) {
    const to = recipient.textContent ?? '';
    if (delivers() && store.has(to)) store.deliver(to, Buffer.from(lines.join('\r\n')));
  }
  return message('CreateItem', '<m:Items/>');
}

function parse(xml: string): Element {
  try {
    const root = new DOMParser({ onError: onErrorStopParsing }).parseFromString(
      xml,
      'text/xml',
    ).documentElement;
    if (root?.localName === 'Envelope' && root.namespaceURI === SOAP) return root;
  } catch {
    // Told below.
  }
  throw invalid('the envelope');
}

function inOrder(parent: Element, operation: string): void {
  const order = ORDER[operation];
  if (order === undefined) throw invalid(operation);
  const places = childrenOf(parent).map((each) => order.indexOf(each.localName ?? ''));
  const isInOrder = places.every((place, index) => place >= 0 && place > (places[index - 1] ?? -1));
  if (!isInOrder) throw invalid(operation);
}

function childrenOf(parent: Element): Element[] {
  return [...parent.childNodes].filter((node): node is Element => node.nodeType === 1);
}

function child(parent: Element, namespace: string, name: string): Element {
  const found = childrenOf(parent).find(
    (each) => each.localName === name && each.namespaceURI === namespace,
  );
  if (found === undefined) throw invalid(name);
  return found;
}

function invalid(what: string): Refused {
  return new Refused(
    'ErrorSchemaValidation',
    'fault',
    `The request failed schema validation: ${what}`,
  );
}

function message(operation: string, content: string): string {
  return `<m:${operation}ResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>${content}</m:${operation}ResponseMessage>`;
}

function refusedMessage(operation: string, { code, words, backOffMs }: EwsRefusal): string {
  return (
    `<m:${operation}ResponseMessage ResponseClass="Error"><m:MessageText>${words ?? 'It was refused.'}</m:MessageText>` +
    `<m:ResponseCode>${code}</m:ResponseCode><m:DescriptiveLinkKey>0</m:DescriptiveLinkKey>${backOff(backOffMs, 'm')}</m:${operation}ResponseMessage>`
  );
}

function backOff(ms: number | undefined, prefix: 'm' | 't'): string {
  if (ms === undefined) return '';
  return `<${prefix}:MessageXml><t:Value Name="BackOffMilliseconds">${ms}</t:Value></${prefix}:MessageXml>`;
}

function response(operation: string, messages: readonly string[]): string {
  return soap(
    `<m:${operation}Response><m:ResponseMessages>${messages.join('')}</m:ResponseMessages></m:${operation}Response>`,
  );
}

function fault({ code, words, backOffMs }: EwsRefusal): string {
  return soap(
    `<s:Fault><faultcode xmlns:a="${T}">a:${code}</faultcode><faultstring xml:lang="en-US">${words ?? 'It was refused.'}</faultstring>` +
      `<detail><e:ResponseCode xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors">${code}</e:ResponseCode>${backOff(backOffMs, 't')}</detail></s:Fault>`,
  );
}

function soap(body: string): string {
  return (
    `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="${SOAP}" xmlns:t="${T}" xmlns:m="${M}"><s:Header>` +
    '<t:ServerVersionInfo MajorVersion="15" MinorVersion="2" MajorBuildNumber="1544" MinorBuildNumber="4" Version="Exchange2016"/>' +
    `</s:Header><s:Body>${body}</s:Body></s:Envelope>`
  );
}
