// #region shares
/** Splits an amount in cents so that the parts differ by one cent at most, and add up to the whole. */
export function shares(cents: number, people: number): number[] {
  const least = Math.floor(cents / people);
  const rest = cents - least * people;
  return Array.from({ length: people }, (_, index) => least + (index < rest ? 1 : 0));
}
// #endregion shares
