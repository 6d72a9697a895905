// The official page tags of government sites (国办发〔2017〕47号, annex 网页设计规范): which page carries which group,
// and the shape of their values. Does not know whether a value is true.

const SITE = ['SiteName', 'SiteDomain', 'SiteIDCode'];
const COLUMN = ['ColumnName', 'ColumnDescription', 'ColumnKeywords', 'ColumnType'];
const ARTICLE = ['ArticleTitle', 'PubDate', 'ContentSource'];

const GROUPS = {
  home: [SITE, COLUMN],
  column: [SITE, COLUMN],
  record: [SITE, ARTICLE],
};

const LISTS = ['home', 'column', 'catalogue', 'search', 'key areas', 'key area'];

export function tagFaults(page) {
  const tags = new Map();
  const faults = [];
  for (const [, name, content] of page.html.matchAll(/<meta\s+name="([A-Za-z]+)"\s+content="([^"]*)"/g)) {
    if (tags.has(name)) faults.push(`tag twice: ${name}`);
    tags.set(name, content.trim());
  }
  for (const name of (GROUPS[page.type] ?? [SITE]).flat()) {
    if (!tags.get(name)) faults.push(`tag missing or empty: ${name}`);
  }
  if (LISTS.includes(page.type) && tags.has('ArticleTitle')) faults.push('ArticleTitle on a page that is no article');
  if (page.type === 'home' && tags.get('ColumnType') !== '首页') faults.push(`ColumnType of the home page is ${tags.get('ColumnType')}`);
  const published = tags.get('PubDate');
  if (published && !/^\d{4}-\d\d-\d\d \d\d:\d\d$/.test(published)) faults.push(`PubDate is not YYYY-MM-DD HH:MM: ${published}`);
  const code = tags.get('SiteIDCode');
  if (code && !/^(\d{10}|bm\d{8})$/.test(code)) faults.push(`SiteIDCode has a wrong form: ${code}`);
  if (tags.get('SiteName') && !page.html.match(/<title>[^<]+<\/title>/)) faults.push('no title');
  if (!/<html[^>]*\slang="zh-CN"/.test(page.html)) faults.push('lang is not zh-CN');
  return faults;
}
