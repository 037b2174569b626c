/** Fields: what rules may ask about, with type, operators and column. Owns no tables. */
export { type Field, isComparedAnyway, isPartialDate, operatorsOf } from './field';
export { createFields, type Fields } from './registry';
