-- The annual report (年度报告) of a site or of one organ for a year. Prose is text with references to figures (sections);
-- figures are computed while it is edited. declared says of figures without records why: zero or not_applicable. When it
-- is signed, frozen is the whole report with every figure resolved, and edition_id the edition of its record that holds it;
-- published_at is empty until that edition is public. authors is everybody who ever wrote or declared anything, of the
-- reports before a correction too: none of them may sign. A correction is a further edition with its reason.
-- withdrawal_known_at is when the record had been withdrawn as the report was handed to the signer: a withdrawal that came
-- later forbids the signature and the publication. pictures are the files that its prose places, by their codes.
-- organ_id is empty for the report of the whole site. state: editing, submitted, frozen, superseded.
create table annual_report (
  site_id text not null,
  report_id text not null,
  organ_id text not null,
  year bigint not null,
  format text not null,
  number bigint not null,
  state text not null,
  title text not null,
  sections text not null,
  pictures text not null,
  declared text not null,
  frozen text not null,
  cut_off_at bigint,
  correction_reason text not null,
  document_id text,
  edition_id text,
  submitted_by text,
  submitted_at bigint,
  withdrawal_known_at bigint,
  signed_by text,
  signed_at bigint,
  published_at bigint,
  authors text not null,
  created_by text not null,
  created_at bigint not null,
  version bigint not null,
  primary key (site_id, report_id)
);
create unique index annual_report_number on annual_report (site_id, year, organ_id, number);
create index annual_report_by_edition on annual_report (site_id, edition_id);

-- A record that is the public face of something else: it is changed there alone, not as a record, but for its withdrawal.
-- object_kind: report.
create table document_keeper (
  site_id text not null,
  document_id text not null,
  object_kind text not null,
  object_id text not null,
  primary key (site_id, document_id)
);

-- What a frozen figure was counted from: the ids of its records, packed (16 bytes each, in order, base64).
create table annual_report_source (
  site_id text not null,
  report_id text not null,
  figure text not null,
  n_records bigint not null,
  record_ids text not null,
  primary key (site_id, report_id, figure)
);

-- What a member unit was asked for and answered: its own counts and a comment, with a due date.
-- state: asked, answered, returned.
create table annual_report_return (
  site_id text not null,
  report_id text not null,
  organ_id text not null,
  state text not null,
  due_on text not null,
  counts text not null,
  comment text not null,
  note text not null,
  answered_by text,
  answered_at bigint,
  version bigint not null,
  primary key (site_id, report_id, organ_id)
);
create index annual_report_return_by_organ on annual_report_return (site_id, organ_id, state);

-- A year is counted from indexes alone: by content type in the order of days, by organ in the order of organs.
create index document_counted on document (site_id, state, listed_on, content_type);
drop index document_by_organ;
create index document_by_organ on document (site_id, responsible_organ_id, state, listed_on);
