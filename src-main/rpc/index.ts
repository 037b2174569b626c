/** RPC: procedures, the routes made from them, and the errors that cross a border. Knows no domain. */
export { AppError, ERROR_STATUS, type ErrorCode, type Failure, type Outcome, toFailure } from './errors';
export { type Access, type HttpRoute, Id, Offset, type Procedure, procedure, upTo } from './procedure';
export { type Caller, type HandlersOf, type Route, routesOf, routesOfAll } from './routes';
