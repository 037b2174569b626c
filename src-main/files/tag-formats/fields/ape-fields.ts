import type { Source } from '../../safe-files';
import { addField, type FieldSet, MAX_TEXT_BYTES } from './field-set';

const MAX_ITEMS = 5000;

/** What the APE tag in a range says, as far as its items can be told apart; pictures are stepped over. */
export async function apeFields(source: Source, { offset, length }: { offset: number; length: number }) {
  const fields: FieldSet = new Map();
  const hasHeader = (await source.read(offset, 8)).toString('latin1') === 'APETAGEX';
  const end = offset + length - 32;
  let at = offset + (hasHeader ? 32 : 0);
  for (let items = 0; at + 10 < end && items < MAX_ITEMS; items++) {
    const head = await source.read(at, 8 + 256);
    const keyEnd = head.indexOf(0, 8);
    if (keyEnd < 9) break;
    const size = head.readUInt32LE(0);
    const valueAt = at + keyEnd + 1;
    if (valueAt + size > end) break;
    const isText = ((head.readUInt32LE(4) >> 1) & 3) === 0;
    if (isText && size <= MAX_TEXT_BYTES) {
      const value = (await source.read(valueAt, size)).toString('utf8');
      addField(fields, head.toString('latin1', 8, keyEnd), value.split('\0'));
    }
    at = valueAt + size;
  }
  return fields;
}
