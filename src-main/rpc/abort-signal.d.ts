/** What the contract, which knows neither Node nor the DOM, has to know of the signal that both of them have. */
interface AbortSignal {
  readonly aborted: boolean;
}
