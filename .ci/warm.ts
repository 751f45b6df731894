/** Compiles into the cache what `npm start` loads, so that the first start is as quick and small as later ones. */
await import('../src/cli/program.ts');
await import('../src/daemon.ts');
await import('../src/probes/registry.ts');
await import('../src/channels/registry.ts');
await import('../src/store/history-database.ts');
await import('axios');
await import('nodemailer');
