/**
 * The places of the `count` greatest values, greatest first, of those that `isAllowed`: a heap whose top is the least
 * of the best, so that nearly every value is passed over with one comparison.
 */
export function nearest(
  values: Float32Array,
  count: number,
  isAllowed: (place: number) => boolean = () => true,
): number[] {
  const heap: number[] = [];
  for (let place = 0; place < values.length; place++) {
    if (heap.length === count && values[place] <= values[heap[0]]) continue;
    if (!isAllowed(place)) continue;
    if (heap.length < count) {
      heap.push(place);
      rise(heap, values);
    } else if (count > 0) {
      heap[0] = place;
      sink(heap, values);
    }
  }
  return heap.sort((a, b) => values[b] - values[a] || a - b);
}

function rise(heap: number[], values: Float32Array): void {
  let child = heap.length - 1;
  while (child > 0) {
    const parent = (child - 1) >> 1;
    if (values[heap[parent]] <= values[heap[child]]) return;
    [heap[parent], heap[child]] = [heap[child], heap[parent]];
    child = parent;
  }
}

function sink(heap: number[], values: Float32Array): void {
  let parent = 0;
  for (;;) {
    const left = 2 * parent + 1;
    if (left >= heap.length) return;
    const right = left + 1;
    const least = right < heap.length && values[heap[right]] < values[heap[left]] ? right : left;
    if (values[heap[parent]] <= values[heap[least]]) return;
    [heap[parent], heap[least]] = [heap[least], heap[parent]];
    parent = least;
  }
}
