-- Suggestions of deputies (人大代表建议) and proposals of committee members (政协提案), and who answers them.
-- kind: suggestion, proposal; rating: satisfied, mostly_satisfied, dissatisfied.
create table proposal (
  site_id text not null,
  proposal_id text not null,
  kind text not null,
  number text not null,
  session text not null,
  title text not null,
  body text not null,
  field text not null,
  proposer text not null,
  received_on text not null,
  assigned_on text,
  due_on text,
  replied_on text,
  reply_number text not null,
  reply_class text,
  reply_summary text not null,
  reply_document_id text,
  rating text,
  created_at bigint not null,
  version bigint not null,
  primary key (site_id, proposal_id)
);
-- Numbers begin anew with each session (届次).
create unique index proposal_number on proposal (site_id, kind, session, number);
create index proposal_by_day on proposal (site_id, kind, received_on);

-- part: lead (主办), co_handler (协办).
create table proposal_handler (
  site_id text not null,
  proposal_id text not null,
  organ_id text not null,
  part text not null,
  primary key (site_id, proposal_id, organ_id)
);
create index proposal_handler_by_organ on proposal_handler (site_id, organ_id, part);
