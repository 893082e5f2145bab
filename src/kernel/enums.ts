/** A closed list of words as the object that GraphQL enums are made from: each word is its own value. */
export const enumOf = <W extends string>(words: readonly W[]): Readonly<Record<W, W>> =>
  Object.fromEntries(words.map((word) => [word, word])) as Record<W, W>;
