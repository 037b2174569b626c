/** What is pressed, filled in, chosen or switched. */
export { Button } from './Button';
export { Field, Select, SelectField, SwitchField, TextField } from './Field';
export { Form } from './Form';
export { isTakenByForm } from './failure-takers';
export { useDebounced } from './use-debounced';
