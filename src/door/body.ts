import type { IncomingMessage } from 'node:http';
import { HttpRefusal, typeAccepted } from './answers.ts';
import { Refusal } from '../kernel/errors.ts';

/** Bytes of a request's body; 1 MB for those who send batches. */
export const BODY_LIMIT = 256 * 1024;
export const BATCH_BODY_LIMIT = 1024 * 1024;
/** Characters of a document. */
const DOCUMENT_LIMIT = 10_000;

/** What the headers alone can refuse, before a byte of the body is read. Throws HttpRefusal. */
export function inspectHeaders(request: IncomingMessage): void {
  if (request.method !== 'POST') {
    throw new HttpRefusal(405, `${request.method ?? ''} is not served here.`, 'Send the operation with POST.', { Allow: 'POST' });
  }
  const [type = '', ...parameters] = (request.headers['content-type'] ?? '').toLowerCase().split(';').map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  if (type !== 'application/json' || (charset !== undefined && !/^charset="?utf-8"?$/.test(charset))) {
    throw new HttpRefusal(415, 'The content type of the request is not served here.', 'Send Content-Type: application/json, in UTF-8.');
  }
  if (request.headers['content-encoding'] !== undefined) {
    throw new HttpRefusal(415, 'Encoded bodies are not taken.', 'Send the body without Content-Encoding.');
  }
  // Apollo would notice only after the operation has run.
  if (typeAccepted(request) === undefined) {
    throw new HttpRefusal(406, 'No answer of the type asked for can be given.', 'Accept application/json or application/graphql-response+json.');
  }
  inspectLength(request, BATCH_BODY_LIMIT);
}

/** Throws HttpRefusal (413) where the announced length is over the limit, in bytes. */
export function inspectLength(request: IncomingMessage, limit: number): void {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
}

/** Reads a body of at most `limit` bytes and parses it. Throws HttpRefusal (413, 400), or QUERY_TOO_COMPLEX for a long document. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Record<string, unknown>> {
  const body = parsed(await bytesOf(request, limit));
  if (typeof body['query'] === 'string' && body['query'].length > DOCUMENT_LIMIT) {
    throw new Refusal('QUERY_TOO_COMPLEX', `The document is longer than ${DOCUMENT_LIMIT.toLocaleString('en')} characters.`, {
      limit: DOCUMENT_LIMIT, remedy: 'Ask for less in one document, or move values into variables.',
    });
  }
  return body;
}

/** By the stream's events: its iterator costs as much as the rest of the door. */
const bytesOf = (request: IncomingMessage, limit: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) {
        chunks.push(chunk);
        return;
      }
      // Left intact at the limit: a destroyed request could not be answered.
      request.off('data', take).pause();
      reject(tooLarge(limit));
    };
    request.on('data', take).once('end', () => resolve(Buffer.concat(chunks))).once('error', reject);
    request.once('close', () => { if (!request.complete) reject(new Error('the sender hung up')); });
  });

const UTF8 = new TextDecoder('utf-8', { fatal: true });

function parsed(bytes: Buffer): Record<string, unknown> {
  let content: unknown;
  try {
    content = JSON.parse(UTF8.decode(bytes));
  } catch {
    throw new HttpRefusal(400, 'The body is not JSON in UTF-8.', 'Send one JSON object with query, variables and operationName.');
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw new HttpRefusal(400, 'The body is not one JSON object.', 'Send one operation a request; batches of requests are not taken.');
  }
  return content as Record<string, unknown>;
}

const tooLarge = (limit: number) => new HttpRefusal(
  413, `The body is larger than ${limit / 1024} kB.`, 'Send less in one request, for instance fewer referrals a batch.',
);
