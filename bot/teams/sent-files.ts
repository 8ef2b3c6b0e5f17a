import type { Activity } from 'botbuilder';
import { z } from 'zod';

/** A file that a person sent in a personal chat. */
export interface SentFile {
  readonly name: string;
  readonly downloadUrl: string;
}

const FILE = 'application/vnd.microsoft.teams.file.download.info';
const content = z.looseObject({ downloadUrl: z.string().min(1) });

/** Enough for a person, too few to make us fetch for a stranger. */
const AT_MOST = 3;

export function sentFiles(activity: Activity): readonly SentFile[] {
  return (activity.attachments ?? [])
    .flatMap((attachment) => {
      if (attachment.contentType !== FILE) return [];
      const parsed = content.safeParse(attachment.content);
      if (!parsed.success) return [];
      return [{ name: attachment.name ?? '', downloadUrl: parsed.data.downloadUrl }];
    })
    .slice(0, AT_MOST);
}

/** Pictures that are pasted into the message come as attachments of their own type. */
export function sentPicture(activity: Activity): boolean {
  return (activity.attachments ?? []).some(({ contentType }) => contentType.startsWith('image/'));
}
