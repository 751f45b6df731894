/**
 * What is watched, in a process of its own. Each lane (the daemon, each floor) has its own addresses, so that its looks
 * can be counted. The first line that it prints says where it listens.
 */
import { createServer as createWebServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { nameServer } from '../../net/support/dns-server.ts';
import { monotonicMs } from '../support/proc.ts';
import type { Listening } from './targets.ts';

const lanes: readonly string[] = JSON.parse(process.argv[2] ?? '[]');
const targetsPerLane = Number(process.argv[3] ?? 0);
const counts: Record<string, number> = Object.fromEntries(lanes.map((lane) => [lane, 0]));
let arrivals: [path: string, monoMs: number][] = [];
const page = `<!doctype html><title>Office</title><p>${'Anmelden '.repeat(220)}</p>`;

function answer(request: IncomingMessage, response: ServerResponse): void {
  const path = request.url ?? '';
  if (path.startsWith('/-/')) {
    tell(path, response);
    return;
  }
  arrivals.push([path, monotonicMs()]);
  const lane = path.split('/')[1] ?? '';
  counts[lane] = (counts[lane] ?? 0) + 1;
  response.setHeader('Content-Type', 'text/html');
  response.end(page);
}

/** What the benchmark asks: the counts, or when which path was asked for since it last asked. */
function tell(path: string, response: ServerResponse): void {
  for (const lane of lanes) if (names.questions.length > 0) counts[lane] = (counts[lane] ?? 0) + questionsOf(lane);
  names.questions.length = 0;
  response.end(JSON.stringify(path === '/-/counts' ? counts : arrivals));
  arrivals = [];
}

function questionsOf(lane: string): number {
  return names.questions.filter((question) => question.endsWith(`.${lane}.example A`)).length;
}

async function listenFor(lane: string): Promise<number> {
  const server = createServer((socket) => {
    counts[lane] = (counts[lane] ?? 0) + 1;
    socket.on('error', () => {}).resume();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 512, resolve));
  return (server.address() as AddressInfo).port;
}

const hosts = lanes.flatMap((lane) => Array.from({ length: targetsPerLane }, (_, index) => `${index}.${lane}.example`));
const names = await nameServer(Object.fromEntries(hosts.map((host) => [host, { a: ['127.0.0.1'] }])));
const web = createWebServer(answer);
await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', 512, resolve));
const tcp = Object.fromEntries(await Promise.all(lanes.map(async (lane) => [lane, await listenFor(lane)] as const)));
const listening: Listening = { web: (web.address() as AddressInfo).port, tcp, names: names.servers[0] ?? '' };
console.log(JSON.stringify(listening));
