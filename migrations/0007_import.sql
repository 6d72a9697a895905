-- Where an imported record came from, what was printed there, and what a person must still look at.
create table import_source (
  site_id text not null,
  source_url text not null,
  origin text not null,
  document_id text not null,
  content_hash text not null,
  printed text not null,
  review_state text not null,
  reasons text not null,
  remarks text not null,
  imported_at bigint not null,
  primary key (site_id, source_url)
);
create index import_source_by_document on import_source (site_id, document_id);
create index import_source_by_review on import_source (site_id, review_state);
