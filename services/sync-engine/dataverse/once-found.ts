import type { SyncEngine } from '../sync-engine.ts';

type Asked = Exclude<keyof SyncEngine, 'kind' | 'start' | 'stop'>;
type Method = (...given: readonly unknown[]) => unknown;

/** What is asked of an engine that has to be found first; who asks is told why it was not. */
export function onceFound(engine: () => Promise<SyncEngine>): Pick<SyncEngine, Asked> {
  const asked = <Name extends Asked>(name: Name): SyncEngine[Name] => {
    const method = async (...given: readonly unknown[]) => {
      const methods = (await engine()) as unknown as Readonly<Record<Asked, Method>>;
      return methods[name](...given);
    };
    return method as unknown as SyncEngine[Name];
  };
  return {
    organization: asked('organization'),
    profile: asked('profile'),
    findMailboxes: asked('findMailboxes'),
    limits: asked('limits'),
    earlyWarnings: asked('earlyWarnings'),
    failedItems: asked('failedItems'),
    appointmentForms: asked('appointmentForms'),
    sights: asked('sights'),
    openAlerts: asked('openAlerts'),
    alerts: asked('alerts'),
    testRun: asked('testRun'),
    pendingMessages: asked('pendingMessages'),
    waitingByDay: asked('waitingByDay'),
    performanceSummary: asked('performanceSummary'),
    performanceMailboxes: asked('performanceMailboxes'),
    performanceHours: asked('performanceHours'),
    raisedAlerts: asked('raisedAlerts'),
    processedTurns: asked('processedTurns'),
    testAndEnable: asked('testAndEnable'),
    approve: asked('approve'),
    reject: asked('reject'),
    submit: asked('submit'),
    holdMessages: asked('holdMessages'),
    cancelMessages: asked('cancelMessages'),
    releaseMessages: asked('releaseMessages'),
    setUpChanges: asked('setUpChanges'),
    checkProfileChange: asked('checkProfileChange'),
    changeProfile: asked('changeProfile'),
    forgetOverruled: asked('forgetOverruled'),
    changeActMethod: asked('changeActMethod'),
    setActive: asked('setActive'),
  };
}
