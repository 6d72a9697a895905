// Small comforts of the desk. Every page works without them.

/** Shows what only works with a script. */
function reveal() {
  document.documentElement.classList.add('scripted');
}

/** On a narrow screen the ways to the work are folded away until they are asked for. */
function foldWays() {
  const fold = document.querySelector('.ways-fold');
  if (!fold) return;
  const narrow = window.matchMedia('(max-width: 60em)');
  const follow = () => {
    fold.open = !narrow.matches;
  };
  narrow.addEventListener('change', follow);
  follow();
}

/** A form is sent once, however often its button is pressed; the answer to the first press is waited for. */
function sendOnce(event) {
  const form = event.target;
  if (form.method !== 'post' || form.dataset.many !== undefined) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = 'yes';
  // A page that comes back from the browser's memory may be sent again.
  window.addEventListener('pageshow', () => delete form.dataset.sent, { once: true });
}

/** Ticks or clears every box of a list. */
function tickAll(box) {
  for (const other of document.querySelectorAll(`input[type="checkbox"][name="${box.dataset.all}"]`)) {
    other.checked = box.checked;
  }
}

/** What goes on by itself is asked for again every few seconds, while somebody looks at the page and holds nothing in it. */
function poll(part) {
  const again = async () => {
    if (document.hidden || part.contains(document.activeElement)) return setTimeout(again, 3000);
    const headers = { 'X-CSRF-Token': document.body.dataset.csrf };
    const answer = await fetch(part.dataset.poll, { headers }).catch(() => null);
    if (!answer?.ok) return undefined;
    part.innerHTML = await answer.text();
    if (part.querySelector('[data-moves]')) return setTimeout(again, 3000);
    if (part.dataset.pollEnd) window.location.replace(part.dataset.pollEnd);
    return undefined;
  };
  setTimeout(again, 3000);
}

document.addEventListener('submit', sendOnce);
document.addEventListener('change', (event) => {
  if (event.target.matches('[data-all]')) tickAll(event.target);
  if (event.target.matches('[data-send]')) event.target.form.requestSubmit();
});
document.addEventListener('click', (event) => {
  if (event.target.closest('[data-print]')) window.print();
});

reveal();
foldWays();
document.querySelectorAll('[data-poll]').forEach(poll);

/** Mistakes are read out and reached first. */
document.querySelector('.mistakes')?.focus();
