import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { utf8Bytes } from './bytes.ts';
import { grouped } from './grouping.ts';
import { columnsOf, type Mapping } from './mapping.ts';
import type { Source } from './prepared.ts';
import { referralMaker } from './referral-of.ts';
import { csvRows, ndjsonRows } from './rows.ts';
import { Spill } from './spill.ts';

/** A file of rows, several of which may make one report: read into a temporary file, sorted by report. */
export async function tableSource(file: string, mapping: Mapping): Promise<Source> {
  const columns = columnsOf(mapping);
  const nulls = new Set(mapping.nulls);
  const spill = await Spill.open();
  let header = '';
  return {
    mediaType: mapping.format === 'csv' ? 'text/csv' : 'application/x-ndjson',

    async gather(read) {
      const hash = createHash('sha256');
      const bytes = utf8Bytes(createReadStream(file) as AsyncIterable<Buffer>, hash);
      let rows = 0;
      for await (const row of mapping.format === 'csv' ? csvRows(bytes, columns, mapping.delimiter, (text) => { header = `${text}\n`; }) : ndjsonRows(bytes, columns)) {
        // The keys stand first among the columns.
        const key = (row.cells[0] ?? '').trim();
        await spill.add({ ...row, key: nulls.has(key) ? '' : key });
        rows += 1;
        if (rows % 1000 === 0) read(rows);
      }
      return { rows, sha256: hash.digest('hex') };
    },

    async *reports(after) {
      const make = referralMaker(mapping, columns);
      for await (const group of grouped(spill.sorted())) {
        const line = group.rows[0]?.line ?? 0;
        if (after !== undefined && (group.key < after.key || (group.key === after.key && line <= after.line))) continue;
        const { original, ...report } = make(group);
        yield original === undefined ? report : { ...report, original: header + original };
      }
    },

    close: () => spill.close(),
  };
}
