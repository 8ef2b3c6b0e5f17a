import type { Middleware } from 'botbuilder';

/**
 * Leaves `msteams.width` out of cards on their way to the Playground, which would otherwise print a
 * warning under each of them; Teams shows such cards wider and everything else alike.
 */
export const playgroundManners: Middleware = {
  async onTurn(context, next) {
    context.onSendActivities(async (_, activities, send) => {
      activities.forEach(narrow);
      return send();
    });
    context.onUpdateActivity(async (_, activity, update) => {
      narrow(activity);
      return update();
    });
    await next();
  },
};

function narrow(activity: { attachments?: { content?: unknown }[] }): void {
  for (const attachment of activity.attachments ?? []) {
    const { msteams, ...card } = attachment.content as Record<string, unknown>;
    if (msteams !== undefined) attachment.content = card;
  }
}
