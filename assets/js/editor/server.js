// Talks to the desk: JSON with the token against forged requests. It knows which addresses there are, not what their
// answers mean.

/** The network is away, or the server does not answer in time. */
export class Unreachable extends Error {}

const PATIENCE = 30_000; // milliseconds until an answer counts as missing

export class Server {
  /** `edition` is the id in the addresses, `csrf` the token of the session. */
  constructor(edition, csrf) {
    this.edition = edition;
    this.csrf = csrf;
  }

  /** `/desk/editions/{id}/{tail}` */
  address(tail) {
    return `/desk/editions/${encodeURIComponent(this.edition)}/${tail}`;
  }

  /** The address under which an officer sees a file of this edition. */
  file(name) {
    return this.address(`files/${encodeName(name)}`);
  }

  post(tail, body, options) {
    return this.send('POST', this.address(tail), JSON.stringify(body), options);
  }

  get(tail) {
    return this.send('GET', this.address(tail));
  }

  /** `purpose`: `attachment` (also a picture of the text) or `document`, which is only read. */
  startUpload(name, size, purpose) {
    return this.post('uploads', { name, size, purpose });
  }

  uploadState(upload) {
    return this.send('GET', `/desk/uploads/${encodeURIComponent(upload)}`);
  }

  sendChunk(upload, from, chunk, signal) {
    return this.send('PUT', `/desk/uploads/${encodeURIComponent(upload)}?from=${from}`, chunk, { signal });
  }

  readUpload(upload) {
    return this.send('POST', `/desk/uploads/${encodeURIComponent(upload)}/read`, '{}');
  }

  /** `{ status, data }` of whatever the server answers; `data` is null when it is not JSON. */
  async send(method, address, body, { keepalive = false, signal } = {}) {
    const headers = { accept: 'application/json', 'x-csrf-token': this.csrf };
    if (body !== undefined) headers['content-type'] = typeof body === 'string' ? 'application/json' : 'application/octet-stream';
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE);
    if (signal) signal.addEventListener('abort', () => patience.abort());
    try {
      const answer = await fetch(address, { method, headers, body, keepalive, signal: patience.signal, credentials: 'same-origin', redirect: 'manual' });
      // A redirect leads to the sign-in page: the session is over.
      if (answer.type === 'opaqueredirect') return { status: 401, data: null };
      const isJson = (answer.headers.get('content-type') || '').startsWith('application/json');
      return { status: answer.status, data: isJson ? await answer.json() : null };
    } catch (error) {
      if (signal && signal.aborted) throw error;
      throw new Unreachable(String(error));
    } finally {
      clearTimeout(timer);
    }
  }
}

/** A file's name as it stands in the body's addresses: everything but ASCII letters and digits percent-encoded. */
export function encodeName(name) {
  const escape = (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  return encodeURIComponent(name).replace(/[-_.!~*'()]/g, escape);
}

/** What went wrong in words people can act on. */
export function reasonOf(answer, fallback) {
  return (answer && answer.data && answer.data.error) || fallback;
}
