-- Files that staff brought in: what was asked for and what came of it.
create table import_run (
  site_id text not null,
  import_run_id text not null,
  what text not null,
  file_name text not null,
  size bigint not null,
  page_address text,
  column_code text,
  publishes boolean not null,
  job_id text not null,
  started_by text not null,
  started_by_name text not null,
  started_at bigint not null,
  ended_at bigint,
  outcome text,
  summary text,
  primary key (site_id, import_run_id)
);
create index import_run_newest on import_run (site_id, started_at, import_run_id);

-- Who decided about an unsure record, when and why.
alter table import_source add column reviewed_at bigint;
alter table import_source add column reviewed_by text;
alter table import_source add column review_note text;

-- The codes of the reasons of import_source, for lists that look for one.
create table import_reason (
  site_id text not null,
  source_url text not null,
  code text not null,
  primary key (site_id, source_url, code)
);
create index import_reason_by_code on import_reason (site_id, code, source_url);
