// What the libraries call and browsers of 2020 do not have yet. Nothing where it is there already.

function add(prototype, name, value) {
  if (!prototype[name]) Object.defineProperty(prototype, name, { value, writable: true, configurable: true });
}

function at(index) {
  const whole = Math.trunc(index) || 0;
  return this[whole < 0 ? this.length + whole : whole];
}

add(Array.prototype, 'at', at);
add(String.prototype, 'at', at);
add(Array.prototype, 'findLast', function findLast(test) {
  for (let i = this.length - 1; i >= 0; i -= 1) if (test(this[i], i, this)) return this[i];
  return undefined;
});
