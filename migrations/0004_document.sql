-- A document is an identity that never changes; an edition is one version of its content.
create table document (
  site_id text not null,
  document_id text not null,
  content_type text not null,
  column_id text not null,
  state text not null,
  index_number text,
  public_number bigint,
  first_published_at bigint,
  live_edition_id text,
  listed_on text,
  validity text not null,
  validity_changes_on text,
  repealed_on text,
  withdrawn_at bigint,
  withdrawn_reason text,
  withdrawn_note text,
  created_at bigint not null,
  version bigint not null,
  primary key (site_id, document_id)
);
-- An index number is given once and never used again (国办秘函〔2009〕6号).
create unique index document_index_number on document (site_id, index_number);
create unique index document_public_number on document (site_id, public_number);
-- Lists are read newest first by the date readers see.
create index document_listing on document (site_id, column_id, state, listed_on, public_number);
create index document_newest on document (site_id, state, listed_on, public_number);
create index document_validity_change on document (site_id, validity_changes_on);

create table edition (
  site_id text not null,
  edition_id text not null,
  document_id text not null,
  number bigint not null,
  state text not null,
  title text not null,
  printed_index_number text,
  document_number text,
  issuing_organ text not null,
  issuing_organ_id text,
  written_on text,
  published_on text,
  in_force_on text,
  expires_on text,
  declared_validity text,
  subject_category text,
  genre text,
  disclosure_class text not null,
  disclosure_reason text,
  summary text not null,
  keywords text not null,
  source text,
  body_html text not null,
  body_text text not null,
  change_reason text,
  change_note text,
  publish_at bigint,
  live_at bigint,
  ended_at bigint,
  created_at bigint not null,
  created_by text not null,
  version bigint not null,
  primary key (site_id, edition_id)
);
create unique index edition_number on edition (site_id, document_id, number);
-- Editions that wait for their hour.
create index edition_scheduled on edition (state, publish_at);
create index edition_by_document_number on edition (site_id, document_number);

-- repeals, amends, interprets, relates
create table document_link (
  site_id text not null,
  from_document_id text not null,
  kind text not null,
  to_document_id text not null,
  effective_on text,
  created_at bigint not null,
  primary key (site_id, from_document_id, kind, to_document_id)
);
create index document_link_to on document_link (site_id, to_document_id);

create table attachment (
  site_id text not null,
  attachment_id text not null,
  document_id text not null,
  edition_id text not null,
  name text not null,
  media_type text not null,
  size bigint not null,
  sha256 text not null,
  position bigint not null,
  created_at bigint not null,
  primary key (site_id, attachment_id)
);
create index attachment_by_edition on attachment (site_id, edition_id);
create index attachment_by_document on attachment (site_id, document_id, sha256);
