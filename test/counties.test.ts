import { describe, expect, it } from 'vitest';
import { countyName } from '../src/coalition/county.ts';

describe('the name of a county', () => {
  it.each([['48113', 'Dallas'], ['51059', 'Fairfax'], ['51600', 'City of Fairfax'], ['51095', 'James City'], ['32510', 'Carson City'], ['72001', 'Adjuntas']])(
    '%s is %s', (fips, name) => expect(countyName(fips)).toBe(name));

  it.each(['99999', '', '4811', 'Dallas'])('"%s" has none', (fips) => expect(countyName(fips)).toBeUndefined());
});
