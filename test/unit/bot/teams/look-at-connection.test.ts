import { expect, it } from 'vitest';
import { invitationOfNobody } from '../../../../bot/teams/sign-in/look-at-connection.ts';
import { createFakeTokenService } from '../../../support/token-service/fake-token-service.ts';
import { tokenServiceOver } from '../../../support/token-service/token-server.ts';

const appId = '11111111-2222-4333-8444-555555555555';
const fake = createFakeTokenService({
  appId,
  connectionName: 'dynamics',
  resource: 'https://contoso.crm4.dynamics.com',
  botToken: null,
});

it('tells by an invitation that nobody follows whether the Azure Bot has the connection', async () => {
  const known = await tokenServiceOver(fake, { appId, connectionName: 'dynamics' });
  expect((await invitationOfNobody(known)).exchange?.uri).toBe(`api://botid-${appId}`);
  const unknown = await tokenServiceOver(fake, { appId, connectionName: 'dataverse' });
  await expect(invitationOfNobody(unknown)).rejects.toThrow('sign-in-unavailable');
  expect(fake.hasSignedIn('29:doctor')).toBe(false);
});
