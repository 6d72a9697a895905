-- A table that somebody sent to a register, between its preview and its confirmation. The rows are kept as they were read
-- (JSON of rows of texts); what came of it is kept a day longer, then both go.
create table register_upload (
  site_id text not null,
  upload_id text not null,
  register text not null,
  file_name text not null,
  sha256 text not null,
  content text not null,
  uploaded_by text not null,
  uploaded_at bigint not null,
  taken_at bigint,
  taken text not null,
  primary key (site_id, upload_id)
);
create index register_upload_by_time on register_upload (site_id, uploaded_at);
