-- Requests for information (依申请公开) as the register counts them; reconsiderations and lawsuits that follow.
-- The applicant is not named here: kind only (natural_person, enterprise, research, social, legal_service, other).
create table disclosure_request (
  site_id text not null,
  request_id text not null,
  organ_id text not null,
  number text not null,
  subject text not null,
  applicant_kind text not null,
  received_by text not null,
  received_on text not null,
  due_on text,
  extended_on text,
  handled_on text,
  outcome text,
  complained_on text,
  complaint text not null,
  corrected_on text,
  fee_fen bigint not null,
  created_at bigint not null,
  version bigint not null,
  primary key (site_id, request_id)
);
create unique index disclosure_request_number on disclosure_request (site_id, number);
create index disclosure_request_by_day on disclosure_request (site_id, received_on);

-- kind: reconsideration, litigation (after_reconsideration: 复议后起诉); outcome: upheld, corrected, other, pending.
create table remedy (
  site_id text not null,
  remedy_id text not null,
  organ_id text not null,
  request_id text,
  kind text not null,
  after_reconsideration boolean not null,
  number text not null,
  subject text not null,
  body text not null,
  filed_on text not null,
  closed_on text,
  outcome text not null,
  note text not null,
  created_at bigint not null,
  version bigint not null,
  primary key (site_id, remedy_id)
);
create unique index remedy_number on remedy (site_id, kind, number);
create index remedy_by_day on remedy (site_id, kind, filed_on);
