import { ActivityHandler, CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import restify from 'restify';

// The peer of test/bench/program.ts: the least that the SDK and the HTTP server cost by themselves.
const adapter = new CloudAdapter(
  new ConfigurationBotFrameworkAuthentication({
    MicrosoftAppId: process.env.MicrosoftAppId ?? '',
    MicrosoftAppPassword: process.env.MicrosoftAppPassword ?? '',
    MicrosoftAppTenantId: process.env.MicrosoftAppTenantId ?? '',
    MicrosoftAppType: 'SingleTenant',
  }),
);
const bot = new ActivityHandler();
bot.onMessage(async (context, next) => {
  await context.sendActivity(context.activity.text);
  await next();
});
const server = restify.createServer();
server.use(restify.plugins.bodyParser({ mapParams: false }));
server.post('/api/messages', async (request, response) => {
  await adapter.process(
    {
      ...request,
      method: 'POST',
      body: request.body as Record<string, unknown>,
      headers: request.headers,
    },
    response,
    (context) => bot.run(context),
  );
});
server.listen(0, '127.0.0.1', () => {
  console.log(
    JSON.stringify({
      event: 'listening',
      url: `http://127.0.0.1:${String(server.address().port)}`,
    }),
  );
});
