/** RPC: procedures, the routes made from them, and the errors that cross a border. Knows no domain. */
export { type ErrorFamily, errorFamily, statusIn } from './error-family';
export {
  AppError,
  ERROR_STATUS,
  type ErrorCode,
  type Failure,
  fieldErrorsOf,
  fieldFailure,
  type Outcome,
  toFailure,
} from './errors';
export { guardJson } from './json-guard';
export {
  type Access,
  type HttpRoute,
  Id,
  inFamily,
  Offset,
  type Procedure,
  procedure,
  type SuccessStatus,
  upTo,
} from './procedure';
export { type Caller, demandConfirmation, type HandlersOf, type Route, routesOf, routesOfAll } from './routes';
export { tonearmErrors } from './tonearm-errors';
