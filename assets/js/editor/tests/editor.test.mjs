// The whole editor in Chromium against the stand-in server: what an officer sees and what reaches the server.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, beforeEach, test } from 'node:test';
import { saveAsOther } from './backend.mjs';
import { openBrowser } from './in_browser.mjs';

let browser;
let state;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());
beforeEach(() => {
  state = browser.backend.reset();
});

const pasted = (name) => readFileSync(new URL(`pasted/${name}.html`, import.meta.url), 'utf8');
const TEXT = '.rich-text';

async function open(options = {}) {
  const page = await browser.page({ path: '/', ...options });
  await page.locator(TEXT).waitFor();
  return page;
}

/** Ends a test: nothing may have gone wrong on the page unseen. */
async function close(page) {
  assert.deepEqual(page.faults, []);
  await page.context().close();
}

async function typeAtEnd(page, text) {
  await page.locator(TEXT).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(text);
}

/** Pastes as the clipboard of an office program would. */
async function paste(page, flavours) {
  await page.locator(TEXT).click();
  await page.keyboard.press('Control+End');
  await page.evaluate((given) => {
    const data = new DataTransfer();
    for (const [type, text] of Object.entries(given)) if (type !== 'file') data.setData(type, text);
    if (given.file) data.items.add(new File([Uint8Array.from(atob(given.file), (char) => char.charCodeAt(0))], 'image.png', { type: 'image/png' }));
    document.querySelector('.rich-text').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, flavours);
}

const saved = async (page) => {
  await page.keyboard.press('Control+s');
  await page.waitForFunction(() => /^已保存/.test(document.querySelector('[data-status]').textContent));
  return state.content;
};

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

test('opening a text and saving it unchanged sends nothing; a change is saved and said', async () => {
  const page = await open();
  await page.keyboard.press('Control+s');
  assert.equal(state.saves.length, 0);
  await typeAtEnd(page, '请认真落实。');
  assert.equal(await page.locator('[data-status]').textContent(), '有未保存的修改');
  const content = await saved(page);
  assert.match(content.body_html, /通知如下。请认真落实。<\/p>$/);
  assert.equal(content.written_on, '2018-10-12');
  await close(page);
});

test('markup of earlier documents survives being opened and changed elsewhere', async () => {
  const whole =
    '<h2>一、标题</h2><p>文<strong>重</strong><em>斜</em><u>线</u><s>删</s>x<sup>2</sup>y<sub>1</sub><code>k</code> <a href="/documents/12" rel="noopener">链接</a><br>续</p>' +
    '<ul><li>甲<ol start="3"><li>乙</li></ol></li></ul><blockquote><p>引</p></blockquote><pre>原样  文</pre><hr>' +
    '<figure><p><img src="%E5%9B%BE%2Epng" alt="图"></p><figcaption>图题</figcaption></figure>' +
    '<table><caption>表题</caption><thead><tr><th rowspan="2" scope="col">项</th><th colspan="2" scope="col">数</th></tr><tr><th scope="col">甲</th><th scope="col">乙</th></tr></thead><tbody><tr><td>1</td><td><p>2</p><p>3</p></td><td></td></tr></tbody></table>';
  state.content.body_html = whole;
  const page = await open();
  await page.fill('#f-number', '松政发〔2018〕5号');
  assert.equal((await saved(page)).body_html, whole);
  await close(page);
});

test('a page pasted from Word arrives with its list, table and picture, and the picture is uploaded', async () => {
  const page = await open();
  const hex = Buffer.from(PNG, 'base64').toString('hex');
  await paste(page, { 'text/html': pasted('word_notice'), 'text/rtf': `{\\rtf1{\\*\\shppict{\\pict\\pngblip ${hex}}}}`, 'text/plain': '…' });
  await page.locator(`${TEXT} img[src*="/files/"], ${TEXT} img[src^="blob:"]`).waitFor();
  await page.locator('.attachment', { hasText: '图片.png' }).waitFor();
  const { body_html: html } = await saved(page);
  assert.match(html, /<ol><li>加强巡查<ul><li>林区巡查<\/li><li>坟场巡查<\/li><\/ul><\/li><li>储备物资<\/li><\/ol>/);
  assert.match(html, /<thead><tr><th scope="col">单位<\/th><th colspan="2" scope="col">值班电话<\/th><\/tr><\/thead><tbody><tr><td rowspan="2">应急局<\/td>/);
  assert.match(html, /<img src="%E5%9B%BE%E7%89%87%2Epng" alt="">/);
  assert.doesNotMatch(html, /mso|pending|file:|data:|【/i);
  await close(page);
});

test('a picture pasted alone is uploaded, and stays so through undo and redo', async () => {
  const page = await open();
  await paste(page, { file: PNG });
  await page.locator('.attachment', { hasText: '图片.png' }).waitFor();
  await page.keyboard.press('Control+z');
  assert.equal(await page.locator(`${TEXT} img`).count(), 0);
  await page.keyboard.press('Control+y');
  assert.match((await saved(page)).body_html, /<img src="%E5%9B%BE%E7%89%87%2Epng" alt="">/);
  await close(page);
});

test('a picture that cannot be had leaves a visible word', async () => {
  const page = await open();
  await paste(page, { 'text/html': pasted('word_notice') });
  assert.equal(await page.locator('.lost-picture').textContent(), '【图片需重新粘贴】');
  await close(page);
});

test('everything of the toolbar is reached and used by keyboard', async () => {
  const page = await open();
  await page.locator(TEXT).click();
  await page.keyboard.press('Control+Alt+3');
  await page.keyboard.press('Alt+F10');
  const focused = () => page.evaluate(() => document.activeElement.textContent);
  assert.equal(await focused(), '撤销');
  for (let i = 0; i < 4; i += 1) await page.keyboard.press('ArrowRight');
  assert.equal(await focused(), '中标题');
  assert.equal(await page.locator('.tool', { hasText: '中标题' }).getAttribute('aria-pressed'), 'true');
  assert.equal(await page.locator('.toolbar:visible [tabindex="0"]').count(), 1);
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.activeElement.classList.contains('rich-text'));
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('javascript:alert(1)');
  await page.keyboard.press('Enter');
  assert.match(await page.locator('.inline-error').first().textContent(), /地址应以/);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('www.example.gov.cn');
  await page.keyboard.press('Enter');
  assert.match((await saved(page)).body_html, /<a href="http:\/\/www.example.gov.cn" rel="noopener">/);
  await close(page);
});

test('a table is made, headed, captioned, merged and grown', async () => {
  const page = await open();
  await page.locator(TEXT).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '表格', exact: true }).click();
  await page.getByLabel('行数').fill('2');
  await page.getByLabel('列数').fill('2');
  await page.getByLabel('表题（可不填）').fill('值班表');
  await page.keyboard.press('Enter');
  await page.keyboard.type('姓名');
  await page.keyboard.press('Tab');
  await page.keyboard.type('电话');
  await page.getByRole('button', { name: '下方加行' }).click();
  await page.keyboard.press('Shift+Tab');
  const cells = page.locator(`${TEXT} td`);
  await cells.nth(2).click();
  await cells.nth(3).click({ modifiers: ['Shift'] });
  await page.getByRole('button', { name: '合并单元格' }).click();
  assert.match((await saved(page)).body_html, /<table><caption>值班表<\/caption><thead><tr><th scope="col">姓名<\/th><th scope="col">电话<\/th><\/tr><\/thead><tbody><tr><td><\/td><td><\/td><\/tr><tr><td colspan="2"><\/td><\/tr><\/tbody><\/table>/);
  await close(page);
});

test('a picture is inserted only with its text alternative', async () => {
  const page = await open();
  await page.getByRole('button', { name: '图片', exact: true }).click();
  await page.getByLabel('图片文件').setInputFiles({ name: '示意图.png', mimeType: 'image/png', buffer: Buffer.from(PNG, 'base64') });
  await page.getByRole('button', { name: '确定' }).click();
  assert.equal(await page.locator('.tool-panel .inline-error').textContent(), '请填写图片说明。');
  await page.getByLabel('图片说明').fill('防火区示意图');
  await page.keyboard.press('Enter');
  await page.locator('.attachment', { hasText: '示意图.png' }).waitFor();
  assert.match((await saved(page)).body_html, /<img src="%E7%A4%BA%E6%84%8F%E5%9B%BE%2Epng" alt="防火区示意图">/);
  await close(page);
});

test('a broken line keeps the text here, says so and saves when the line is back', async () => {
  const page = await open();
  state.offline = true;
  await typeAtEnd(page, '断网时写的');
  await page.keyboard.press('Control+s');
  await page.waitForFunction(() => /正在重试/.test(document.querySelector('[data-status]').textContent));
  assert.match(await page.evaluate(() => localStorage['gongkai.unsaved.zhang.e1']), /断网时写的/);
  state.offline = false;
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await page.waitForFunction(() => /^已保存/.test(document.querySelector('[data-status]').textContent));
  assert.match(state.content.body_html, /断网时写的/);
  assert.equal(await page.evaluate(() => localStorage['gongkai.unsaved.zhang.e1']), undefined);
  await close(page);
});

test('text that never reached the server is offered when the page is opened again', async () => {
  const page = await open();
  state.offline = true;
  await typeAtEnd(page, '没有保存的话');
  await page.keyboard.press('Control+s');
  await page.waitForFunction(() => localStorage['gongkai.unsaved.zhang.e1']);
  state.offline = false;
  page.on('dialog', (dialog) => dialog.accept());
  // The browser dies: what was under way is not sent.
  state.offline = true;
  await page.reload().catch(() => {});
  state.offline = false;
  await page.locator('.notice-recovery').waitFor();
  assert.doesNotMatch(await page.locator(TEXT).textContent(), /没有保存的话/);
  await page.getByRole('button', { name: '恢复' }).click();
  assert.match(await page.locator(TEXT).textContent(), /没有保存的话/);
  await page.waitForFunction(() => /^已保存/.test(document.querySelector('[data-status]').textContent));
  assert.match(state.content.body_html, /没有保存的话/);
  await close(page);
});

test('leaving with unsaved text warns', async () => {
  const page = await open();
  state.offline = true;
  await typeAtEnd(page, '未保存');
  let warned = null;
  page.on('dialog', (dialog) => ((warned = dialog.type()), dialog.dismiss()));
  await page.close({ runBeforeUnload: true });
  await page.waitForTimeout(300);
  assert.equal(warned, 'beforeunload');
  await page.context().close();
});

test('an ended session is told with the way to sign in, and work goes on after it', async () => {
  const page = await open();
  state.signedOut = true;
  await typeAtEnd(page, '登录失效后写的');
  await page.keyboard.press('Control+s');
  const notice = page.locator('.notice-signed-out');
  await notice.waitFor();
  assert.deepEqual(await notice.locator('a').evaluate((link) => [link.pathname, link.target]), ['/desk/sign-in', '_blank']);
  state.signedOut = false;
  await page.getByRole('button', { name: '我已登录，继续保存' }).click();
  await page.waitForFunction(() => /^已保存/.test(document.querySelector('[data-status]').textContent));
  assert.match(state.content.body_html, /登录失效后写的/);
  assert.equal(await notice.count(), 0);
  await close(page);
});

/** Two officers change the same edition; this page is the second to save. */
async function clash(page) {
  await typeAtEnd(page, '我的一句。');
  await page.fill('#f-summary', '我的概述');
  saveAsOther(state, { title: '对方的标题（演示数据）', body_html: state.content.body_html.replace('各街道办事处', '各镇、街道办事处') });
  await page.keyboard.press('Control+s');
  await page.locator('.conflict').waitFor();
}

test('a conflict names who changed what; keeping mine writes over theirs knowingly', async () => {
  const page = await open();
  await clash(page);
  const text = await page.locator('.conflict').textContent();
  assert.match(text, /李某在11月26日 10:30修改了同一文件/);
  assert.match(text, /对方改了：标题、正文/);
  assert.ok((await page.locator('.conflict ins').count()) > 0 && (await page.locator('.conflict del').count()) > 0);
  await page.getByRole('button', { name: '保留我的' }).click();
  await page.waitForFunction(() => /^已保存/.test(document.querySelector('[data-status]').textContent));
  assert.match(state.content.body_html, /各街道办事处.*我的一句。/s);
  assert.equal(state.content.summary, '我的概述');
  await close(page);
});

test('a conflict can be settled by taking theirs, and undo still brings back mine', async () => {
  const page = await open();
  await clash(page);
  await page.getByRole('button', { name: '采用对方的' }).click();
  await page.waitForFunction(() => /^已保存/.test(document.querySelector('[data-status]').textContent));
  assert.match(state.content.body_html, /各镇、街道办事处/);
  assert.doesNotMatch(state.content.body_html, /我的一句/);
  assert.equal(await page.inputValue('#f-title'), '对方的标题（演示数据）');
  await page.locator(TEXT).click();
  await page.keyboard.press('Control+z');
  assert.match(await page.locator(TEXT).textContent(), /我的一句/);
  await close(page);
});

test('a merge paragraph by paragraph keeps what each of the two wrote', async () => {
  const page = await open();
  await clash(page);
  await page.getByRole('button', { name: '逐段合并' }).click();
  await page.getByRole('button', { name: '完成合并' }).click();
  await page.waitForFunction(() => /^已保存/.test(document.querySelector('[data-status]').textContent));
  const { title, summary, body_html: html } = state.content;
  assert.deepEqual([title, summary], ['对方的标题（演示数据）', '我的概述']);
  assert.match(html, /各镇、街道办事处.*我的一句。/s);
  await close(page);
});

test('a merge asks where both changed the same paragraph and can keep both', async () => {
  const page = await open();
  await typeAtEnd(page, '我的一句。');
  saveAsOther(state, { body_html: state.content.body_html.replace('如下。', '如下：') });
  await page.keyboard.press('Control+s');
  await page.getByRole('button', { name: '逐段合并' }).click();
  await page.getByRole('button', { name: '完成合并' }).click();
  assert.equal(await page.locator('.conflict .inline-error').textContent(), '还有1处没有选择。');
  await page.getByLabel('都保留').check();
  await page.getByRole('button', { name: '完成合并' }).click();
  await page.waitForFunction(() => /^已保存/.test(document.querySelector('[data-status]').textContent));
  assert.match(state.content.body_html, /如下：<\/p><p>为做好.*如下。我的一句。<\/p>$/);
  await close(page);
});

const finding = (extra) => ({ code: 'wrong_word', weight: 'blocking', label: '错别字', why: '因为。', how: '改正。', excerpt: '', mend: null, may_be_justified: true, justified: null, fingerprint: 'f', ...extra });

test('findings stand beside the text, lead to their place, and a mend is one step that can be undone', async () => {
  state.findings = ({ body_html: html, title }) => [
    ...(html.includes('如下') ? [finding({ fingerprint: 'a', sentence: '“如下”应为“于下”。', excerpt: '如下', place: { kind: 'block', block: 1, from: html.match(/<p>(为做好.*?)<\/p>/)[1].indexOf('如下'), to: html.match(/<p>(为做好.*?)<\/p>/)[1].indexOf('如下') + 2, words: '正文第2段' }, mend: { label: '改为“于下”', kind: 'replace', text: '于下' } })] : []),
    ...(title.length > 10 ? [finding({ fingerprint: 'b', weight: 'advisory', sentence: '标题偏长。', place: { kind: 'field', field: 'title', words: '标题' } })] : []),
  ];
  const page = await open();
  await page.locator('.finding').first().waitFor();
  assert.equal(await page.locator('.findings-count').textContent(), '1处必须改正，1处提示。');
  assert.equal(await page.locator('.place-blocking').textContent(), '如下');
  await page.keyboard.press('F8');
  assert.equal(await page.evaluate(() => getSelection().toString()), '如下');
  await page.keyboard.press('F8');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'f-title');
  // The mark moves along with the text in front of it.
  await page.locator(TEXT).click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('前');
  await page.getByRole('button', { name: '改为“于下”' }).click();
  assert.match(await page.locator(TEXT).textContent(), /前各街道办事处.*通知于下。/s);
  await page.waitForFunction(() => document.querySelectorAll('.finding').length === 1);
  await page.keyboard.press('Control+z');
  assert.match(await page.locator(TEXT).textContent(), /前各街道办事处.*通知如下。/s);
  await close(page);
});

test('a finding is justified where it stands', async () => {
  state.findings = () => [finding({ fingerprint: 'b', sentence: '标题偏长。', weight: state.justified.length > 0 ? 'advisory' : 'blocking', justified: state.justified.length > 0 ? state.justified[0].reason : null, place: { kind: 'field', field: 'title', words: '标题' } })];
  const page = await open();
  await page.getByRole('button', { name: '说明理由' }).click();
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('.finding .inline-error').textContent(), '请填写理由。');
  await page.keyboard.type('上级文件原名如此');
  await page.keyboard.press('Enter');
  await page.locator('.finding-reason').waitFor();
  assert.deepEqual(state.justified, [{ code: 'wrong_word', fingerprint: 'b', reason: '上级文件原名如此' }]);
  assert.equal(await page.locator('.finding-reason').textContent(), '已说明：上级文件原名如此');
  await close(page);
});

test('several files are uploaded with progress through a broken line, renamed, ordered, removed and put back', async () => {
  const page = await open();
  state.brokenChunks = 1;
  const big = Buffer.alloc(1_300_000, 7);
  await page.locator('#attachment-files').setInputFiles([
    { name: '大表.csv', mimeType: 'text/csv', buffer: big },
    { name: '病毒.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') },
  ]);
  await page.locator('.attachment', { hasText: '大表.csv' }).waitFor();
  await page.locator('.upload', { hasText: '没有上传：不接收程序文件' }).waitFor();
  assert.deepEqual(state.chunks.map((chunk) => [chunk.from, chunk.length]), [[0, 524_288], [524_288, 524_288], [1_048_576, 251_424]]);
  await page.getByRole('button', { name: '上移：大表.csv' }).click();
  await page.waitForFunction(() => document.querySelector('.attachment').textContent.includes('大表.csv'));
  await page.getByRole('button', { name: '改名：大表.csv' }).click();
  await page.getByLabel('附件名称').fill('防火表.csv');
  await page.keyboard.press('Enter');
  await page.locator('.attachment', { hasText: '防火表.csv' }).waitFor();
  await page.getByRole('button', { name: '移除：防火表.csv' }).click();
  await page.getByRole('button', { name: '放回' }).click();
  await page.locator('.attachment', { hasText: '防火表.csv' }).waitFor();
  assert.deepEqual(state.attachments.map((one) => one.name), ['防火责任区划分表.xlsx', '防火表.csv']);
  await close(page);
});

test('a Word document is shown before it takes the place of anything', async () => {
  state.read = { title: '关于值班的通知（演示数据）', document_number: '松政办发〔2018〕9号', written_on: '2018-11-01', body_html: '<p>导入的正文<img src="x" onerror="alert(1)"></p>', pictures: [] };
  const page = await open();
  await page.locator('#import-file').setInputFiles({ name: '通知.docx', mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', buffer: Buffer.from('PK') });
  await page.locator('.import-sheet h3').waitFor();
  assert.doesNotMatch(await page.locator(TEXT).textContent(), /导入的正文/);
  assert.deepEqual(state.attachments.map((one) => one.name), ['防火责任区划分表.xlsx']);
  // The number was empty and comes along; the title there stays unless it is ticked.
  await page.getByRole('button', { name: '接在正文后' }).click();
  const content = await saved(page);
  assert.deepEqual([content.title, content.document_number], ['关于做好秋冬季森林防火工作的通知（演示数据）', '松政办发〔2018〕9号']);
  assert.match(content.body_html, /通知如下。<\/p><p>导入的正文/);
  await close(page);
});

test('another officer on the same edition is named, and a newer text is offered', async () => {
  state.others = [{ name: '李某', since: '2018-11-26T10:00:00+08:00' }];
  const page = await open();
  await page.locator('.notice-presence', { hasText: '李某也在编辑本文件' }).waitFor();
  await close(page);
});

test('the form carries the rich text when it is sent, and works without scripts', async () => {
  const page = await open();
  await typeAtEnd(page, '随表单提交');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await page.getByRole('heading', { name: '已保存' }).waitFor();
  assert.match(state.submitted.body_html, /随表单提交<\/p>$/);
  assert.equal(state.submitted.version, '2');
  await close(page);
  const plain = await browser.page({ path: '/', scripts: false });
  await plain.fill('#f-body', '没有脚本时写的正文');
  await plain.getByRole('button', { name: '保存', exact: true }).click();
  assert.equal(state.submitted.body_html, '没有脚本时写的正文');
  await close(plain);
});

test('a button of the form works at the first press where everything is saved already', async () => {
  const page = await open();
  await typeAtEnd(page, '已经保存过');
  await saved(page);
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await page.getByRole('heading', { name: '已保存' }).waitFor();
  assert.match(state.submitted.body_html, /已经保存过<\/p>$/);
  await close(page);
});

test('the preview shows the saved text at three widths in a frame', async () => {
  const page = await open();
  await typeAtEnd(page, '预览里也有');
  await page.getByRole('link', { name: '手机' }).click();
  const frame = page.frameLocator('.preview-frame');
  await frame.getByText('预览里也有').waitFor();
  assert.equal(await frame.locator('html').evaluate(() => window.innerWidth), 375);
  await page.getByRole('link', { name: '电脑' }).click();
  await frame.getByText('预览里也有').waitFor();
  assert.equal(await page.locator('.preview-frame').evaluate((made) => made.contentWindow.innerWidth), 1200);
  await page.getByRole('button', { name: '关闭预览' }).click();
  assert.equal(await page.locator('.preview-frame').count(), 0);
  await close(page);
});

test('a phone shows everything without scrolling sideways', async () => {
  state.findings = () => [finding({ sentence: '标题偏长。', place: { kind: 'field', field: 'title', words: '标题' } })];
  const page = await open({ width: 375, height: 812 });
  await page.locator('.finding').waitFor();
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
  assert.equal(await page.locator('.edit-found').textContent(), '检查：1处必须改正，0处提示');
  await close(page);
});
