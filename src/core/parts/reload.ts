import { type Context, checkOf, logDecision, type Part, update } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Incident } from '../record.ts';
import { selfService } from '../rules.ts';
import { followRules } from './beats.ts';
import { tell, tellAboutSelf, toldSoFar } from './notify.ts';
import { close } from './recovery.ts';
import { leave } from './self-watch.ts';

/** The configuration changed: what is no longer watched ends as that, never as "resolved"; the admin gets the list. */
export const changeRules: Part<'rules-changed'> = (draft, { before }, context) => {
  const { rules, at } = context;
  followRules(draft, context);
  for (const [key, since] of draft.refused.entries()) if (!hasRecipient(context, key) || since < at) draft.refused.delete(key);
  forgetChecks(draft, context);
  for (const incident of draft.incidents.values()) endUnwatched(draft, context, incident);
  const removed = Object.values(before.services).filter((service) => rules.services[service.id] === undefined);
  logDecision(context, 'configuration in force', {
    services: Object.keys(rules.services).length - 1,
    removed: removed.map(({ id }) => id),
  });
  if (removed.length === 0 || rules.admin === undefined) return;
  tellAboutSelf(draft, context, [rules.admin], `removed/${at}`, {
    kind: 'services-removed',
    reason: 'services-removed',
    facts: { services: removed.map(({ name }) => name) },
  });
};

function hasRecipient({ rules }: Context, key: string): boolean {
  const [contact = '', channel = ''] = key.split('/');
  return rules.contacts[contact]?.channels.some(({ id }) => id === channel) ?? false;
}

/** Small states of checks that are gone. */
function forgetChecks(draft: Draft, context: Context): void {
  const gone = [...draft.cells.current.keys()].filter((key) => checkOf(context.rules, key) === undefined);
  for (const key of gone) {
    leave(draft, context, key);
    draft.cells.delete(key);
    draft.held.delete(key);
    draft.dismissed.delete(key);
  }
}

function endUnwatched(draft: Draft, context: Context, incident: Incident): void {
  if (incident.kind === 'report' || incident.status === 'closed' || incident.service === selfService) return;
  const { at, rules } = context;
  const left = incident.checks.filter((key) => checkOf(rules, key) !== undefined);
  if (left.length === incident.checks.length) return;
  const failing = incident.failing.filter((key) => left.includes(key));
  const over = left.length === 0 || (incident.status === 'open' && failing.length === 0);
  if (!over) {
    update(draft, incident.id, { failing });
    return;
  }
  const ran = incident.downSince === null ? 0 : Math.max(0, at - incident.downSince);
  const told = toldSoFar(draft, incident.id);
  const ended = update(
    draft,
    incident.id,
    { failing: [], downtimeMs: incident.downtimeMs + ran, downSince: null },
    { at, type: 'no-longer-watched' },
  );
  if (incident.status !== 'resolved')
    tell(draft, context, ended, told, { kind: 'no-longer-watched', reason: 'no-longer-watched' });
  close(draft, context, incident.id);
}

/** An invalid configuration was refused; the admin is told once for the same content. */
export const refuseConfiguration: Part<'configuration-rejected'> = (draft, { digest, problems }, context) => {
  logDecision(context, 'configuration rejected, the old one stays in force', { problems });
  const { admin } = context.rules;
  if (admin === undefined) return;
  tellAboutSelf(draft, context, [admin], `configuration-rejected/${digest}`, {
    kind: 'configuration-rejected',
    reason: 'configuration-rejected',
    facts: { problems },
  });
};

/** incidentd itself has a trouble: the admin is told, once a day for the same one. */
export const tellTrouble: Part<'trouble'> = (draft, { what, detail }, context) => {
  const { admin } = context.rules;
  if (admin === undefined) return;
  const day = Math.floor(context.at / 86_400_000);
  tellAboutSelf(draft, context, [admin], `trouble/${what}/${day}`, {
    kind: 'self-trouble',
    reason: what,
    facts: { what, detail },
  });
};
