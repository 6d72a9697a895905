-- What was asked and done about a public record: correction, withdrawal, repeal; who asked, who decided, who was told.
create table standing_request (
  site_id text not null,
  request_id text not null,
  document_id text not null,
  kind text not null,
  state text not null,
  reason text not null,
  note text not null,
  told text not null,
  edition_id text,
  repealing_document_id text,
  effective_on text,
  due_on text,
  requested_by text not null,
  requested_at bigint not null,
  decided_by text,
  decided_for text,
  decided_at bigint,
  opinion text,
  version bigint not null,
  primary key (site_id, request_id)
);
create index standing_request_document on standing_request (site_id, document_id, requested_at);
create index standing_request_state on standing_request (site_id, state, requested_at);
