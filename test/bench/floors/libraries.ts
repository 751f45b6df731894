/** Imports what the daemon needs to watch websites, and then does nothing: the memory below which it cannot be. */
import 'node:sqlite';
import 'axios';
import 'commander';
import 'lowdb';
import 'node-cron';
import 'pino';
import 'yaml';
import 'zod';

setInterval(() => {}, 3_600_000);
