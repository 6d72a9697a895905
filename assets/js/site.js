// Small comforts for readers whose browser runs scripts. Every page is complete without this file.

/** Shows what only works with a script. */
function reveal() {
  document.documentElement.classList.add('scripted');
}

/** Copies the address of the page and says so. */
async function copyAddress(button) {
  const said = button.parentElement.querySelector('[role="status"]');
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    said.textContent = '已复制';
  } catch {
    // Without permission the address is shown, ready to be copied by hand.
    said.textContent = button.dataset.copy;
  }
}

/** Lets the keyboard scroll a table that is wider than the page. */
function reachWideTables() {
  for (const table of document.querySelectorAll('.official table')) {
    if (table.scrollWidth > table.clientWidth) table.tabIndex = 0;
  }
}

document.addEventListener('click', (event) => {
  const copy = event.target.closest('[data-copy]');
  if (copy) copyAddress(copy);
  if (event.target.closest('[data-print]')) window.print();
});

reveal();
reachWideTables();
