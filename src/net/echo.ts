/** The system's ping, called with the arguments and read by the parser of the npm package `ping`, inside our own bounds. */
import { type ChildResult, runBounded } from './child.ts';

export type Echo =
  /** `loss` is a share; `timeMs` the average of the answers, null when none came. */
  | { readonly how: 'counted'; readonly loss: number; readonly timeMs: number | null }
  /** The network said that there is no way; `text` is ping's own line. */
  | { readonly how: 'unreachable'; readonly text: string }
  | { readonly how: 'deadline' }
  /** ping could not do its work; `text` names the fix where there is one. */
  | { readonly how: 'unable'; readonly text: string };

const intervalMs = 200;
const shortestWaitMs = 500;
const longestWaitMs = 3000;
/** What starting ping, and ending it, may take. */
const reserveMs = 500;

/** Sends `count` echo requests to an address, a fifth of a second apart. Never throws for what ping says. */
export async function echo(address: string, count: number, timeoutMs: number, signal: AbortSignal): Promise<Echo> {
  const { default: builder } = await import('ping/lib/builder/linux.js');
  const waitMs = Math.max(shortestWaitMs, Math.min(longestWaitMs, timeoutMs - reserveMs - count * intervalMs));
  const extra = ['-i', String(intervalMs / 1000)];
  const args = builder.getCommandArguments(address, { numeric: true, timeout: waitMs / 1000, min_reply: count, extra });
  return judge(await runBounded({ argv: ['ping', ...args], signal }), address);
}

async function judge(result: ChildResult, address: string): Promise<Echo> {
  const { end } = result;
  const said = (result.stderr || result.stdout).trim().split('\n')[0] ?? '';
  switch (end.how) {
    case 'aborted':
      return { how: 'deadline' };
    case 'not-started':
      return { how: 'unable', text: notStarted(end.code) };
    case 'exited':
      if (end.code <= 1) return (await count(result.stdout, address)) ?? unable(`said "${said}"`);
      if (/unreachable|No route to host/i.test(said)) return { how: 'unreachable', text: said };
      if (/permitted|permission|privilege/i.test(said)) return { how: 'unable', text: `${forbidden}; ping said "${said}"` };
      return unable(`said "${said}"`);
    case 'signalled':
      return unable(`was ended by ${end.name}`);
    case 'flooded':
      return unable('wrote too much');
  }
}

const forbidden =
  'ping may not send echo requests as this user; give it the right with: setcap cap_net_raw+ep $(command -v ping), or open the sysctl net.ipv4.ping_group_range';

function notStarted(code: string): string {
  if (code === 'ENOENT') return 'the program ping is missing; install it with: apt-get install iputils-ping';
  if (code === 'EPERM' || code === 'EACCES') return `${forbidden} (${code})`;
  return `ping could not be started (${code})`;
}

function unable(what: string): Echo {
  return { how: 'unable', text: `ping gave no usable result: it ${what}` };
}

/** Loss and time as the package's parser reads them; null when the parser gives up or finds no figures. */
async function count(stdout: string, address: string): Promise<Echo | null> {
  const { default: Parser } = await import('ping/lib/parser/linux.js');
  try {
    const parser = new Parser(address, {});
    for (const line of stdout.split('\n')) parser.eat(line);
    const { alive, packetLoss, avg } = parser.getResult();
    const loss = Number(packetLoss) / 100;
    const timeMs = alive ? Number(avg) : null;
    if (!(loss >= 0 && loss <= 1) || Number.isNaN(timeMs)) return null;
    return { how: 'counted', loss, timeMs };
  } catch {
    return null;
  }
}
