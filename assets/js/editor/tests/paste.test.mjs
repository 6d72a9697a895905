// Pasted markup of Word, WPS and web pages becomes plain: what is kept, what goes, what becomes a list.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { expose, openBrowser } from './in_browser.mjs';

let browser;
let page;
before(async () => {
  browser = await openBrowser();
  page = await browser.page({ path: '/plain' });
  await expose(page, 'office', 'paste/office.js');
});
after(() => browser.close());

const pasted = (name) => readFileSync(new URL(`pasted/${name}.html`, import.meta.url), 'utf8');

/** The plain markup, a line a block; pictures answer with their kind and number. */
async function plain(html) {
  const markup = await page.evaluate((given) => window.office.plainMarkup(given, (src, local) => (src.startsWith('data:') ? 'data-picture' : local === null ? null : `local-${local}`)), html);
  return markup.replace(/>\s+</g, '><').trim();
}

test('a Word page keeps headings, emphasis, real lists, merged cells and pictures, and nothing of Word', async () => {
  const markup = await plain(pasted('word_notice'));
  assert.doesNotMatch(markup, /mso|Mso|style=|class=|<o:|<v:|<!--|<span|<font|width=|valign|lang=|&nbsp;/i);
  assert.match(markup, /^<h2>关于做好今冬明春森林防火工作的通知<\/h2>/);
  assert.match(markup, /<p>各街道办事处、区政府各部门，各有关单位要高度重视森林防火工作，<b>严格落实<\/b>责任，现将有关事项<u>通知<\/u>如下2018年度安排：<\/p>/);
  assert.match(markup, /<h2>一、总体要求<\/h2><ol><li>加强巡查<ul><li>林区巡查<\/li><li>坟场巡查<\/li><\/ul><\/li><li>储备物资<\/li><\/ol>/);
  assert.match(markup, /<h3>（一）值班安排<\/h3><p>第三条　值班人员不得离岗。<\/p>/);
  assert.match(markup, /<th><p>单位<\/p><\/th><th colspan="2"><p>值班电话<\/p><\/th>/);
  assert.match(markup, /<td rowspan="2"><p>应急局<\/p><\/td>/);
  assert.match(markup, /<p><img src="local-0"><\/p>/);
  assert.match(markup, /100km<sup>2<\/sup>，见<a href="https:\/\/www.example.gov.cn\/zcfg">有关法规<\/a>和本地文件。/);
});

test('a WPS page gives the same: lists by guarding comments, bold by style, spans, a picture in the markup', async () => {
  const markup = await plain(pasted('wps_plan'));
  assert.doesNotMatch(markup, /mso|style=|class=|<o:|<!--|<span|<font|face=|align=/i);
  assert.match(markup, /^<h3>二、工作安排<\/h3><p>各单位于11月底前报送，<strong>不得迟报<\/strong>。<\/p>/);
  assert.match(markup, /<ul><li>宣传到村<\/li><li>宣传到户<\/li><\/ul><ol><li>检查站点<\/li><li>检查车辆<\/li><\/ol><p>（一）落实责任。<\/p>/);
  assert.match(markup, /<td rowspan="2"><p>序号<\/p><\/td><td colspan="2"><p>时间<\/p><\/td>/);
  assert.match(markup, /<p><img src="data-picture"><\/p>/);
});

test('a web page loses scripts, counters and foreign pictures, and its first heading moves down', async () => {
  const markup = await plain(pasted('web_page'));
  assert.doesNotMatch(markup, /script|alert|onclick|style=|counter|count\.example/);
  assert.match(markup, /<h2>网页标题<\/h2>/);
  assert.match(markup, /<strong><em>强调<\/em><\/strong><sup>注<\/sup>，水H<sub>2<\/sub>O。|<em><strong>强调<\/strong><\/em><sup>注<\/sup>，水H<sub>2<\/sub>O。/);
  assert.match(markup, /<ul><li><p>甲<\/p><\/li><li>乙<ol><li>一层<\/li><\/ol><\/li><\/ul>/);
  assert.match(markup, /<p>【图片需重新粘贴】按此<\/p>/);
  assert.match(markup, /<h4>深标题<\/h4>/);
});

test('a picture that only lies on the officer’s machine leaves a visible word', async () => {
  const markup = await page.evaluate((given) => window.office.plainMarkup(given), pasted('word_notice'));
  assert.match(markup, /【图片需重新粘贴】/);
  assert.doesNotMatch(markup, /file:/);
});

test('a list that goes on after other text keeps its number', async () => {
  const item = (number, text) => `<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>${number}.<span>&nbsp;</span></span><![endif]>${text}</p>`;
  const markup = await plain(`${item(1, '甲')}<p class=MsoNormal>说明</p>${item(2, '乙')}${item(3, '丙')}`);
  assert.equal(markup, '<ol><li>甲</li></ol><p>说明</p><ol start="2"><li>乙</li><li>丙</li></ol>');
});

test('levels that jump nest by one, and kinds that change begin a new list', async () => {
  const item = (level, mark, text) => `<p style='mso-list:l0 level${level} lfo1'><span style='mso-list:Ignore'>${mark}</span>${text}</p>`;
  const markup = await plain([item(1, '·', '甲'), item(3, 'a.', '乙'), item(3, 'b.', '丙'), item(1, '1)', '丁')].join(''));
  assert.equal(markup, '<ul><li>甲<ol><li>乙</li><li>丙</li></ol></li></ul><ol><li>丁</li></ol>');
});

test('line breaks of the markup vanish between Chinese characters and stay blanks between words', async () => {
  const markup = await plain('<p>公开\n条例</p><p>open\ngovernment</p><p><span>政府</span>\n<span>信息</span></p><p>第1\n条</p>');
  assert.equal(markup, '<p>公开条例</p><p>open government</p><p>政府信息</p><p>第1 条</p>');
});

test('paragraphs that merely look like headings in a cell stay paragraphs', async () => {
  const markup = await plain("<table><tr><td><p style='mso-outline-level:1'>项目</p></td></tr></table>");
  assert.match(markup, /<td><p>项目<\/p><\/td>/);
});

test('hostile markup gives text, not code', async () => {
  const markup = await plain('<img src=x onerror=alert(1)><svg onload=alert(1)></svg><a href="java\nscript:alert(1)">链接</a><iframe src="/x"></iframe><p onclick=x>文</p>');
  assert.doesNotMatch(markup, /onerror|onload|onclick|iframe|svg/);
  assert.match(markup, /<p>文<\/p>/);
});
