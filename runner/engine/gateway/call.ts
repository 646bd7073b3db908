import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Engine } from '../engine.ts';

/** A request with its body read and its version prefix cut off. */
export type Call = {
  engine: Engine;
  request: IncomingMessage;
  response: ServerResponse;
  query: URLSearchParams;
  /** Parts of the path that the route's pattern captured. */
  params: string[];
  /** Reads a JSON body; an empty one is `{}`. Throws {@link EngineError} 400 or 413. */
  json(): Promise<unknown>;
};

export type Route = { method: string; path: RegExp; handle: (call: Call) => Promise<void> | void };

/** Answers with JSON; the content type is what docker-py compares with, to the letter. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response
    .writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
    .end(text);
}

/** Booleans as clients write them: 1, true, True. */
export function flag(text: string | null): boolean {
  return text === '1' || text?.toLowerCase() === 'true';
}
