/** The API's page and its OpenAPI document, generated from the contract. */
export { docs } from './docs';
