import type { z } from 'zod';
import { actRequest } from './act-schema.ts';
import type { Api } from './api.ts';

/** A request, whatever carried it. */
export interface ApiRequest {
  readonly method: string;
  /** Path with query. */
  readonly url: string;
  readonly contentType: string;
  /** Reads the body as text; throws a `BodyError` where it cannot be taken. */
  body(): Promise<string>;
}

export interface ApiResponse {
  readonly status: number;
  readonly json: unknown;
}

/** A body that cannot be taken: too long, too slow. */
export class BodyError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const root = '/api/v1';

/** Answers one request. Reading changes nothing; acts are POSTs. Throws only for our own defects. */
export async function respond(api: Api, request: ApiRequest): Promise<ApiResponse> {
  const url = URL.parse(request.url, 'http://localhost');
  if (url === null) return refusal(400, 'the address cannot be read');
  if (url.pathname === `${root}/acts`) return request.method === 'POST' ? await act(api, request) : notAllowed('POST');
  const read = reading(api, url);
  if (read === null) return refusal(404, `there is nothing at ${url.pathname}`);
  return request.method === 'GET' || request.method === 'HEAD' ? await read() : notAllowed('GET');
}

function reading(api: Api, { pathname, searchParams }: URL): (() => Promise<ApiResponse>) | null {
  switch (pathname) {
    case `${root}/site`:
      return async () => found(api.site());
    case `${root}/status`:
      return async () => found(api.status());
    case `${root}/incidents`:
      return () => fromHistory(async () => found(await api.incidents(searchParams.get('all') === '1')));
    case `${root}/maintenance`:
      return async () => found(api.maintenance());
    default:
      return incidentReading(api, pathname);
  }
}

function incidentReading(api: Api, pathname: string): (() => Promise<ApiResponse>) | null {
  const [, id] = /^\/api\/v1\/incidents\/([\w-]{1,40})$/.exec(pathname) ?? [];
  if (id === undefined) return null;
  return () =>
    fromHistory(async () => {
      const incident = await api.incident(id);
      return incident === null ? refusal(404, `there is no incident ${id}`) : found(incident);
    });
}

/** A history that cannot be read is said in its own words, and is no defect. */
async function fromHistory(read: () => Promise<ApiResponse>): Promise<ApiResponse> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Error && error.name === 'HistoryError') return refusal(503, error.message);
    throw error;
  }
}

async function act(api: Api, request: ApiRequest): Promise<ApiResponse> {
  if (!/^application\/json\b/i.test(request.contentType)) return refusal(415, 'an act is sent as application/json');
  try {
    const parsed = actRequest.safeParse(JSON.parse(await request.body()));
    if (!parsed.success) return refusal(400, mistakes(parsed.error));
    return found(await api.act(parsed.data.act, parsed.data.by));
  } catch (error) {
    if (error instanceof BodyError) return refusal(error.status, error.message);
    if (error instanceof SyntaxError) return refusal(400, 'the body is not JSON');
    throw error;
  }
}

function mistakes(error: z.ZodError): string {
  return error.issues
    .map(({ path, message }) => `${path.join('.') || 'the body'}: ${message}`)
    .join('; ')
    .slice(0, 1000);
}

function found(json: unknown): ApiResponse {
  return { status: 200, json };
}

function refusal(status: number, error: string): ApiResponse {
  return { status, json: { error } };
}

function notAllowed(method: string): ApiResponse {
  return refusal(405, `only ${method} is understood here`);
}
