import { valueFromASTUntyped, type GraphQLResolveInfo } from 'graphql';
import { problem, type Problem } from './problem.ts';
import type { OriginalInput } from './submission.inputs.ts';

/** An input, and what was sent for it before anything of it was read: dates with their offsets, texts as they were spelled. */
export interface AsSent<I> {
  readonly input: I;
  readonly sent: unknown;
}

/** What was sent as the field's `input`; `variables` as they came with the request. */
export function sentAsInput({ fieldNodes }: GraphQLResolveInfo, variables: unknown): unknown {
  const argument = fieldNodes[0]?.arguments?.find(({ name }) => name.value === 'input');
  return argument && valueFromASTUntyped(argument.value, (variables ?? {}) as Record<string, unknown>);
}

/** An original as `comity.receive_referral` takes it. */
export interface Original {
  readonly media_type: string;
  readonly base64: string;
}

/** Bytes of a document that is sent beside its referral. */
const LIMIT = 256 * 1024;

/** The document that a referral was made from: what its agency sent along, or the JSON of the referral itself. */
export function originalOf(given: OriginalInput | null | undefined, referral: unknown): Original {
  if (given != null) return { media_type: given.mediaType.toLowerCase(), base64: given.base64 };
  return { media_type: 'application/json', base64: Buffer.from(JSON.stringify(referral) ?? 'null', 'utf8').toString('base64') };
}

/** What is wrong with a document that was sent along. */
export function originalProblems(given: OriginalInput | null | undefined): Problem[] {
  if (given == null) return [];
  const bytes = Buffer.byteLength(given.base64, 'base64');
  return [
    ...(/^[a-z]+\/[a-z0-9.+-]{1,80}$/i.test(given.mediaType) ? [] : [problem('ORIGINAL_TYPE_INVALID', 'original.mediaType', 'This is no media type.', 'Give one as text/csv or application/xml, without parameters.')]),
    ...(bytes > 0 && isBase64(given.base64) ? [] : [problem('ORIGINAL_INVALID', 'original.base64', 'This is no document in base 64.', 'Give its bytes in base 64 with padding, without line breaks, or leave it away.')]),
    ...(bytes <= LIMIT ? [] : [problem('ORIGINAL_TOO_LARGE', 'original.base64', 'The original is larger than 256 kB.', 'Send the record alone; media and attachments stay with their holder.')]),
  ];
}

const isBase64 = (text: string): boolean => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
