/** Who answers for an entry of the law: the files that ship with a release, or counsel's own, which no release replaces. */
export const LAW_ORIGINS = ['SHIPPED', 'COUNSEL'] as const;
