-- Written by a test from the migrations; UPDATE_SNAPSHOTS=1 writes it again.

CREATE TABLE annual_report (
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

CREATE INDEX annual_report_by_edition on annual_report (site_id, edition_id);

CREATE UNIQUE INDEX annual_report_number on annual_report (site_id, year, organ_id, number);

CREATE TABLE annual_report_return (
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

CREATE INDEX annual_report_return_by_organ on annual_report_return (site_id, organ_id, state);

CREATE TABLE annual_report_source (
  site_id text not null,
  report_id text not null,
  figure text not null,
  n_records bigint not null,
  record_ids text not null,
  primary key (site_id, report_id, figure)
);

CREATE TABLE attachment (
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

CREATE INDEX attachment_by_document on attachment (site_id, document_id, sha256);

CREATE INDEX attachment_by_edition on attachment (site_id, edition_id);

CREATE TABLE attachment_facts (
  site_id text not null,
  sha256 text not null,
  pieces text not null,
  hidden text not null,
  fault text,
  read_at bigint not null,
  primary key (site_id, sha256)
);

CREATE TABLE audit_entry (
  site_id text not null,
  position bigint not null,
  at bigint not null,
  actor text not null,
  action text not null,
  object_kind text not null,
  object_id text not null,
  detail text not null,
  previous_hash text not null,
  hash text not null, address text not null default '',
  primary key (site_id, position)
);

CREATE INDEX audit_entry_by_action on audit_entry (site_id, action, position);

CREATE INDEX audit_entry_by_actor on audit_entry (site_id, actor, position);

CREATE INDEX audit_entry_by_address on audit_entry (site_id, address, position);

CREATE INDEX audit_entry_by_object on audit_entry (site_id, object_id, position);

CREATE INDEX audit_entry_by_time on audit_entry (site_id, at);

CREATE TABLE calendar_day (
  site_id text not null,
  notice_id text not null,
  day_on text not null,
  off_day boolean not null,
  name text not null,
  primary key (site_id, notice_id, day_on)
);

CREATE TABLE calendar_notice (
  site_id text not null,
  notice_id text not null,
  document_number text not null,
  title text not null,
  -- The year whose yearly notice it is; empty for a local order.
  noticed_year bigint,
  created_at bigint not null,
  created_by text not null,
  changed_at bigint not null,
  changed_by text not null,
  ended_at bigint,
  version bigint not null,
  primary key (site_id, notice_id)
);

CREATE TABLE change_feed (
  site_id text not null,
  position bigint not null,
  kind text not null,
  document_id text,
  column_id text,
  changed_at bigint not null,
  primary key (site_id, position)
);

CREATE TABLE column_moved (
  site_id text not null,
  code text not null,
  to_column_id text not null,
  primary key (site_id, code)
);

CREATE TABLE counter (
  site_id text not null,
  name text not null,
  value bigint not null,
  primary key (site_id, name)
);

CREATE TABLE disclosure_request (
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

CREATE INDEX disclosure_request_by_day on disclosure_request (site_id, received_on);

CREATE UNIQUE INDEX disclosure_request_number on disclosure_request (site_id, number);

CREATE TABLE document (
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
  version bigint not null, responsible_organ_id text,
  primary key (site_id, document_id)
);

CREATE INDEX document_by_organ on document (site_id, responsible_organ_id, state, listed_on);

CREATE INDEX document_counted on document (site_id, state, listed_on, content_type);

CREATE UNIQUE INDEX document_index_number on document (site_id, index_number);

CREATE TABLE document_keeper (
  site_id text not null,
  document_id text not null,
  object_kind text not null,
  object_id text not null,
  primary key (site_id, document_id)
);

CREATE TABLE document_link (
  site_id text not null,
  from_document_id text not null,
  kind text not null,
  to_document_id text not null,
  effective_on text,
  created_at bigint not null,
  primary key (site_id, from_document_id, kind, to_document_id)
);

CREATE INDEX document_link_to on document_link (site_id, to_document_id);

CREATE INDEX document_listing on document (site_id, column_id, state, listed_on, public_number);

CREATE INDEX document_newest on document (site_id, state, listed_on, public_number);

CREATE UNIQUE INDEX document_public_number on document (site_id, public_number);

CREATE INDEX document_validity_change on document (site_id, validity_changes_on);

CREATE TABLE draft_editor (
  site_id text not null,
  edition_id text not null,
  login text not null,
  opened_at bigint not null,
  seen_at bigint not null,
  edited_at bigint,
  primary key (site_id, edition_id, login)
);

CREATE INDEX draft_editor_by_login on draft_editor (site_id, login, edited_at);

CREATE TABLE draft_removed_file (
  site_id text not null,
  edition_id text not null,
  attachment_id text not null,
  name text not null,
  media_type text not null,
  size bigint not null,
  sha256 text not null,
  removed_at bigint not null,
  primary key (site_id, edition_id, attachment_id)
);

CREATE TABLE draft_save (
  site_id text not null,
  edition_id text not null,
  version bigint not null,
  login text not null,
  begun_at bigint not null,
  saved_at bigint not null,
  content text not null,
  primary key (site_id, edition_id, version)
);

CREATE TABLE draft_upload (
  site_id text not null,
  upload_id text not null,
  edition_id text not null,
  login text not null,
  purpose text not null,
  name text not null,
  size bigint not null,
  received bigint not null,
  state text not null,
  outcome text,
  created_at bigint not null,
  touched_at bigint not null,
  primary key (site_id, upload_id)
);

CREATE INDEX draft_upload_by_touch on draft_upload (site_id, state, touched_at);

CREATE TABLE edition (
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
  version bigint not null, files_version bigint not null default 0,
  primary key (site_id, edition_id)
);

CREATE TABLE edition_author (
  site_id text not null,
  edition_id text not null,
  actor text not null,
  first_at bigint not null,
  last_at bigint not null,
  primary key (site_id, edition_id, actor)
);

CREATE INDEX edition_by_document_number on edition (site_id, document_number);

CREATE INDEX edition_by_state on edition (site_id, state, created_at);

CREATE UNIQUE INDEX edition_number on edition (site_id, document_id, number);

CREATE INDEX edition_scheduled on edition (state, publish_at);

CREATE TABLE finance_entry (
  site_id text not null,
  entry_id text not null,
  organ_id text not null,
  kind text not null,
  year bigint not null,
  purpose text not null,
  amount_fen bigint not null,
  booked_on text not null,
  voucher text not null,
  note text not null,
  created_at bigint not null,
  version bigint not null,
  primary key (site_id, entry_id)
);

CREATE INDEX finance_entry_by_year on finance_entry (site_id, year, kind, purpose);

CREATE UNIQUE INDEX finance_entry_voucher on finance_entry (site_id, organ_id, kind, year, voucher, purpose);

CREATE TABLE finding_justification (
  site_id text not null,
  document_id text not null,
  fingerprint text not null,
  code text not null,
  reason text not null,
  given_by text not null,
  given_at bigint not null,
  primary key (site_id, document_id, fingerprint)
);

CREATE TABLE import_reason (
  site_id text not null,
  source_url text not null,
  code text not null,
  primary key (site_id, source_url, code)
);

CREATE INDEX import_reason_by_code on import_reason (site_id, code, source_url);

CREATE TABLE import_run (
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

CREATE INDEX import_run_newest on import_run (site_id, started_at, import_run_id);

CREATE TABLE import_source (
  site_id text not null,
  source_url text not null,
  origin text not null,
  document_id text not null,
  content_hash text not null,
  printed text not null,
  review_state text not null,
  reasons text not null,
  remarks text not null,
  imported_at bigint not null, reviewed_at bigint, reviewed_by text, review_note text,
  primary key (site_id, source_url)
);

CREATE INDEX import_source_by_document on import_source (site_id, document_id);

CREATE INDEX import_source_by_review on import_source (site_id, review_state);

CREATE TABLE job (
  tenant text not null,
  job_id text not null,
  kind text not null,
  payload text not null,
  waiting_key text,
  state text not null,
  due_at bigint,
  turn bigint not null,
  failures bigint not null,
  owner text,
  done bigint not null,
  total bigint not null,
  note text not null,
  stop_asked boolean not null,
  error text,
  created_at bigint not null,
  created_by text not null,
  started_at bigint,
  ended_at bigint,
  primary key (tenant, job_id)
);

CREATE TABLE job_daily (
  tenant text not null,
  kind text not null,
  last_on text not null,
  primary key (tenant, kind)
);

CREATE INDEX job_due on job (due_at);

CREATE INDEX job_newest on job (tenant, created_at, job_id);

CREATE UNIQUE INDEX job_waiting on job (tenant, kind, waiting_key);

CREATE VIEW live_document as
select d.site_id, d.document_id, d.content_type, d.column_id, d.index_number, d.public_number,
       d.first_published_at, d.listed_on, d.validity, d.repealed_on,
       e.edition_id, e.number as edition_number, e.title, e.document_number, e.issuing_organ, e.issuing_organ_id,
       e.written_on, e.published_on, e.in_force_on, e.expires_on, e.subject_category, e.genre, e.summary,
       e.keywords, e.source, e.body_html, e.body_text, e.live_at
  from document d
  join edition e on e.site_id = d.site_id and e.edition_id = d.live_edition_id
 where d.state = 'live' and e.state = 'live' and e.disclosure_class = 'proactive';

CREATE TABLE live_finding (
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

CREATE INDEX live_finding_by_code on live_finding (site_id, code, found_at);

CREATE VIEW live_line as
select site_id, document_id, content_type, column_id, public_number, title, document_number, issuing_organ,
       issuing_organ_id, written_on, listed_on, first_published_at, validity, summary
  from live_document;

CREATE TABLE message (
  site_id text not null,
  message_id text not null,
  account_id text not null,
  kind text not null,
  text text not null,
  href text not null,
  created_at bigint not null,
  read_at bigint,
  wants_letter boolean not null,
  letter_id text,
  mailed_at bigint,
  primary key (site_id, message_id)
);

CREATE INDEX message_by_mailing on message (site_id, account_id, mailed_at);

CREATE INDEX message_by_reading on message (site_id, account_id, read_at);

CREATE INDEX message_of_account on message (site_id, account_id, created_at, message_id);

CREATE TABLE message_preference (
  site_id text not null,
  account_id text not null,
  kind text not null,
  by_mail boolean not null,
  primary key (site_id, account_id, kind)
);

CREATE TABLE notice_place (
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

CREATE UNIQUE INDEX notice_place_once on notice_place (site_id, kind, organ_id, name);

CREATE TABLE organ (
  site_id text not null,
  organ_id text not null,
  code text not null,
  kind text not null,
  parent_organ_id text,
  short_name text not null,
  duties text not null,
  contact text not null,
  valid_from_on text,
  valid_to_on text,
  sort bigint not null,
  version bigint not null,
  primary key (site_id, organ_id)
);

CREATE TABLE organ_change (
  site_id text not null,
  change_id text not null,
  kind text not null,
  changed_on text not null,
  note text not null,
  basis text not null,
  primary key (site_id, change_id)
);

CREATE TABLE organ_change_part (
  site_id text not null,
  change_id text not null,
  organ_id text not null,
  role text not null,
  primary key (site_id, change_id, organ_id, role)
);

CREATE INDEX organ_change_part_by_organ on organ_change_part (site_id, organ_id);

CREATE UNIQUE INDEX organ_code on organ (site_id, code);

CREATE TABLE organ_name (
  site_id text not null,
  organ_id text not null,
  name text not null,
  from_on text not null,
  to_on text,
  primary key (site_id, organ_id, from_on)
);

CREATE INDEX organ_name_by_name on organ_name (site_id, name);

CREATE TABLE proposal (
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

CREATE INDEX proposal_by_day on proposal (site_id, kind, received_on);

CREATE TABLE proposal_handler (
  site_id text not null,
  proposal_id text not null,
  organ_id text not null,
  part text not null,
  primary key (site_id, proposal_id, organ_id)
);

CREATE INDEX proposal_handler_by_organ on proposal_handler (site_id, organ_id, part);

CREATE UNIQUE INDEX proposal_number on proposal (site_id, kind, session, number);

CREATE VIEW public_attachment as
select a.site_id, a.document_id, a.edition_id, a.attachment_id, a.name, a.media_type, a.size, a.sha256, a.position,
       e.public_number, e.number as edition_number
  from attachment a
  join public_edition e on e.site_id = a.site_id and e.edition_id = a.edition_id;

CREATE VIEW public_edition as
select e.site_id, e.document_id, e.edition_id, e.number, e.state, e.title, e.document_number, e.issuing_organ,
       e.written_on, e.published_on, e.summary, e.body_html, e.body_text, e.change_reason, e.change_note, e.live_at,
       e.ended_at, d.public_number
  from edition e
  join live_document d on d.site_id = e.site_id and d.document_id = e.document_id
 where e.state in ('live', 'superseded') and e.disclosure_class = 'proactive';

CREATE TABLE register_upload (
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

CREATE INDEX register_upload_by_time on register_upload (site_id, uploaded_at);

CREATE TABLE remedy (
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

CREATE INDEX remedy_by_day on remedy (site_id, kind, filed_on);

CREATE UNIQUE INDEX remedy_number on remedy (site_id, kind, number);

CREATE TABLE review_case (
  site_id text not null,
  case_id text not null,
  edition_id text not null,
  document_id text not null,
  stage text not null,
  round bigint not null,
  content text not null,
  way text not null,
  edition_version bigint not null,
  emergency boolean not null,
  submitted_by text,
  submitted_at bigint,
  changed_at bigint not null,
  version bigint not null,
  primary key (site_id, case_id)
);

CREATE UNIQUE INDEX review_case_edition on review_case (site_id, edition_id);

CREATE INDEX review_case_stage on review_case (site_id, stage, changed_at);

CREATE TABLE review_entry (
  site_id text not null,
  case_id text not null,
  position bigint not null,
  at bigint not null,
  deed text not null,
  gate text,
  round bigint,
  party bigint,
  target text,
  actor text,
  acting_for text,
  issued_by text,
  content text not null,
  reason text not null,
  marks text not null,
  primary key (site_id, case_id, position)
);

CREATE TABLE review_link (
  site_id text not null,
  mark text not null,
  case_id text not null,
  gate text not null,
  round bigint not null,
  party bigint not null,
  content text not null,
  holder text not null,
  issued_by text not null,
  issued_at bigint not null,
  expires_at bigint not null,
  used_at bigint,
  withdrawn_at bigint,
  primary key (site_id, mark)
);

CREATE INDEX review_link_case on review_link (site_id, case_id, issued_at);

CREATE TABLE review_open_step (
  site_id text not null,
  case_id text not null,
  position bigint not null,
  work text not null,
  round bigint not null,
  party bigint not null,
  role text,
  organ_id text,
  login text,
  since_at bigint not null,
  due_on text not null,
  escalated_at bigint,
  primary key (site_id, case_id, position)
);

CREATE INDEX review_open_step_due on review_open_step (site_id, due_on);

CREATE INDEX review_open_step_login on review_open_step (site_id, login);

CREATE INDEX review_open_step_role on review_open_step (site_id, role, organ_id);

CREATE TABLE review_setting (
  site_id text not null,
  rounds text not null,
  reviewer_may_sign boolean not null,
  secrecy_may_be_shared boolean not null,
  step_days bigint not null,
  afterwards_days bigint not null,
  link_hours bigint not null,
  changed_at bigint not null,
  changed_by text not null,
  primary key (site_id)
);

CREATE TABLE review_snapshot (
  site_id text not null,
  content text not null,
  edition_id text not null,
  body text not null,
  taken_at bigint not null,
  primary key (site_id, content)
);

CREATE INDEX review_snapshot_edition on review_snapshot (site_id, edition_id);

CREATE TABLE review_way (
  site_id text not null,
  column_id text not null,
  rounds text not null,
  changed_at bigint not null,
  changed_by text not null,
  primary key (site_id, column_id)
);

CREATE TABLE schema_migration
         (number bigint primary key, name text not null, digest text not null);

CREATE TABLE secrecy_form (
  site_id text not null,
  case_id text not null,
  position bigint not null,
  opinion text not null,
  bases text not null,
  note text not null,
  masked text not null,
  primary key (site_id, case_id, position)
);

CREATE TABLE service_case (
  site_id text not null,
  case_id text not null,
  number text not null,
  item_id text,
  organ_id text not null,
  route text not null,
  handling text not null,
  accepted_on text not null,
  closed_on text,
  result text not null,
  created_at bigint not null,
  version bigint not null,
  primary key (site_id, case_id)
);

CREATE INDEX service_case_by_day on service_case (site_id, accepted_on, route, handling, organ_id);

CREATE INDEX service_case_by_item on service_case (site_id, item_id);

CREATE UNIQUE INDEX service_case_number on service_case (site_id, number);

CREATE TABLE service_item (
  site_id text not null,
  item_id text not null,
  organ_id text not null,
  code text not null,
  name text not null,
  kind text not null,
  basis text not null,
  conditions text not null,
  materials text not null,
  procedure text not null,
  place text not null,
  hours text not null,
  phone text not null,
  complaint_phone text not null,
  fee text not null,
  result text not null,
  statutory_days bigint,
  promised_days bigint,
  online_address text not null,
  entered_on text not null,
  ended_on text,
  created_at bigint not null,
  version bigint not null,
  primary key (site_id, item_id)
);

CREATE INDEX service_item_by_organ on service_item (site_id, organ_id, entered_on);

CREATE UNIQUE INDEX service_item_code on service_item (site_id, code);

CREATE TABLE site (
  site_id text not null primary key,
  code text not null unique,
  name text not null,
  short_name text not null,
  tagline text not null,
  domain text not null,
  identification_code text not null,
  region_code text not null,
  organ_code text not null,
  index_number_pattern text not null,
  theme text not null,
  demonstration boolean not null,
  mourning boolean not null,
  contact text not null,
  footer text not null,
  created_at bigint not null,
  version bigint not null
);

CREATE TABLE site_column (
  site_id text not null,
  column_id text not null,
  parent_column_id text,
  code text not null,
  name text not null,
  column_type text not null,
  owner_organ_id text,
  update_interval_days bigint,
  description text not null,
  keywords text not null,
  key_area text,
  statutory_items text not null,
  content_types text not null,
  sort bigint not null,
  version bigint not null,
  primary key (site_id, column_id)
);

CREATE UNIQUE INDEX site_column_code on site_column (site_id, code);

CREATE TABLE site_host (
  host text not null primary key,
  site_id text not null
);

CREATE TABLE site_letter_head (
  site_id text not null primary key,
  issuer_mark text not null,
  registry text not null
);

CREATE TABLE staff_account (
  site_id text not null,
  account_id text not null,
  login text not null,
  name text not null,
  email_sealed text,
  phone_sealed text,
  state text not null,
  password_hash text not null,
  password_set_at bigint not null,
  must_change_password boolean not null,
  n_failures bigint not null,
  locked_until bigint,
  totp_sealed text,
  totp_confirmed_at bigint,
  totp_last_step bigint,
  created_at bigint not null,
  version bigint not null,
  primary key (site_id, account_id)
);

CREATE UNIQUE INDEX staff_account_login on staff_account (site_id, login);

CREATE TABLE staff_grant (
  site_id text not null,
  grant_id text not null,
  account_id text not null,
  organ_id text not null,
  role text not null,
  from_on text not null,
  to_on text,
  acting_for text,
  basis text not null,
  granted_by text not null,
  granted_at bigint not null,
  primary key (site_id, grant_id)
);

CREATE INDEX staff_grant_by_account on staff_grant (site_id, account_id);

CREATE INDEX staff_grant_by_role on staff_grant (site_id, role, organ_id);

CREATE TABLE staff_old_password (
  site_id text not null,
  account_id text not null,
  set_at bigint not null,
  password_hash text not null,
  primary key (site_id, account_id, set_at)
);

CREATE TABLE staff_recovery_code (
  site_id text not null,
  account_id text not null,
  code_hash text not null,
  used_at bigint,
  primary key (site_id, account_id, code_hash)
);

CREATE TABLE staff_session (
  site_id text not null,
  session_hash text not null,
  account_id text not null,
  stage text not null,
  created_at bigint not null,
  seen_at bigint not null,
  ended_at bigint,
  address text not null,
  agent text not null,
  primary key (site_id, session_hash)
);

CREATE INDEX staff_session_by_account on staff_session (site_id, account_id, created_at);

CREATE TABLE standing_request (
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

CREATE INDEX standing_request_document on standing_request (site_id, document_id, requested_at);

CREATE INDEX standing_request_state on standing_request (site_id, state, requested_at);

CREATE TABLE text_key (
  site_id text not null,
  text_key bigint not null,
  document_id text not null,
  primary key (site_id, text_key, document_id)
);

CREATE INDEX text_key_by_document on text_key (site_id, document_id);

CREATE TABLE text_key_cursor (
  site_id text not null,
  position bigint not null,
  primary key (site_id)
);

CREATE TABLE training (
  site_id text not null,
  training_id text not null,
  kind text not null,
  title text not null,
  held_on text not null,
  ended_on text,
  place text not null,
  host_organ_id text not null,
  topics text not null,
  full_score bigint,
  pass_score bigint,
  created_at bigint not null,
  version bigint not null,
  primary key (site_id, training_id)
);

CREATE INDEX training_by_day on training (site_id, kind, held_on);

CREATE TABLE training_participant (
  site_id text not null,
  participant_id text not null,
  training_id text not null,
  organ_id text not null,
  name text not null,
  post text not null,
  attended boolean not null,
  score bigint,
  created_at bigint not null,
  primary key (site_id, participant_id)
);

CREATE UNIQUE INDEX training_participant_name on training_participant (site_id, training_id, organ_id, name);

CREATE UNIQUE INDEX training_title on training (site_id, held_on, title);

CREATE TABLE wechat_article (
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

CREATE INDEX wechat_article_by_day on wechat_article (site_id, published_on);

CREATE UNIQUE INDEX wechat_article_once on wechat_article (site_id, account, published_on, title);

CREATE VIEW withdrawn_document as
select d.site_id, d.document_id, d.public_number, d.withdrawn_at, d.withdrawn_reason, d.withdrawn_note
  from document d
 where d.state = 'withdrawn' and d.public_number is not null;

CREATE TABLE word (
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

CREATE UNIQUE INDEX word_by_word on word (site_id, kind, word);

CREATE TABLE word_list (
  site_id text not null,
  state text not null,
  changed_at bigint not null,
  primary key (site_id)
);
