import { styleText } from 'node:util';
import type { Status } from '../../core/observation.ts';
import { timeText } from '../../texts/times.ts';
import type { SiteJson } from '../../web/api.ts';
import type { World } from '../world.ts';

/** What every view is given: width, colours, and times in the site's zone. */
export interface View {
  readonly width: number;
  readonly site: SiteJson;
  /** `today 14:05`, from ISO; `–` for none. */
  time(iso: string | null): string;
  paint(text: string, colour: Colour): string;
  /** A status in its colour; other texts as they are. */
  status(text: string): string;
}

export type Colour = 'green' | 'yellow' | 'red' | 'bold' | 'gray';

const colours: Readonly<Record<Status, Colour>> = { up: 'green', degraded: 'yellow', down: 'red', unknown: 'yellow' };

export function viewOf(world: Pick<World, 'columns' | 'colour' | 'now'>, site: SiteJson): View {
  const now = world.now();
  const paint = (text: string, colour: Colour) => (world.colour ? styleText(colour, text, { validateStream: false }) : text);
  return {
    width: world.columns,
    site,
    time: (iso) => (iso === null ? '–' : timeText(Date.parse(iso), now, site.timezone, 'en')),
    paint,
    status: statusPainter(world.colour),
  };
}

/** Gives a status its colour; leaves other texts as they are. */
export function statusPainter(colour: boolean): (text: string) => string {
  return (text) => (colour && isStatus(text) ? styleText(colours[text], text, { validateStream: false }) : text);
}

function isStatus(text: string): text is Status {
  return Object.hasOwn(colours, text);
}
