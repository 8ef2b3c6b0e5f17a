export interface StoredMessage {
  /** Grows, never reused (RFC 3501 §2.3.1.1); POP3's unique id as well. */
  readonly uid: number;
  readonly raw: Buffer;
  readonly receivedAt: Date;
}

export interface DemoAccount {
  /** User name and address in one, as with most hosters. */
  readonly address: string;
  readonly password: string;
}

/** The mailboxes behind all of the demo's servers: what SMTP takes in, IMAP, POP3 and Graph show. */
export interface MailStore {
  has(address: string): boolean;
  signIn(userName: string, password: string): boolean;
  setPassword(userName: string, password: string): void;
  deliver(address: string, raw: Buffer): StoredMessage;
  messages(address: string): readonly StoredMessage[];
}

export function createMailStore(accounts: readonly DemoAccount[]): MailStore {
  const passwords = new Map(accounts.map(({ address, password }) => [keyOf(address), password]));
  const mailboxes = new Map<string, StoredMessage[]>(
    accounts.map(({ address }) => [keyOf(address), []]),
  );

  function mailboxOf(address: string): StoredMessage[] {
    const mailbox = mailboxes.get(keyOf(address));
    if (mailbox === undefined) throw new Error(`the demo has no mailbox ${address}`);
    return mailbox;
  }

  return {
    has: (address) => mailboxes.has(keyOf(address)),
    signIn: (userName, password) => passwords.get(keyOf(userName)) === password,
    setPassword(userName, password) {
      mailboxOf(userName);
      passwords.set(keyOf(userName), password);
    },
    deliver(address, raw) {
      const mailbox = mailboxOf(address);
      const message = { uid: mailbox.length + 1, raw, receivedAt: new Date() };
      mailbox.push(message);
      return message;
    },
    messages: (address) => mailboxOf(address),
  };
}

function keyOf(address: string): string {
  return address.toLowerCase();
}
