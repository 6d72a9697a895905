-- Articles published on WeChat (政务微信), notice boards (政务公开栏) and electronic screens (LED 显示屏).
create table wechat_article (
  site_id text not null,
  article_id text not null,
  organ_id text not null,
  document_id text,
  account text not null,
  title text not null,
  address text not null,
  published_on text not null,
  withdrawn_on text,
  withdrawn_reason text,
  created_at bigint not null,
  version bigint not null,
  primary key (site_id, article_id)
);
-- An account publishes one article of a title on a day.
create unique index wechat_article_once on wechat_article (site_id, account, published_on, title);
create index wechat_article_by_day on wechat_article (site_id, published_on);

-- kind: board, screen, broadcast (television and radio).
create table notice_place (
  site_id text not null,
  place_id text not null,
  organ_id text not null,
  kind text not null,
  name text not null,
  place text not null,
  measure text not null,
  keeper text not null,
  set_up_on text not null,
  removed_on text,
  created_at bigint not null,
  version bigint not null,
  primary key (site_id, place_id)
);
create unique index notice_place_once on notice_place (site_id, kind, organ_id, name);
