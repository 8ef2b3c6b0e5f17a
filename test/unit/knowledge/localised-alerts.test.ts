import { beforeAll, describe, expect, it } from 'vitest';
import type { Knowledge } from '../../../services/knowledge/index.ts';
import { realKnowledge } from '../../support/real-knowledge.ts';

let knowledge: Knowledge;
beforeAll(async () => {
  knowledge = await realKnowledge();
});

/** As Microsoft's machine translations print them (domain.md §1.5), with a name for the placeholder. */
const PUBLISHED = [
  [
    'de',
    'gmail',
    'send',
    'Die E-Mail-Nachricht "Testnachricht" kann nicht gesendet werden. Stellen Sie sicher, dass die im Postfachnamen Anna Ek angegebenen Anmeldeinformationen korrekt sind und über ausreichende Berechtigungen zum Senden von E-Mails verfügen. Aktivieren Sie dann das Postfach für die E-Mail-Verarbeitung.',
  ],
  [
    'de',
    'gmail',
    'act',
    'Termine, Kontakte und Aufgaben können nicht synchronisiert werden. Stellen Sie sicher, dass die im Postfachnamen Anna Ek angegebenen Anmeldeinformationen korrekt sind und über ausreichende Berechtigungen verfügen. Aktivieren Sie dann das Postfach für die Synchronisierung von Terminen, Kontakten und Aufgaben.',
  ],
  [
    'fr',
    'gmail',
    'send',
    "Impossible d'envoyer le message électronique « Message de test ». Assurez-vous que les informations d'identification spécifiées dans la boîte aux lettres Anna Ek sont correctes et disposez des autorisations suffisantes pour envoyer un e-mail. Puis, activez la boîte aux lettres pour le traitement du courrier électronique.",
  ],
  [
    'fr',
    'gmail',
    'receive',
    'Le courrier électronique ne peut pas être reçu dans la boîte aux lettres Anna Ek. Vérifiez les informations d’identification de la boîte aux lettres et les autorisations pour la réception du courrier électronique.',
  ],
  [
    'it',
    'o365-approval',
    'receive',
    "Impossibile ricevere posta elettronica perché l'indirizzo di posta elettronica della cassetta postale Anna Ek richiede un'approvazione da un amministratore di Office 365. Non sincronizza la cassetta postale. Una notifica viene registrata sulla parete avvisi per il proprietario del profilo di server di posta elettronica di Microsoft Exchange Online.",
  ],
  [
    'it',
    'o365-approval',
    'act',
    "Gli appuntamenti, contatti e attività Impossibile sincronizzare l'indirizzo di posta elettronica della cassetta postale Anna Ek richiede un'approvazione da un amministratore di Office 365. Una notifica viene registrata sulla parete avvisi per il proprietario del profilo di server di posta elettronica di Microsoft Exchange Online.",
  ],
  [
    'cs',
    'gmail',
    'send',
    'Nelze odeslat e-mailové zprávy "Zkušební zprávu". Ujistěte se, že pověření zadaná v Anna Ek schránky jsou správné a nemáte dostatečná oprávnění pro odesílání e-mailu. Poté povolte poštovní schránku pro zpracování e-mailu.',
  ],
  [
    'pl',
    'act-retry-203',
    'act',
    'Nie można zsynchronizować terminów, kontaktów i zadań skrzynki pocztowej Anna Ek. Właściciel skojarzonego profilu serwera poczty e-mail Exchange Nord został powiadomiony. System spróbuje ponownie później.',
  ],
] as const;

/** These languages write no spaces between words; the mailbox's name is set off by spaces. */
const WITHOUT_SPACES = [
  [
    'ja',
    'gmail',
    '予定、連絡先、タスクを同期できません。 メールボックス Anna Ek で指定された資格情報が正しく、十分なアクセス許可があることを確認します。 次に、予定、連絡先、タスクの同期のメールボックスを有効にします。',
  ],
  [
    'ja',
    'other-org',
    '予定、連絡先、およびタスクは同期できません Anna Ek のメールボックスの電子メール アドレスは、Microsoft Dynamics 365 別の組織で構成されているためです。テスト、主要な組織で、メールボックスを有効にすると、構成を上書きすることをお勧めします。',
  ],
  [
    'zh',
    'gmail',
    '无法发送电子邮件“测试消息”。确保邮箱 Anna Ek 中指定的凭据正确，并且有足够的权限发送电子邮件。然后启用此邮箱的电子邮件处理功能。',
  ],
] as const;

describe('an alert in a language that answers are not given in', () => {
  it.each(PUBLISHED)('(%s) is %s with its mailbox, about %s', (_lang, topic, direction, text) => {
    expect(knowledge.diagnoseNow(text)).toMatchObject({
      outcome: 'match',
      matches: [{ topic, direction, slots: { mailbox: 'Anna Ek' } }],
    });
  });

  it.each(WITHOUT_SPACES)('(%s) is %s with its mailbox', (_lang, topic, text) => {
    expect(knowledge.diagnoseNow(text)).toMatchObject({
      outcome: 'match',
      matches: [{ topic, slots: { mailbox: 'Anna Ek' } }],
    });
  });

  it.each([
    'Email Serverfehlercode: Http-Server hat die Ausnahme "401 Nicht autorisiert" zurückgegeben.',
    'Kód chyby serveru e-mailu: HTTP server vrátil výjimku 401 neoprávněný.',
    'Http 服务器返回 401 未授权异常。',
  ])('is told by its code: %s', (line) => {
    expect(knowledge.diagnoseNow(line)).toMatchObject({
      outcome: 'match',
      matches: [{ topic: 'unauthorized-401' }],
    });
  });

  it('leaves other mail in those languages alone', () => {
    for (const text of [
      'Der Drucker im zweiten Stock kann nicht gefunden werden. Bitte wenden Sie sich an die IT.',
      "Impossible d'ouvrir la pièce jointe, merci de me la renvoyer.",
      'La fattura richiede un visto del direttore prima di venerdì.',
      'Nelze otevřít dveře skladu, zavolejte prosím vrátného.',
      '请把会议室的钥匙放在前台，谢谢。',
      '来週の会議の資料を送ってください。',
    ]) {
      expect(knowledge.diagnoseNow(text).outcome, text).toBe('none');
    }
  });
});
