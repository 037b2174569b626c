/** Which rows of a grid are chosen, where they can be. */
export interface GridSelection<T> {
  /** How many are chosen, loaded or not. */
  readonly count: number;
  /** `Select Paper boats` */
  label(row: T): string;
  isSelected(row: T): boolean;
  toggle(row: T): void;
  /** Chooses every row from one to another, also those that are not loaded. */
  selectRange(from: number, to: number): void;
  /** Every row there is, also those that are not loaded. */
  selectAll(): void;
  clear(): void;
}
