import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Secret, secretOf } from '../../../services/observability/index.ts';
import { type DoctorWorld, type Over, startDoctorWorld } from '../../support/doctor-world.ts';
import { ACCOUNT, type NtlmFront, startNtlmFront } from '../../support/ntlm-front.ts';

let world: DoctorWorld;
let front: NtlmFront;
beforeEach(async () => {
  world = await startDoctorWorld();
  front = await startNtlmFront(world);
});
afterEach(async () => {
  front.stop();
  await world.stop();
});

const engine = (password: Secret): Over['engine'] => ({
  kind: 'dataverse-on-premises',
  url: new URL(front.url),
  signIn: { kind: 'ntlm', ...ACCOUNT, password },
  lookAt: 'off',
});

describe('an examination of Dynamics 365 on-premises', () => {
  it('reads over a connection that Windows signs in, and says that this is unproved', async () => {
    const examined = await world.examine({ engine: engine(ACCOUNT.password) });
    expect(examined.of('engine').outcome).toBe('warning');
    expect(examined.of('organization').outcome).toBe('ok');
    expect(examined.of('table.mailbox').outcome).toBe('ok');
    expect(examined.of('oauth-connection').found.en).toContain('nobody signs in');
    const proofs = await examined.prove();
    expect(proofs.get('ntlm')?.verdict).toBe('confirmed');
    expect(proofs.get('cloud')?.verdict).toBe('open');
  });

  it('tries a refused password once, as accounts are locked by more', async () => {
    const examined = await world.examine({ engine: engine(secretOf('wrong')) });
    expect(examined.of('organization').outcome).toBe('failed');
    expect(examined.of('table.mailbox').outcome).toBe('not-checked');
    expect((await examined.prove()).get('ntlm')?.verdict).toBe('refuted');
    expect(front.signed).toEqual(['begun', 'refused']);
  });
});
