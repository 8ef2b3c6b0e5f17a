/** Invokes whose answer has not left yet, by conversation. */
export interface OpenAnswers {
  /** Returns what ends it. */
  begin(conversationId: string): () => void;
  /** Resolves when every answer that is open now has left. */
  settled(conversationId: string): Promise<void>;
}

/**
 * A message that is updated while its own button waits for an answer flashes an error on Android
 * (microsoft/botbuilder-js#4430): updates wait for the answers of their conversation.
 */
export function createOpenAnswers(): OpenAnswers {
  const open = new Map<string, Set<Promise<void>>>();
  return {
    begin(conversationId) {
      const answers = open.get(conversationId) ?? new Set();
      open.set(conversationId, answers);
      let end: () => void = () => undefined;
      const left = new Promise<void>((resolve) => {
        end = resolve;
      });
      answers.add(left);
      return () => {
        end();
        answers.delete(left);
        if (answers.size === 0) open.delete(conversationId);
      };
    },
    async settled(conversationId) {
      await Promise.all([...(open.get(conversationId) ?? [])]);
    },
  };
}
