import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type RunningDemo, startDemoProcess } from './support/running-demo.ts';
import { sayWhatWasSeen } from './support/say-what-was-seen.ts';
import { openWindow, type Window } from './support/window.ts';

/** Steps 1 to 5 of what a newcomer does, in one world: each test stands on the ones before it. */
describe('the demo, in Microsoft 365 Agents Playground', () => {
  let demo: RunningDemo;
  let anna: Window;
  let erik: Window;
  let gustav: Window;

  beforeAll(async () => {
    demo = await startDemoProcess(['Anna', 'Erik', 'Gustav'], ['--port', '0', '--minute', '400ms']);
    anna = await openWindow(demo.urlFor('Anna'));
    erik = await openWindow(demo.urlFor('Erik'));
    gustav = await openWindow(demo.urlFor('Gustav'));
  });

  afterAll(async () => {
    await Promise.all([anna, erik, gustav].map((window) => window.close()));
    await demo.stop();
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await sayWhatWasSeen(demo, { anna, erik, gustav });
  });

  it('prints a line for everything that started and welcomes each person by name', async () => {
    for (const part of ['mail server', 'store', 'engine', 'notifications', 'listening']) {
      expect(demo.output.some((line) => line.startsWith(part))).toBe(true);
    }
    await anna.sees('Hello Anna! I am Mailbox Medic');
    await erik.sees('Hello Erik! I am Mailbox Medic');
    await anna.screenshot('1-welcome');
  });

  it('answers a pasted English alert with cause, steps, both menus and the live mailbox', async () => {
    await anna.say(
      'Email cannot be received for the mailbox Anna Admin. Make sure that the credentials specified in the mailbox are correct and have sufficient permissions for receiving email. Then, enable the mailbox for email processing.',
    );
    await anna.sees('How it is right now');
    await anna.sees('anna.admin@contoso.example');
    await anna.sees('Start here');
    await anna.sees('Power Platform admin center:');
    await anna.sees('Classic menus (on-premises):');
    await anna.screenshot('2-alert-english');
  });

  it('answers a pasted Swedish alert in Swedish once the person has chosen it, with no button for tests', async () => {
    await erik.say('språk sv');
    // Not only "Svenska", which is a button of the welcome card.
    await erik.sees('Jag svarar på svenska');
    await erik.say(
      'E-post kan inte tas emot för postlådan Erik Ek. Kontrollera att de autentiseringsuppgifter som angetts i din postlåda är korrekta och att de har tillräcklig behörighet för att ta emot e-post. Aktivera sedan postlådan för bearbetning av e-post.',
    );
    await erik.sees(/Postlådan fungerar just nu/);
    expect(await erik.page.getByRole('button', { name: 'Testa och aktivera' }).count()).toBe(0);
    await erik.screenshot('2-alert-swedish');
  });

  it('tests and enables a mailbox, each stage of each direction', async () => {
    await anna.say('status anna.admin@contoso.example');
    await anna.sees('Not enabled');
    await anna.press('Test & enable');
    await anna.sees('Anna Admin works and is enabled');
    for (const stage of ['Resolve the server', 'Encrypt (TLS)', 'Server greeting', 'Sign in']) {
      await anna.sees(new RegExp(stage.replace(/[()]/g, '.')));
    }
    await anna.screenshot('3-tested-and-enabled');
  });

  it('says which stage fails where the server’s certificate has expired, and what to do', async () => {
    await anna.say('test fakturor@contoso.example');
    await anna.sees("The server's certificate has expired.");
    await anna.sees('CERT_HAS_EXPIRED');
    await anna.screenshot('3-expired-certificate');
  });

  it('approves on-premises, and another copy of the card follows', async () => {
    await erik.say('status Kundtjänst');
    await erik.sees('Väntar på godkännande');
    await anna.say('status Kundtjänst');
    await anna.press('Approve email');
    await anna.sees(/Approved/);
    await erik.page
      .getByText('Väntar på godkännande')
      .first()
      .waitFor({ state: 'detached', timeout: 60_000 });
    await anna.screenshot('4-approved');
    await erik.screenshot('4-approved-copy');
  });

  it('refuses to approve Exchange Online politely; the Global administrator gets the request', async () => {
    await anna.say('approve Eva Holm');
    await anna.sees('You may not do that yourself');
    await anna.sees('Nothing was changed.');
    await anna.screenshot('4-refused');
    await anna.press('Ask for approval');
    await anna.press('Send request');
    await gustav.sees('Request to approve an email address');
    await gustav.screenshot('4-request');
    await gustav.press('Approve email');
    await gustav.sees(/Decided by Gustav Global/);
    await gustav.screenshot('4-decided');
  });

  it('follows an outage through retries, disabling and the server’s return', async () => {
    await demo.command('break server-down');
    await anna.sees(/Retry 1 of 10 failed/);
    await anna.screenshot('5-first-retry');
    await anna.sees(/Retry [4-9] of 10 failed/);
    await anna.screenshot('5-later-retry');
    await anna.sees(/Synchronization was stopped/);
    await erik.sees(/Du behöver inte göra något/);
    await anna.screenshot('5-disabled');
    await erik.screenshot('5-disabled-owner');
    await demo.command('heal');
    await anna.sees('The fault seems to be gone');
    await anna.screenshot('5-answers-again');
  });

  it('puts it right with Test & enable, and every copy says so', async () => {
    for (const mailbox of ['Erik Ek', 'Lena Lund', 'Anna Admin']) {
      await anna.say(`test ${mailbox}`);
      await anna.sees(`${mailbox} works and is enabled`);
    }
    await anna.sees(/running as it should again since|runs as it should again/);
    await erik.sees(/fungerar igen/i);
    await anna.screenshot('6-right-again');
    await erik.screenshot('6-right-again-owner');
  });

  it('tells the owner, and nobody else, when only one password is wrong', async () => {
    const title = "The mailbox's sign-in details aren't accepted (Gmail and other servers)";
    const annasCards = await anna.page.getByText(title).count();
    await demo.command('break wrong-password');
    await erik.sees('Det här behöver du göra');
    await erik.sees('Servern godtog inte användarnamnet och lösenordet.');
    expect(await anna.page.getByText(title).count()).toBe(annasCards);
    await erik.screenshot('7-wrong-password');
    await demo.command('heal');
  });

  it('tells the owner of the profile when the server’s certificate expires', async () => {
    const expired = anna.page.getByText("The server's certificate has expired.");
    const before = await expired.count();
    await demo.command('break expired-certificate');
    await expect.poll(() => expired.count(), { timeout: 60_000 }).toBeGreaterThan(before);
    await anna.screenshot('8-certificate-expires');
    await demo.command('heal');
  });

  it('says that Exchange Server is not found, and takes its address from the card until a test passes', async () => {
    const [, moved] = /It is here: (\S+)/.exec(await demo.command('break autodiscover')) ?? [];
    await anna.sees('Mailbox location could not be determined');
    // Each further mailbox redraws the card, and would take the form away from under her hands.
    await anna.sees('Directions: 4 disabled');
    await anna.screenshot('9-location-undetermined');
    await anna.press('Correct server location');
    await anna.page.getByPlaceholder('https://mail.contoso.com').last().fill(moved!);
    await anna.screenshot('9-address-typed');
    await anna.press('Show what changes');
    await anna.sees('Nothing is enabled by it');
    await anna.screenshot('9-what-changes');
    await anna.press(/^Change for \d+ mailboxes$/);
    await anna.sees(moved!);
    await anna.screenshot('9-changed');
    await anna.say('test Sara Sund');
    await anna.sees('Sara Sund works and is enabled');
    await anna.sees('Loopback stand-in for Exchange Server, not Exchange itself');
    await anna.screenshot('9-found-and-enabled');
    await demo.command('heal');
  });
});
