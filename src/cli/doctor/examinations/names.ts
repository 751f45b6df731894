import { isIP } from 'node:net';
import { configuredServers, lookAtResolver } from '../../../diagnosis/looks/name-servers.ts';
import { realLooks } from '../../../diagnosis/looks/real-looks.ts';
import { isLoopback } from '../../../lib/address.ts';
import { type Finding, unclear, well, wrong } from '../finding.ts';
import type { Examination, Patient } from '../patient.ts';
import { quoted } from '../quoted.ts';

const namesAsked = 50;
const atOnce = 8;
const namesShown = 5;

/** Whether the name servers of this machine answer, and know the names of the configuration. */
export const names: Examination = {
  name: 'name resolution',
  withinMs: 8000,
  examine: async (patient, signal) => {
    const asked = namesOf(patient);
    const all = configuredServers(patient.places.resolvConf);
    const servers = await Promise.all(all.map((server) => tryServer(server, asked.size > 0, patient, signal)));
    const bad = asked.size > 0 ? wrong : unclear;
    const enter = `echo 'nameserver 192.168.178.1' >> ${quoted(patient.places.resolvConf)}   # the address of your router or name server`;
    const none = all.length === 0 ? [bad(patient.places.resolvConf, 'no name server is entered', enter)] : [];
    return [...none, ...servers, ...(await tryNames(asked, servers, signal))];
  },
};

async function tryServer(server: string, isNeeded: boolean, { places }: Patient, signal: AbortSignal): Promise<Finding> {
  const about = `name server ${server}`;
  const { saw } = await lookAtResolver([server], signal);
  if (saw === 'answers') return well(about, 'answers');
  if (saw === 'unclear') return unclear(about, 'could not be asked in time');
  const fix = `sed -i '/^nameserver ${server}$/d' ${quoted(places.resolvConf)}   # or see why it does not answer: dig @${server} .`;
  return (isNeeded ? wrong : unclear)(about, 'does not answer', fix);
}

/** Names to look up, each with what it is needed for. Those behind secrets are left to the checks. */
function namesOf({ configuration }: Patient): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const add = (host: string, by: string) => {
    const isAsked = host !== '' && isIP(host) === 0 && !isLoopback(host);
    if (isAsked && found.size < namesAsked && !found.has(host)) found.set(host, by);
  };
  for (const { host, port } of configuration?.mail.servers ?? []) add(host, `mail server ${host}:${port}`);
  for (const { way, rule } of configuration?.checks.values() ?? []) {
    if (way !== null && !way.hidden && way.transport !== 'lookup') add(way.host, rule.service);
  }
  return found;
}

async function tryNames(
  asked: ReadonlyMap<string, string>,
  servers: readonly Finding[],
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { address } = realLooks();
  const waiting = asked.entries();
  const seen: { readonly name: string; readonly by: string; readonly saw: string; readonly detail: string }[] = [];
  const worker = async () => {
    for (const [name, by] of waiting) {
      const { sight } = await address({ host: name, transport: 'tcp' }, signal);
      seen.push({ name, by, saw: sight?.saw ?? 'found', detail: sight?.detail ?? '' });
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, asked.size) }, worker));
  const known = seen.filter(({ saw }) => saw === 'found').map(({ name }) => name);
  const others = seen.filter(({ saw }) => saw !== 'found');
  return [...(known.length > 0 ? [well('names', `${listed(known)} found`)] : []), ...unknownNames(others, servers)];
}

function unknownNames(
  seen: readonly { readonly name: string; readonly by: string; readonly saw: string; readonly detail: string }[],
  servers: readonly Finding[],
): readonly Finding[] {
  const isDeaf = !servers.some(({ ok }) => ok === 'yes');
  if (isDeaf && seen.length > 0)
    return [unclear('names', `${listed(seen.map(({ name }) => name))} not found, as no name server answers`)];
  return seen.map(({ name, by, saw, detail }) => {
    if (saw === 'unclear') return unclear(name, detail);
    const fix = `echo 'ADDRESS ${name}' >> /etc/hosts   # with its address; or correct the name in the configuration of ${by}`;
    return wrong(name, `${detail}; needed for ${by}`, fix);
  });
}

function listed(all: readonly string[]): string {
  const more = all.length - namesShown;
  return `${all.slice(0, namesShown).join(', ')}${more > 0 ? ` and ${more} more` : ''} ${all.length === 1 ? 'is' : 'are'}`;
}
