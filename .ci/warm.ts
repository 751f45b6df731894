/**
 * Compiles into the cache what `npm start` uses, so that the first start is as quick and small as later ones: what a daemon
 * loads only when it is needed, and the functions that it runs when a look succeeds, one fails and a mail is written.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

await import('../src/probes/registry.ts');
await import('../src/channels/registry.ts');
await import('nodemailer');

const runMs = 3000;
const folder = mkdtempSync(join(tmpdir(), 'incidentd-warm-'));
const server = createServer((_request, response) => void response.end('warm')).listen(0, '127.0.0.1');
try {
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const config = join(folder, 'warm.yaml');
  writeFileSync(
    config,
    `contacts: { nobody: nobody@warm.invalid }
startup_grace: 0s
defaults: { interval: 1s, retry_interval: 1s, failure_threshold: 1 }
services:
  - { name: Up, check: "http://127.0.0.1:${port}/" }
  - { name: Down, check: "tcp://127.0.0.1:1" }
`,
  );
  const words = ['src/main.ts', 'run', '-c', config, '--state', join(folder, 'state')];
  const daemon = spawn(process.execPath, [...process.execArgv, ...words], { stdio: 'ignore', timeout: runMs });
  await once(daemon, 'exit');
} finally {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
}
