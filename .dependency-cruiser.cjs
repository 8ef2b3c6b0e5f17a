/** The arrows of ../shared/design.md §1, enforced. `npm run check` runs this. */
const only = (name, folder, module, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: '^(bot|cards|services)', pathNot: folder },
  to: { path: module },
});
const npm = (pattern) => `node_modules/(${pattern})/`;

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'domain-imports-nothing',
      severity: 'error',
      from: { path: '^services/domain' },
      to: { pathNot: '^services/domain' },
    },
    {
      name: 'services-know-no-bot-or-cards',
      severity: 'error',
      from: { path: '^services' },
      to: { path: '^(bot|cards)' },
    },
    {
      name: 'cards-are-pure',
      comment: 'cards take only types, from services/domain and services/i18n',
      severity: 'error',
      from: { path: '^cards' },
      to: { path: '^(bot|services)', pathNot: '^services/(domain|i18n)' },
    },
    {
      name: 'nothing-imports-test',
      severity: 'error',
      from: { path: '^(bot|cards|services|manifest)' },
      to: { path: '^test' },
    },
    {
      name: 'services-are-entered-by-their-face',
      comment:
        'services/<x>/index.ts is the only door into services/<x>; bot/compose.ts alone knows concrete classes',
      severity: 'error',
      from: { path: '^(bot|cards)/', pathNot: '^bot/compose\\.ts$' },
      to: { path: '^services/(?!domain/)[^/]+/', pathNot: '^services/[^/]+/index\\.ts$' },
    },
    {
      name: 'a-service-enters-another-by-its-face',
      severity: 'error',
      from: { path: '^services/([^/]+)/' },
      to: {
        path: '^services/(?!domain/)[^/]+/',
        pathNot: ['^services/$1/', '^services/[^/]+/index\\.ts$'],
      },
    },
    only(
      'botbuilder-only-in-bot-teams',
      '^bot/teams',
      npm('botbuilder[^/]*|botframework[^/]*'),
      'a successor SDK replaces bot/teams alone',
    ),
    only('restify-only-in-bot-http', '^bot/http', npm('restify|@types/restify')),
    only('lowdb-only-in-store', '^services/store', npm('lowdb|pg|kysely')),
    only('mail-libraries-only-in-probes', '^services/probes', npm('nodemailer|imapflow')),
    only(
      'graph-client-only-in-directory-and-probe',
      '^services/(directory|probes)',
      npm('@microsoft/microsoft-graph-client'),
    ),
    only('adaptivecards-in-one-file', '^cards/validation/sdk\\.ts', npm('adaptivecards')),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    exclude: { path: '^dist' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
