-- Word lists of a site: wrong, forbidden and sensitive words, words that are right after all, leaders and titles.
create table word (
  site_id text not null,
  word_id text not null,
  kind text not null,
  word text not null,
  right_word text not null,
  note text not null,
  sort bigint not null,
  blocking boolean not null,
  created_at bigint not null,
  created_by text not null,
  version bigint not null,
  primary key (site_id, word_id)
);
create unique index word_by_word on word (site_id, kind, word);

-- Changes with every change of the list, so that what was compiled from it is known to be stale.
create table word_list (
  site_id text not null,
  state text not null,
  changed_at bigint not null,
  primary key (site_id)
);

-- What was read of a file's inside, once for its bytes.
create table attachment_facts (
  site_id text not null,
  sha256 text not null,
  pieces text not null,
  hidden text not null,
  fault text,
  read_at bigint not null,
  primary key (site_id, sha256)
);

-- Why a finding may stay. The fingerprint is made of the rule, the words and the kind of place.
create table finding_justification (
  site_id text not null,
  document_id text not null,
  fingerprint text not null,
  code text not null,
  reason text not null,
  given_by text not null,
  given_at bigint not null,
  primary key (site_id, document_id, fingerprint)
);

-- What the nightly look found in live records; personal data in it is masked.
create table live_finding (
  site_id text not null,
  document_id text not null,
  number bigint not null,
  title text not null,
  public_number bigint not null,
  code text not null,
  weight text not null,
  sentence text not null,
  place text not null,
  excerpt text not null,
  fingerprint text not null,
  justified text,
  column_id text not null,
  organ_id text,
  found_at bigint not null,
  primary key (site_id, document_id, number)
);
create index live_finding_by_code on live_finding (site_id, code, found_at);

-- Where texts that are nearly the same meet: keys made of their character triples.
create table text_key (
  site_id text not null,
  text_key bigint not null,
  document_id text not null,
  primary key (site_id, text_key, document_id)
);
create index text_key_by_document on text_key (site_id, document_id);

-- How far the keys have followed the change feed.
create table text_key_cursor (
  site_id text not null,
  position bigint not null,
  primary key (site_id)
);
