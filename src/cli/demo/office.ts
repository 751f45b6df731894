import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask, NoDaemonError } from '../client.ts';
import { Stop } from '../stop.ts';
import { demoConfiguration } from './configuration.ts';
import { openFileServer } from './file-server.ts';
import { type MailServer, openMailServer, type ReceivedMail } from './mail-server.ts';
import { type Place, type Running, runProgram, startProgram, stopProgram } from './program.ts';
import type { Tempo } from './tempo.ts';
import { Website } from './website.ts';

export interface OfficeOptions {
  readonly tempo: Tempo;
  /** Width of what commands print. */
  readonly columns: number;
  readonly signal: AbortSignal;
  readonly onMail: (mail: ReceivedMail) => void;
}

/** Real servers on loopback, a temporary folder, and the daemon as a process of its own. Disposing ends and removes all of it. */
export class Office implements AsyncDisposable {
  readonly configuration: string;
  readonly website: Website;
  readonly mails: MailServer;
  /** Aborts when the story must end: as asked, or because the daemon ended by itself. */
  readonly signal: AbortSignal;
  readonly #place: Place;
  readonly #held: AsyncDisposableStack;
  readonly #trouble = new AbortController();
  #daemon: Running | null = null;

  private constructor(
    parts: Pick<Office, 'configuration' | 'website' | 'mails'>,
    place: Place,
    signal: AbortSignal,
    held: AsyncDisposableStack,
  ) {
    this.configuration = parts.configuration;
    this.website = parts.website;
    this.mails = parts.mails;
    this.signal = AbortSignal.any([signal, this.#trouble.signal]);
    this.#place = place;
    this.#held = held;
  }

  static async open({ tempo, columns, signal, onMail }: OfficeOptions): Promise<Office> {
    await using held = new AsyncDisposableStack();
    const root = await mkdtemp(join(tmpdir(), 'incidentd-demo-'));
    held.defer(() => rm(root, { recursive: true, force: true }));
    const website = held.use(await Website.open());
    const fileServer = held.use(await openFileServer());
    const mails = held.use(await openMailServer(onMail));
    const ports = { website: website.port, fileServer: fileServer.port, mailServer: mails.port };
    const configuration = demoConfiguration(ports, tempo);
    const place = { folder: join(root, 'state'), configuration: join(root, 'incidentd.yaml'), columns };
    await writeFile(place.configuration, configuration);
    return new Office({ configuration, website, mails }, place, signal, held.move());
  }

  startDaemon(): void {
    const daemon = startProgram(['run'], this.#place);
    this.#daemon = daemon;
    const tell = (how: string) => this.#trouble.abort(new Stop(`the story went wrong: the daemon ended by itself, with ${how}`));
    void daemon.ended.then((status) => tell(status === null ? 'a signal' : `exit status ${status}`));
  }

  /** Gives its exit status. */
  async stopDaemon(): Promise<number | null> {
    return this.#daemon === null ? 0 : await stopProgram(this.#daemon);
  }

  /** The end of what the daemon has said. */
  lastWords(): readonly string[] {
    return (this.#daemon?.said() ?? '').trimEnd().split('\n').slice(-5);
  }

  /** Runs a command as a person would, and gives what it prints; rejects with a Stop where it fails. */
  async run(...args: readonly string[]): Promise<string> {
    const { status, said } = await runProgram(args, this.#place, this.signal);
    if (status === 0) return said;
    throw new Stop(`the story went wrong: incidentd ${args.join(' ')} ended with ${status ?? 'a signal'}: ${said.trim()}`);
  }

  /** Asks the daemon; null while it is not ready, and where it knows no such thing. */
  async ask<Answer>(path: string): Promise<Answer | null> {
    try {
      return await ask<Answer>(this.#place.folder, { path });
    } catch (error) {
      if (error instanceof NoDaemonError) return null;
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await using _held = this.#held;
    await this.stopDaemon();
  }
}
