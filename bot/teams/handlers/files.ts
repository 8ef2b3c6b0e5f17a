import { type AttachmentAdviceView, attachmentAdviceCard } from '../../../cards/index.ts';
import type { BotServices } from '../bot-services.ts';
import type { SentFile } from '../sent-files.ts';
import type { Turn } from '../turn.ts';
import { diagnose } from './diagnose.ts';

/** Reads an alert out of a sent file, or says how to copy its text. */
export async function file(turn: Turn, sent: SentFile, services: BotServices): Promise<void> {
  const bytes = await services.download(sent.downloadUrl);
  if (bytes === null) return advise(turn, 'unreadable-file', sent.name);
  const document = await services.readDocument({ name: sent.name, contentType: '', bytes });
  switch (document.kind) {
    case 'text':
      return diagnose(turn, document.text, services);
    case 'picture':
      return advise(turn, 'picture', sent.name);
    case 'unreadable':
      return advise(turn, 'unreadable-file', sent.name);
    case 'unsupported':
      return advise(turn, 'unsupported-file', sent.name);
  }
}

export async function advise(
  turn: Turn,
  kind: AttachmentAdviceView['kind'],
  fileName: string,
): Promise<void> {
  await turn.reply(attachmentAdviceCard({ kind, fileName }, turn.t));
}
