import type { Random } from './random.ts';
import type { Names } from './renderings.ts';

const FIRST =
  'Agnes Alva Ebba Edvin Elin Gösta Hjördis Ingrid Jörgen Kerstin Linnéa Märta Nils Sixten Solveig Tuva Viggo Åke Örjan Amelia Barnaby Connor Daphne Ethan Fiona Gareth Harriet Imogen Jasper Keira Lachlan Maeve Nigel Priya Rosalind Stefan Tomasz Yusuf'.split(
    ' ',
  );
const LAST =
  'Ahlgren Bäckström Cederlöf Dahlqvist Engdahl Forsgren Grönlund Hägglöf Isaksson Jonasson Kjellberg Lövgren Mårtensson Norling Oxenstierna Palmgren Rydén Strömbäck Törnqvist Vallgren Åhlén Öhman Ashworth Blackwell Carmichael Donnelly Ellsworth Fairbanks Gallagher Hargreaves Kowalski Lindholm Middleton Okafor Pemberton Ramirez Sutherland Thornton Whitaker Zhang'.split(
    ' ',
  );
const PLACES =
  'Umeå Växjö Kiruna Örebro Luleå Bristol Dublin Leeds Tampere Oslo Ystad Cardiff'.split(' ');
const DUTIES =
  'Order Faktura Retur Bokning Reception Växel Orders Billing Returns Bookings Payroll Dispatch Warranty Spedition Inköp Ekonomi'.split(
    ' ',
  );
const TRADES = 'Bygg Marin Trä Plåt Frakt Rör Timber Marine Freight Glass Steel Textiles'.split(
  ' ',
);
const FORMS = ['AB', 'Ltd', 'Group', '& Söner', '& Sons', 'GmbH', 'Nordic', 'i Norr'];

const TRICKY = [
  'Support och e-post',
  'Kundtjänst Exchange',
  'Not Approved Invoices',
  'Postlådan Nord',
  'Mailbox Team 4',
  'Profil för order',
  'Email Errors',
  'Ägare och avtal',
  'The Owners Club',
  'Test Message Desk',
  'Sync & Tasks',
  'Kalender och kontakter',
  'Dispatch 24/7',
  'SVC_mail01',
  'Säljstöd (Göteborg)',
  '[Inköp] Nord',
  'Info – Butik',
  "O'Neill, Sean",
  'IT-stöd <stod@fabrikam.se>',
  'faktura@northwind.se',
  'no.reply@adatum.co.uk',
  'Order: Syd',
  '🚀 Lansering',
  'Kök & Bad 📦',
  'צוות תמיכה',
  'فريق المبيعات',
  '営業 一課',
  '*VIP* Orders',
  '_intern_ Order',
  'R&D / Labb',
  'Ett fel, två lag',
  'Because Ltd',
  'Kontakta Eftersom AB',
];
const TRICKY_PROFILES = [
  'Microsoft Exchange Online',
  'Email server profile B',
  'Profil för postlådor',
  'E-post ut (SMTP)',
  'POP3/SMTP Reception',
  'EX-01.corp.adatum.com',
  'Exchange "Prod"',
  'Ägarens profil',
  'Gmail & Co',
];
const SERVERS = ['Exchange Online', 'Exchange', 'Gmail', 'POP', 'IMAP', 'EX Hybrid', 'Kontorsmejl'];
const SUBJECTS = [
  'Offert 4471',
  'Test Message',
  'Testmeddelande',
  'Your mailbox is now connected to Dynamics 365',
  'Möte på torsdag',
  'Re: Leverans till Umeå',
  'Fwd: Quarterly figures',
  'Påminnelse om faktura 88-31',
  'Welcome aboard',
  'Order 20-1187 bekräftad',
];

/** Names as people, queues and companies bear them. */
export function plainNames(random: Random): Names {
  return {
    mailbox: plainMailbox(random),
    otherMailbox: `${random.pick(FIRST)} ${random.pick(LAST)}`,
    profile: plainProfile(random),
    subject: random.pick(SUBJECTS),
  };
}

/** Names that look like wording, or that markup and punctuation could tear apart. */
export function trickyNames(random: Random): Names {
  return {
    mailbox: random.pick(TRICKY),
    otherMailbox: random.pick(TRICKY),
    profile: random.chance(0.5) ? random.pick(TRICKY_PROFILES) : plainProfile(random),
    subject: random.pick(SUBJECTS),
  };
}

function plainMailbox(random: Random): string {
  const person = `${random.pick(FIRST)} ${random.pick(LAST)}`;
  const duty = `${random.pick(DUTIES)} ${random.pick(PLACES)}`;
  const company = `${random.pick(PLACES)} ${random.pick(TRADES)} ${random.pick(FORMS)}`;
  const kind = random.next();
  if (kind < 0.6) return person;
  return kind < 0.85 ? duty : company;
}

function plainProfile(random: Random): string {
  const server = random.pick(SERVERS);
  return random.chance(0.3) ? server : `${server} ${random.pick(PLACES)}`;
}
