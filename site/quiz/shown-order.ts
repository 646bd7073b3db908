/**
 * The order in which the steps of a question are first shown: always the same for the same question, so that a page built
 * twice is the same page, and never the right one.
 */
export function shownOrder(questionId: string, steps: number): number[] {
  let state = [...questionId].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16777619), 2166136261);
  const order = Array.from({ length: steps }, (_, index) => index);
  for (let last = steps - 1; last > 0; last--) {
    state = Math.imul(state ^ (state >>> 15), 2246822519) + last;
    const other = (state >>> 0) % (last + 1);
    const [a = 0, b = 0] = [order[last], order[other]];
    order[last] = b;
    order[other] = a;
  }
  const inPlace = order.every((step, place) => step === place);
  return inPlace ? [...order.slice(1), ...order.slice(0, 1)] : order;
}
