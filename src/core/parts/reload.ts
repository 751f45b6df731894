import { type Context, checkOf, logDecision, type Part, update } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Incident } from '../incident.ts';
import { contactWith, policyOf } from '../people.ts';
import { selfService } from '../rules.ts';
import { affectedNow, allEnded } from './affected.ts';
import { followRules } from './beats.ts';
import { recategorize } from './categorization.ts';
import { isFinal } from './collect.ts';
import { noteFailure } from './deliver.ts';
import { endDowntime } from './downtime.ts';
import { isHeldOpen } from './held-open.ts';
import { tell, tellAboutSelf, toldSoFar } from './notify.ts';
import { close, continueAsWarnings, tellOfWarnings } from './recovery.ts';
import { leaveUnwatched } from './self-watch.ts';

/** The configuration changed: what is no longer watched ends as that, never as "resolved"; the admin gets the list. */
export const changeRules: Part<'rules-changed'> = (draft, { before }, context) => {
  const { rules, at } = context;
  for (const [key, since] of draft.refused.entries()) if (since < at) draft.refused.delete(key);
  adapt(draft, context);
  const removed = Object.values(before.services).filter((service) => rules.services[service.id] === undefined);
  logDecision(context, 'configuration in force', {
    services: Object.keys(rules.services).length - 1,
    removed: removed.map(({ id }) => id),
  });
  tellRemoved(
    draft,
    context,
    removed.map(({ name }) => name),
  );
};

/** A new life may begin under other rules than the last one ended with. */
export const adoptRules: Part<'started'> = (draft, _event, context) => {
  const ended = adapt(draft, context);
  const removed = ended.filter(({ service }) => service !== null && context.rules.services[service] === undefined);
  tellRemoved(draft, context, [...new Set(removed.map(({ serviceName }) => serviceName))]);
};

/** Makes the record fit the rules in force; gives the incidents that ended because nothing of theirs is watched any more. */
function adapt(draft: Draft, context: Context): Incident[] {
  followRules(draft, context);
  forgetChecks(draft, context);
  readdress(draft, context);
  const ended = draft.incidents.values().filter((incident) => endUnwatched(draft, context, incident));
  for (const incident of draft.incidents.values()) followFacts(draft, context, incident);
  return ended;
}

function tellRemoved(draft: Draft, context: Context, services: readonly string[]): void {
  const { admin } = context.rules;
  if (services.length === 0 || admin === undefined) return;
  tellAboutSelf(draft, context, [admin], `removed/${context.at}`, {
    kind: 'services-removed',
    reason: 'services-removed',
    facts: { services },
  });
}

/** Small states of checks that are gone. */
function forgetChecks(draft: Draft, context: Context): void {
  for (const map of [draft.cells, draft.held, draft.dismissed, draft.inquiries]) {
    for (const key of map.current.keys()) {
      if (checkOf(context.rules, key) !== undefined) continue;
      leaveUnwatched(draft, context, key);
      map.delete(key);
    }
  }
}

/** What waits for a contact that is gone goes to whoever has the address now, else it fails on record. */
function readdress(draft: Draft, context: Context): void {
  for (const entry of draft.outbox.values()) {
    if (isFinal(entry) || entry.state === 'sending') continue;
    const channels = context.rules.contacts[entry.to]?.channels;
    const channel = channels?.find(({ id }) => id === entry.channel);
    if (channel !== undefined) {
      if (channel.address !== entry.address) draft.outbox.set(entry.key, { ...entry, address: channel.address });
      continue;
    }
    const heir = contactWith(entry.address, context.rules);
    const way = context.rules.contacts[heir ?? '']?.channels.find(({ address }) => address === entry.address);
    if (heir !== null && way !== undefined) draft.outbox.set(entry.key, { ...entry, to: heir, channel: way.id });
    else if (entry.to !== entry.address) {
      const failed = { ...entry, state: 'failed', response: `${entry.to} is no longer in the configuration` } as const;
      draft.outbox.set(entry.key, failed);
      noteFailure(draft, context, failed);
    }
  }
}

/** Ends an incident whose checks are gone; true when it did. */
function endUnwatched(draft: Draft, context: Context, incident: Incident): boolean {
  if (incident.kind === 'report' || incident.status === 'closed' || incident.service === selfService) return false;
  const { at, rules } = context;
  const left = incident.checks.filter((key) => checkOf(rules, key) !== undefined);
  if (left.length === incident.checks.length) return false;
  const failing = incident.failing.filter((key) => left.includes(key));
  const isOver = left.length === 0 || (incident.status === 'open' && failing.length === 0 && !isHeldOpen(draft, incident));
  if (!isOver) {
    const affected = affectedNow(draft, incident, failing, context);
    const ended = failing.length === 0 ? endDowntime(incident, at) : {};
    if (failing.length < incident.failing.length) update(draft, incident.id, { failing, affected, ...ended });
    return false;
  }
  const told = incident.status === 'resolved' ? [] : toldSoFar(draft, context, incident.id);
  const changes = { failing: [], affected: allEnded(incident, at), ...endDowntime(incident, at) };
  const ended = update(draft, incident.id, changes, { at, type: 'no-longer-watched' });
  const { warnings } = incident.kind === 'outage' ? continueAsWarnings(draft, context, ended) : { warnings: [] };
  const heard = tell(draft, context, ended, told, { kind: 'no-longer-watched', reason: 'no-longer-watched', also: warnings });
  tellOfWarnings(draft, context, warnings, heard, ended.id);
  close(draft, context, incident.id);
  return true;
}

/** Impact and policy as they stand in the rules now. */
function followFacts(draft: Draft, context: Context, incident: Incident): void {
  if (incident.status === 'closed' || incident.status === 'resolved') return;
  if (incident.service !== selfService) recategorize(draft, context, incident.id);
  const current = draft.incidents.get(incident.id);
  if (current === undefined) return;
  const policy = policyOf(current, context.rules);
  if (policy !== current.escalation.policy) update(draft, incident.id, { escalation: { ...current.escalation, policy } });
}

/** An invalid configuration was refused; the admin is told once for the same content. */
export const refuseConfiguration: Part<'configuration-rejected'> = (draft, { digest, problems }, context) => {
  logDecision(context, 'configuration rejected, the old one stays in force', { problems }, 'warn');
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
