/**
 * How sure we are of a fact of law or of an office. HIGH: controlling text, or two independent sources; MEDIUM: one
 * secondary source; LOW: not confirmed. Answers that rest on anything below HIGH say so.
 */
export const CONFIDENCES = ['HIGH', 'MEDIUM', 'LOW'] as const;

export type Confidence = (typeof CONFIDENCES)[number];
