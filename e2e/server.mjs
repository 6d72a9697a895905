// Starts the real binary on a free port with the demonstration district in a folder of its own, and takes
// both away afterwards. Reads nothing of its database.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const START_LIMIT_MS = 120_000;

/**
 * `{ url, stop, code }` of a running demonstration; `code(login)` is what that account's telephone shows now.
 * BASE_URL in the environment names one that runs already; it has no codes.
 */
export async function startDemo() {
  if (process.env.BASE_URL) return { url: process.env.BASE_URL.replace(/\/$/, ''), stop: async () => {} };
  const binary = process.env.GONGKAI_BINARY;
  if (!binary) throw new Error('GONGKAI_BINARY is not set: run scripts/journeys.sh, or name the binary');
  const data = mkdtempSync(join(tmpdir(), 'gongkai-e2e-'));
  const remove = () => rmSync(data, { recursive: true, force: true });
  process.once('exit', remove);

  console.log('loading the demonstration district');
  const loaded = spawnSync(binary, ['demo', '--prepare-only', '--data', data], { encoding: 'utf8' });
  if (loaded.status !== 0) {
    const reason = loaded.error?.message ?? `ended with ${loaded.status}: ${loaded.stderr.slice(-800)}`;
    throw new Error(`gongkai demo --prepare-only: ${reason}`);
  }
  // All of staff sign in from one address here.
  const env = { ...process.env, GONGKAI_SIGN_INS_PER_MINUTE: '1000' };
  const server = spawn(binary, ['demo', '--listen', '127.0.0.1:0', '--data', data], { stdio: ['ignore', 'pipe', 'pipe'], env });
  process.once('exit', () => server.kill('SIGKILL'));
  const url = await listening(server);
  const stop = async () => {
    const ended = new Promise((done) => server.once('exit', done));
    server.kill('SIGTERM');
    await Promise.race([ended, new Promise((done) => setTimeout(done, 5_000))]);
    server.kill('SIGKILL');
    remove();
  };
  const code = (login) => {
    const shown = spawnSync(binary, ['demo', 'code', login, '--data', data], { encoding: 'utf8' });
    if (shown.status !== 0) throw new Error(`gongkai demo code ${login}: ${shown.stderr}`);
    return shown.stdout.trim();
  };
  return { url, stop, code };
}

/** Waits for the line `LISTENING http://…` on standard output. */
function listening(server) {
  return new Promise((found, failed) => {
    let printed = '';
    let complaints = '';
    const limit = setTimeout(() => failed(new Error(`no LISTENING line in ${START_LIMIT_MS / 1000} s; printed: ${printed}${complaints}`)), START_LIMIT_MS);
    server.stderr.on('data', (piece) => { complaints = (complaints + piece).slice(-2_000); });
    server.stdout.on('data', (piece) => {
      printed += piece;
      const line = printed.match(/^LISTENING (http:\/\/\S+)$/m);
      if (line) {
        clearTimeout(limit);
        found(line[1].replace(/\/$/, ''));
      }
    });
    server.once('exit', (code) => {
      clearTimeout(limit);
      failed(new Error(`the server ended with ${code} before it listened: ${complaints.slice(-800)}`));
    });
  });
}
