// What an officer does at our desk, request by request.
import { Client, field, paragraphs } from './http.mjs';

const PASSWORD = 'Yanshi-2026';

export class Officer {
  constructor(base, clock, number) {
    this.number = number;
    this.login = `load-${String(number).padStart(3, '0')}`;
    this.client = new Client(base, clock, `10.1.${Math.floor(number / 250)}.${(number % 250) + 1}`);
    this.saves = 0;
  }

  async signIn() {
    const page = await this.client.get('/desk/sign-in');
    const fields = { csrf: field(page.text, 'csrf'), login: this.login, password: PASSWORD, return: '' };
    const home = await this.client.post('/desk/sign-in', fields);
    this.token = field(home.text, 'csrf');
    if (home.path !== '/desk' || !this.token) throw new Error(`${this.login} could not sign in: ${home.status} ${home.path}`);
  }

  /** Begins a record in the column; what is written from now on goes there. */
  async begin(column) {
    this.column = column;
    const chosen = await this.client.get(`/desk/documents/new?column=${column}`);
    const organ = chosen.text.match(/<option value="([^"]+)"/)?.[1] ?? field(chosen.text, 'organ');
    const kind = 'notice';
    const title = `演示压力测试：${this.login} 第${++this.saves}件`;
    const page = await this.client.post('/desk/documents', { csrf: this.token, column, organ, kind, title });
    this.edition = page.path.split('/')[3];
    this.version = Number(page.text.match(/data-version="(\d+)"/)?.[1]);
    if (!this.version) throw new Error(`${this.login} could not begin a record: ${page.status} ${page.path}`);
  }

  /** What was approved goes on to the secrecy review; the next record is begun. */
  again() {
    return this.begin(this.column);
  }

  async save() {
    const content = { body_html: paragraphs(`${this.number}-${++this.saves}`, 10), summary: `演示压力测试第${this.saves}次保存` };
    const path = `/desk/editions/${this.edition}/autosave`;
    const answer = await this.client.json(path, { version: this.version, content }, this.token, 'save');
    if (answer.status === 200) this.version = JSON.parse(answer.text).version;
  }

  home() {
    return this.client.get('/desk', 'page');
  }

  list() {
    return this.client.get('/desk/documents', 'page');
  }

  open() {
    return this.client.get(`/desk/editions/${this.edition}/edit`, 'page');
  }

  /** Submits the record; gives the address of its case. */
  async submit() {
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const content = { written_on: today, keywords: '演示 测试' };
    const saved = await this.client.json(`/desk/editions/${this.edition}/autosave`, { version: this.version, content }, this.token, 'save');
    if (saved.status === 200) this.version = JSON.parse(saved.text).version;
    const answer = await this.client.post(`/desk/editions/${this.edition}/submit`, { csrf: this.token }, 'step');
    if (!answer.path.startsWith('/desk/reviews/')) throw new Error(`not submitted: ${answer.status} ${answer.path} ${answer.text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').slice(0, 600)}`);
    return answer.path;
  }

  /** Looks at a colleague's case and approves it. */
  async approve(work) {
    const page = await this.client.get(work, 'page');
    const form = page.text.match(/<form method="post" action="[^"]*\/approve">[\s\S]*?<\/form>/)?.[0];
    if (!form) throw new Error(`no round to approve at ${work}`);
    const fields = { csrf: this.token, at: field(form, 'at'), party: field(form, 'party'), content: field(form, 'content'), note: '' };
    await this.client.post(`${work}/approve`, fields, 'step');
  }
}

/** Signed-in officers, each with a record begun, in a column whose records pass one round of review. */
export async function office(base, clock, n, first) {
  const officers = Array.from({ length: n }, (_, at) => new Officer(base, clock, first + at));
  const column = await columnWithRound(base, clock);
  for (const officer of officers) {
    await officer.signIn();
    await officer.begin(column);
  }
  return officers;
}

async function columnWithRound(base, clock) {
  const office = new Officer(base, clock, 0);
  office.login = 'gongkai';
  await office.signIn();
  const setting = await office.client.get('/desk/reviews/settings');
  const columns = [...setting.text.matchAll(/<option value="([0-9a-f-]{36})">([^<]+)</g)];
  const [, column] = columns.find(([, , name]) => name.trim() === '通知公告') ?? columns[0];
  const fields = { csrf: office.token, column, own: 'yes', name_1: '部门审核', need_1: 'any', own_1: 'yes' };
  await office.client.post('/desk/reviews/settings', fields);
  return column;
}
