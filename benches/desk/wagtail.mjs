// What an editor does in Wagtail's admin, request by request: the like of what gongkai.mjs does.
import { Client, field, paragraphs } from './http.mjs';

export class Editor {
  constructor(base, clock, number) {
    this.number = number;
    this.login = `load-${String(number).padStart(3, '0')}`;
    this.client = new Client(base, clock);
    this.saves = 0;
  }

  async signIn() {
    const page = await this.client.get('/admin/login/');
    const fields = { csrfmiddlewaretoken: field(page.text, 'csrfmiddlewaretoken'), username: this.login, password: 'load', next: '/admin/' };
    const home = await this.client.post('/admin/login/', fields);
    if (home.status !== 200 || home.path !== '/admin/') throw new Error(`${this.login} could not sign in: ${home.status} ${home.path}`);
  }

  /** Each editor has a page of its own, made when the site was filled. */
  async begin() {
    const list = await this.client.get(`/admin/pages/find/?owner=${this.login}`);
    this.page = list.text.trim();
    if (!/^\d+$/.test(this.page)) throw new Error(`${this.login} has no page: ${list.text.slice(0, 200)}`);
    const edit = await this.open();
    this.token = field(edit.text, 'csrfmiddlewaretoken');
  }

  /** What was approved is public; its editor goes on with the same page. */
  async again() {}

  fields(pressed) {
    const body = paragraphs(`${this.number}-${++this.saves}`, 10);
    return {
      csrfmiddlewaretoken: this.token,
      title: `演示压力测试：${this.login}`,
      slug: this.login,
      summary: `演示压力测试第${this.saves}次保存`,
      body: JSON.stringify({ blocks: blocks(body), entityMap: {} }),
      seo_title: '',
      search_description: '',
      'comments-TOTAL_FORMS': '0',
      'comments-INITIAL_FORMS': '0',
      'comments-MIN_NUM_FORMS': '0',
      'comments-MAX_NUM_FORMS': '',
      ...pressed,
    };
  }

  /** Saving a draft is the form sent; what its redirect leads to is not counted, our autosave has no such page either. */
  async save() {
    const path = `/admin/pages/${this.page}/edit/`;
    const body = new URLSearchParams(this.fields({})).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded', referer: this.client.base.origin + path };
    const answer = await this.client.measured('save', path, () => this.client.send('POST', path, { body, headers }));
    if (answer.status !== 302) this.client.clock.fault(`save answered ${answer.status}: ${answer.text.match(/class="error-message">[^<]*/)?.[0] ?? ''}`);
  }

  home() {
    return this.client.get('/admin/', 'page');
  }

  list() {
    return this.client.get('/admin/pages/2/', 'page');
  }

  open() {
    return this.client.get(`/admin/pages/${this.page}/edit/`, 'page');
  }

  async submit() {
    const path = `/admin/pages/${this.page}/edit/`;
    const answer = await this.client.post(path, this.fields({ 'action-submit': 'action-submit' }), 'step');
    if (answer.path === path) throw new Error('not submitted');
    return this.page;
  }

  /** Looks at a colleague's page and approves it. */
  async approve(work) {
    await this.client.get(`/admin/pages/${work}/edit/`, 'page');
    const task = (await this.client.get(`/admin/pages/task/?page=${work}`)).text.trim();
    const path = `/admin/pages/workflow/action/${work}/approve/${task}/`;
    await this.client.post(path, { csrfmiddlewaretoken: this.token, comment: '' }, 'step');
  }
}

function blocks(html) {
  const texts = html.split('</p>').map((part) => part.replace('<p>', '')).filter(Boolean);
  return texts.map((text, at) => ({ key: `k${at}`, text, type: 'unstyled', depth: 0, inlineStyleRanges: [], entityRanges: [], data: {} }));
}

/** Signed-in editors, each with the page it edits. */
export async function office(base, clock, n, first) {
  const editors = Array.from({ length: n }, (_, at) => new Editor(base, clock, first + at));
  for (const editor of editors) {
    await editor.signIn();
    await editor.begin();
  }
  return editors;
}
