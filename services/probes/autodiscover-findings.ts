import { classify } from './classify/classify.ts';
import { symptomOf } from './classify/symptom.ts';
import { HttpRefusal } from './http-refusal.ts';
import { ProtocolError } from './protocol-error.ts';

/** One refused sign-in may be another service's password, two are not chance (Microsoft's own advice). */
const SIGN_INS_THAT_COUNT = 2;

/** What went wrong with each service that was asked; in the end the most telling of it is the failure. */
export interface AutodiscoverFindings {
  refused(url: string, refusal: HttpRefusal): void;
  /** Throws when this was one too many. */
  signInRefused(url: string, refusal: HttpRefusal): null;
  /** It would have had to have the password, or to be believed, and is neither ours nor named by ours. */
  foreign(url: string): null;
  insecure(url: string): null;
  loop(url: string): void;
  status(url: string, status: number): void;
  /** `isExpected`: a host that the mailbox's domain has for this purpose, not just its web site. */
  unreachable(url: string, error: unknown, isExpected: boolean): null;
  conclusion(): Error;
}

export function createFindings(note: (what: string) => void): AutodiscoverFindings {
  const signIns: HttpRefusal[] = [];
  let refusal: HttpRefusal | null = null;
  let certificate: Error | null = null;
  let foreign: string | null = null;
  let looping: string | null = null;
  let mayPass = false;

  return {
    refused(url, error) {
      note(`${url}: ${error.reply ?? ''}`);
      refusal ??= error;
    },
    signInRefused(url, error) {
      note(`${url}: ${error.reply ?? ''}`);
      // Our method is not offered there: nothing is known of the password.
      if (error.serverResponseCode !== '') refusal ??= error;
      else signIns.push(error);
      if (signIns.length >= SIGN_INS_THAT_COUNT) throw error;
      return null;
    },
    foreign(url) {
      note(`${url}: not asked with the password`);
      foreign ??= new URL(url).hostname;
      return null;
    },
    insecure(url) {
      note(`${url}: not https`);
      return null;
    },
    loop(url) {
      note(`${url}: asked before`);
      looping ??= url;
    },
    status(url, status) {
      note(`${url}: ${status}`);
      mayPass ||= status >= 500 || status === 429;
    },
    unreachable(url, error, isExpected) {
      const place = {
        protocol: 'ews',
        stage: 'connect',
        purpose: 'test',
        tls: 'implicit',
        port: 443,
      };
      const symptom = symptomOf(place as Parameters<typeof symptomOf>[0], error);
      note(`${url}: ${symptom.code}`);
      const { reason, nature } = classify(symptom);
      if (isExpected && reason.startsWith('certificate') && error instanceof Error)
        certificate ??= error;
      mayPass ||= nature === 'transient';
      return null;
    },
    conclusion() {
      if (refusal !== null) return refusal;
      if (signIns.length > 0)
        return new HttpRefusal(
          401,
          ['autodiscover-one-401'],
          'one service refused the sign-in',
          null,
        );
      if (certificate !== null) return certificate;
      if (foreign !== null) return new ProtocolError('AUTODISCOVER_FOREIGN', { reply: foreign });
      if (looping !== null) return new ProtocolError('AUTODISCOVER_LOOP', { reply: looping });
      return new ProtocolError(mayPass ? 'AUTODISCOVER_UNREACHED' : 'AUTODISCOVER_FAILED');
    },
  };
}
