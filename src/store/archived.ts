import { HistoryError } from './errors.ts';
import type { ArchivedIncident } from './history-types.ts';
import { incidentSchema, notificationSchema } from './record-schema.ts';

const notificationsSchema = notificationSchema.array();

/** A closed incident from its kept document; throws a HistoryError where the document is damaged. */
export function parseArchived(document: string): ArchivedIncident {
  try {
    const { incident, notifications } = JSON.parse(document);
    return { incident: incidentSchema.parse(incident), notifications: notificationsSchema.parse(notifications) };
  } catch (cause) {
    throw new HistoryError(`the kept document of a closed incident is damaged: ${document.slice(0, 60)}`, { cause });
  }
}

/** The same for a register: a damaged document is left out, for the others' sake. */
export function parseReadable(documents: readonly string[]): readonly ArchivedIncident[] {
  return documents.flatMap((document) => {
    try {
      return [parseArchived(document)];
    } catch {
      return [];
    }
  });
}
