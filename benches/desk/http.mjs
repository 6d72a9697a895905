// A browser as far as a load test needs one: cookies, forms, kept connections, and how long each answer took.
import http from 'node:http';

/** What one kind of request took: milliseconds, and what went wrong. */
export class Clock {
  constructor() {
    this.times = new Map();
    this.faults = [];
  }

  add(kind, ms) {
    if (!this.times.has(kind)) this.times.set(kind, []);
    this.times.get(kind).push(ms);
  }

  fault(what) {
    this.faults.push(what);
  }

  /** The time that `share` of the requests of these kinds stay below. */
  quantile(share, ...kinds) {
    const all = kinds.flatMap((kind) => this.times.get(kind) ?? []).sort((a, b) => a - b);
    return all.length ? all[Math.min(all.length - 1, Math.ceil(share * all.length) - 1)] : NaN;
  }

  count(...kinds) {
    return kinds.reduce((sum, kind) => sum + (this.times.get(kind)?.length ?? 0), 0);
  }

  clear() {
    this.times.clear();
  }
}

export class Client {
  /** `from` is the address that the server is told, where it believes us. */
  constructor(base, clock, from) {
    this.base = new URL(base);
    this.clock = clock;
    this.from = from;
    this.cookies = new Map();
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  }

  /** One request; `{ status, headers, text, ms }`. The body is read whole before the clock stops. */
  send(method, path, { body = '', headers = {} } = {}) {
    const sent = {
      ...headers,
      cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      ...(this.from ? { 'x-forwarded-for': this.from } : {}),
      ...(body ? { 'content-length': Buffer.byteLength(body) } : {}),
    };
    const began = performance.now();
    return new Promise((done, failed) => {
      const request = http.request(
        { host: this.base.hostname, port: this.base.port, path, method, headers: sent, agent: this.agent },
        (answer) => {
          const parts = [];
          answer.on('data', (part) => parts.push(part));
          answer.on('end', () => {
            this.keepCookies(answer.headers['set-cookie'] ?? []);
            const text = Buffer.concat(parts).toString('utf8');
            done({ status: answer.statusCode, headers: answer.headers, text, ms: performance.now() - began });
          });
          answer.on('error', failed);
        },
      );
      request.on('error', failed);
      request.end(body);
    });
  }

  keepCookies(lines) {
    for (const line of lines) {
      const [pair] = line.split(';');
      const at = pair.indexOf('=');
      this.cookies.set(pair.slice(0, at).trim(), pair.slice(at + 1).trim());
    }
  }

  /** A page, counted under `kind`; redirects are followed and counted as one with what they lead to. */
  async get(path, kind) {
    return this.measured(kind, path, () => this.follow('GET', path));
  }

  async post(path, fields, kind) {
    const body = new URLSearchParams(fields).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded', referer: this.base.origin + path };
    return this.measured(kind, path, () => this.follow('POST', path, { body, headers }));
  }

  async json(path, value, token, kind) {
    const headers = { 'content-type': 'application/json', 'x-csrf-token': token };
    return this.measured(kind, path, () => this.send('POST', path, { body: JSON.stringify(value), headers }));
  }

  async measured(kind, path, request) {
    const answer = await request();
    if (kind) this.clock.add(kind, answer.ms);
    if (answer.status >= 400) this.clock.fault(`${answer.status} ${path}: ${answer.text.replace(/\s+/g, ' ').slice(0, 300)}`);
    return answer;
  }

  async follow(method, path, options) {
    let answer = await this.send(method, path, options);
    let ms = answer.ms;
    while ([301, 302, 303].includes(answer.status)) {
      const next = new URL(answer.headers.location, new URL(path, this.base));
      path = next.pathname + next.search;
      answer = await this.send('GET', path);
      ms += answer.ms;
    }
    return { ...answer, ms, path };
  }
}

/** The value of a hidden or other input of a page. */
export function field(html, name) {
  const tag = html.match(new RegExp(`<input\\b[^>]*\\bname="${name}"[^>]*>`))?.[0] ?? '';
  return (tag.match(/\bvalue="([^"]*)"/)?.[1] ?? '').replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#38;', '&').replaceAll('&#34;', '"');
}

/** A text of `n` paragraphs as somebody types it, different for each seed. */
export function paragraphs(seed, n) {
  const sentence = '各单位要按照职责分工抓好落实，及时公开办理情况，方便群众查询和监督。';
  return Array.from({ length: n }, (_, at) => `<p>（演示）第${seed}号第${at + 1}段。${sentence.repeat(4)}</p>`).join('');
}
