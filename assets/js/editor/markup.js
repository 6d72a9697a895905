// Reads markup into a document of its own, in which nothing is loaded and nothing runs.

/**
 * A browser applies our policy to such documents too: styles and handlers in attributes do nothing but fill the log.
 * Style attributes are kept as `data-style` for those who read them, sheets and handlers are dropped.
 */
export function parsedMarkup(html) {
  const quiet = html.replace(/<style[\s\S]*?<\/style\s*>/gi, '').replace(/<[a-z](?:[^<>"']|"[^"]*"|'[^']*')*>/gi, (tag) =>
    tag.replace(/(\s)style(\s*=)/gi, '$1data-style$2').replace(/([\s"'/])on[a-z]+(\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+))/gi, '$1'),
  );
  return new DOMParser().parseFromString(quiet, 'text/html');
}
