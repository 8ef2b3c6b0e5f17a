import { lookup } from 'node:dns/promises';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import type { Endpoint } from '../domain/profile.ts';
import { ProtocolError } from './protocol-error.ts';
import type { Session } from './session.ts';
import type { StageLog } from './stage-log.ts';
import { startTls, type TlsPeer } from './tls.ts';

/** The next address is tried beside a slow one, never instead of it (RFC 8305 §5). */
const ATTEMPT_DELAY_MS = 1_000;

/** Codes that speak of our own side: another address' answer says more. */
const UNTELLING = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT']);

/** Where the steps of opening a connection are told; the session's own log, or nobody. */
export type Observer = Pick<StageLog, 'enter' | 'note' | 'skip'>;

/** A second connection of a session, e.g. to the token service, is a detail of the stage that needs it. */
export const UNOBSERVED: Observer = {
  enter: () => undefined,
  note: () => undefined,
  skip: () => undefined,
};

/** Stages `resolve` and `connect`, and `tls` where it comes first. The socket dies with the session. */
export async function openConnection(
  session: Session,
  endpoint: Omit<Endpoint, 'protocol'>,
  observer: Observer = session.stages,
): Promise<Socket> {
  observer.enter('resolve');
  const addresses = await resolve(session, endpoint.host);
  observer.note('addresses', addresses.join(', '));
  const reachable = addresses.filter((address) => session.mayCall(address));
  if (reachable.length === 0) throw new ProtocolError('ADDRESS_OF_ITS_OWN');
  observer.enter('connect');
  observer.note('endpoint', `${endpoint.host}:${endpoint.port}`);
  const socket = await connectFirst(session, reachable, endpoint.port, observer);
  if (endpoint.tls !== 'implicit') {
    if (endpoint.tls === 'none') observer.skip('tls');
    return socket;
  }
  observer.enter('tls');
  return secure(session, socket, { ...session.tlsPeer(endpoint.host), note: observer.note });
}

/** Stage `tls` on an open socket: from the first byte, or after STARTTLS. */
export function secure(
  session: Session,
  socket: Socket,
  peer: TlsPeer = session.tlsPeer(),
): Promise<Socket> {
  return session.deadline.within(
    new Promise((resolveSocket, reject) => {
      const secured = startTls(socket, peer, () => {
        secured.off('close', onClose);
        resolveSocket(secured);
      });
      const onClose = (): void => reject(new ProtocolError('CONNECTION_CLOSED'));
      session.own(secured);
      secured.once('error', reject);
      secured.once('close', onClose);
    }),
  );
}

async function resolve(session: Session, host: string): Promise<readonly string[]> {
  if (isIP(host) !== 0) return [host];
  // The system's resolver, so that /etc/hosts and search domains count. It cannot be cancelled:
  // an abandoned query ends in its thread without anybody listening.
  const found = await session.deadline.within(lookup(host, { all: true, order: 'verbatim' }));
  return [...new Set(found.map(({ address }) => address))];
}

/** The first address that answers wins, the others are given up. */
function connectFirst(
  session: Session,
  addresses: readonly string[],
  port: number,
  observer: Observer,
): Promise<Socket> {
  const attempts: Socket[] = [];
  const failures: NodeJS.ErrnoException[] = [];
  const tried: string[] = [];
  let next: NodeJS.Timeout | undefined;
  const work = new Promise<Socket>((resolveSocket, reject) => {
    const tryNext = (): void => {
      clearTimeout(next);
      const host = addresses[attempts.length];
      if (host === undefined) return;
      const socket = connectTcp({ host, port });
      const attempt = attempts.push(socket) - 1;
      tried[attempt] = host;
      session.own(socket);
      socket.once('connect', () => {
        socket.setNoDelay(true);
        resolveSocket(socket);
      });
      socket.once('error', (error: NodeJS.ErrnoException) => {
        failures.push(error);
        tried[attempt] = `${host} ${error.code ?? error.message}`;
        if (failures.length === addresses.length) reject(mostTelling(failures));
        else tryNext();
      });
      if (attempts.length < addresses.length) next = setTimeout(tryNext, ATTEMPT_DELAY_MS);
    };
    tryNext();
  });
  return session.deadline
    .within(work)
    .then((winner) => {
      for (const socket of attempts) if (socket !== winner) socket.destroy();
      return winner;
    })
    .finally(() => {
      clearTimeout(next);
      // One address that answered is told by the stage before.
      if (tried.length > 1 || failures.length > 0) observer.note('addresses', tried.join(', '));
    });
}

function mostTelling(failures: readonly NodeJS.ErrnoException[]): Error {
  const telling = failures.find(({ code }) => code !== undefined && !UNTELLING.has(code));
  return telling ?? failures[0] ?? new ProtocolError('CONNECTION_CLOSED');
}
