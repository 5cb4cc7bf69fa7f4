// Whole numbers that came packed as text.

function unpacked(packed) {
  const bytes = atob(packed.data);
  const values = new Float64Array(packed.count);
  for (let index = 0; index < packed.count; index += 1) {
    let steps = 0;
    for (let part = packed.bytes - 1; part >= 0; part -= 1) {
      steps = steps * 256 + bytes.charCodeAt(index * packed.bytes + part);
    }
    values[index] = packed.base + packed.step * steps;
  }
  if (packed.first === undefined) return values;
  let sum = packed.first;
  return values.map((step) => { sum += step; return sum; });
}
