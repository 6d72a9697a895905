-- Written by a test from the migrations; UPDATE_SNAPSHOTS=1 writes it again.

annual_report.site_id text not null
annual_report.report_id text not null
annual_report.organ_id text not null
annual_report.year bigint not null
annual_report.format text not null
annual_report.number bigint not null
annual_report.state text not null
annual_report.title text not null
annual_report.sections text not null
annual_report.pictures text not null
annual_report.declared text not null
annual_report.frozen text not null
annual_report.cut_off_at bigint
annual_report.correction_reason text not null
annual_report.document_id text
annual_report.edition_id text
annual_report.submitted_by text
annual_report.submitted_at bigint
annual_report.withdrawal_known_at bigint
annual_report.signed_by text
annual_report.signed_at bigint
annual_report.published_at bigint
annual_report.authors text not null
annual_report.created_by text not null
annual_report.created_at bigint not null
annual_report.version bigint not null
annual_report_return.site_id text not null
annual_report_return.report_id text not null
annual_report_return.organ_id text not null
annual_report_return.state text not null
annual_report_return.due_on text not null
annual_report_return.counts text not null
annual_report_return.comment text not null
annual_report_return.note text not null
annual_report_return.answered_by text
annual_report_return.answered_at bigint
annual_report_return.version bigint not null
annual_report_source.site_id text not null
annual_report_source.report_id text not null
annual_report_source.figure text not null
annual_report_source.n_records bigint not null
annual_report_source.record_ids text not null
attachment.site_id text not null
attachment.attachment_id text not null
attachment.document_id text not null
attachment.edition_id text not null
attachment.name text not null
attachment.media_type text not null
attachment.size bigint not null
attachment.sha256 text not null
attachment.position bigint not null
attachment.created_at bigint not null
attachment_facts.site_id text not null
attachment_facts.sha256 text not null
attachment_facts.pieces text not null
attachment_facts.hidden text not null
attachment_facts.fault text
attachment_facts.read_at bigint not null
audit_entry.site_id text not null
audit_entry.position bigint not null
audit_entry.at bigint not null
audit_entry.actor text not null
audit_entry.action text not null
audit_entry.object_kind text not null
audit_entry.object_id text not null
audit_entry.detail text not null
audit_entry.previous_hash text not null
audit_entry.hash text not null
audit_entry.address text not null
calendar_day.site_id text not null
calendar_day.notice_id text not null
calendar_day.day_on text not null
calendar_day.off_day boolean not null
calendar_day.name text not null
calendar_notice.site_id text not null
calendar_notice.notice_id text not null
calendar_notice.document_number text not null
calendar_notice.title text not null
calendar_notice.noticed_year bigint
calendar_notice.created_at bigint not null
calendar_notice.created_by text not null
calendar_notice.changed_at bigint not null
calendar_notice.changed_by text not null
calendar_notice.ended_at bigint
calendar_notice.version bigint not null
change_feed.site_id text not null
change_feed.position bigint not null
change_feed.kind text not null
change_feed.document_id text
change_feed.column_id text
change_feed.changed_at bigint not null
column_moved.site_id text not null
column_moved.code text not null
column_moved.to_column_id text not null
counter.site_id text not null
counter.name text not null
counter.value bigint not null
disclosure_request.site_id text not null
disclosure_request.request_id text not null
disclosure_request.organ_id text not null
disclosure_request.number text not null
disclosure_request.subject text not null
disclosure_request.applicant_kind text not null
disclosure_request.received_by text not null
disclosure_request.received_on text not null
disclosure_request.due_on text
disclosure_request.extended_on text
disclosure_request.handled_on text
disclosure_request.outcome text
disclosure_request.complained_on text
disclosure_request.complaint text not null
disclosure_request.corrected_on text
disclosure_request.fee_fen bigint not null
disclosure_request.created_at bigint not null
disclosure_request.version bigint not null
document.site_id text not null
document.document_id text not null
document.content_type text not null
document.column_id text not null
document.state text not null
document.index_number text
document.public_number bigint
document.first_published_at bigint
document.live_edition_id text
document.listed_on text
document.validity text not null
document.validity_changes_on text
document.repealed_on text
document.withdrawn_at bigint
document.withdrawn_reason text
document.withdrawn_note text
document.created_at bigint not null
document.version bigint not null
document.responsible_organ_id text
document_keeper.site_id text not null
document_keeper.document_id text not null
document_keeper.object_kind text not null
document_keeper.object_id text not null
document_link.site_id text not null
document_link.from_document_id text not null
document_link.kind text not null
document_link.to_document_id text not null
document_link.effective_on text
document_link.created_at bigint not null
draft_editor.site_id text not null
draft_editor.edition_id text not null
draft_editor.login text not null
draft_editor.opened_at bigint not null
draft_editor.seen_at bigint not null
draft_editor.edited_at bigint
draft_removed_file.site_id text not null
draft_removed_file.edition_id text not null
draft_removed_file.attachment_id text not null
draft_removed_file.name text not null
draft_removed_file.media_type text not null
draft_removed_file.size bigint not null
draft_removed_file.sha256 text not null
draft_removed_file.removed_at bigint not null
draft_save.site_id text not null
draft_save.edition_id text not null
draft_save.version bigint not null
draft_save.login text not null
draft_save.begun_at bigint not null
draft_save.saved_at bigint not null
draft_save.content text not null
draft_upload.site_id text not null
draft_upload.upload_id text not null
draft_upload.edition_id text not null
draft_upload.login text not null
draft_upload.purpose text not null
draft_upload.name text not null
draft_upload.size bigint not null
draft_upload.received bigint not null
draft_upload.state text not null
draft_upload.outcome text
draft_upload.created_at bigint not null
draft_upload.touched_at bigint not null
edition.site_id text not null
edition.edition_id text not null
edition.document_id text not null
edition.number bigint not null
edition.state text not null
edition.title text not null
edition.printed_index_number text
edition.document_number text
edition.issuing_organ text not null
edition.issuing_organ_id text
edition.written_on text
edition.published_on text
edition.in_force_on text
edition.expires_on text
edition.declared_validity text
edition.subject_category text
edition.genre text
edition.disclosure_class text not null
edition.disclosure_reason text
edition.summary text not null
edition.keywords text not null
edition.source text
edition.body_html text not null
edition.body_text text not null
edition.change_reason text
edition.change_note text
edition.publish_at bigint
edition.live_at bigint
edition.ended_at bigint
edition.created_at bigint not null
edition.created_by text not null
edition.version bigint not null
edition.files_version bigint not null
edition_author.site_id text not null
edition_author.edition_id text not null
edition_author.actor text not null
edition_author.first_at bigint not null
edition_author.last_at bigint not null
finance_entry.site_id text not null
finance_entry.entry_id text not null
finance_entry.organ_id text not null
finance_entry.kind text not null
finance_entry.year bigint not null
finance_entry.purpose text not null
finance_entry.amount_fen bigint not null
finance_entry.booked_on text not null
finance_entry.voucher text not null
finance_entry.note text not null
finance_entry.created_at bigint not null
finance_entry.version bigint not null
finding_justification.site_id text not null
finding_justification.document_id text not null
finding_justification.fingerprint text not null
finding_justification.code text not null
finding_justification.reason text not null
finding_justification.given_by text not null
finding_justification.given_at bigint not null
import_reason.site_id text not null
import_reason.source_url text not null
import_reason.code text not null
import_run.site_id text not null
import_run.import_run_id text not null
import_run.what text not null
import_run.file_name text not null
import_run.size bigint not null
import_run.page_address text
import_run.column_code text
import_run.publishes boolean not null
import_run.job_id text not null
import_run.started_by text not null
import_run.started_by_name text not null
import_run.started_at bigint not null
import_run.ended_at bigint
import_run.outcome text
import_run.summary text
import_source.site_id text not null
import_source.source_url text not null
import_source.origin text not null
import_source.document_id text not null
import_source.content_hash text not null
import_source.printed text not null
import_source.review_state text not null
import_source.reasons text not null
import_source.remarks text not null
import_source.imported_at bigint not null
import_source.reviewed_at bigint
import_source.reviewed_by text
import_source.review_note text
job.tenant text not null
job.job_id text not null
job.kind text not null
job.payload text not null
job.waiting_key text
job.state text not null
job.due_at bigint
job.turn bigint not null
job.failures bigint not null
job.owner text
job.done bigint not null
job.total bigint not null
job.note text not null
job.stop_asked boolean not null
job.error text
job.created_at bigint not null
job.created_by text not null
job.started_at bigint
job.ended_at bigint
job_daily.tenant text not null
job_daily.kind text not null
job_daily.last_on text not null
live_document.site_id text
live_document.document_id text
live_document.content_type text
live_document.column_id text
live_document.index_number text
live_document.public_number bigint
live_document.first_published_at bigint
live_document.listed_on text
live_document.validity text
live_document.repealed_on text
live_document.edition_id text
live_document.edition_number bigint
live_document.title text
live_document.document_number text
live_document.issuing_organ text
live_document.issuing_organ_id text
live_document.written_on text
live_document.published_on text
live_document.in_force_on text
live_document.expires_on text
live_document.subject_category text
live_document.genre text
live_document.summary text
live_document.keywords text
live_document.source text
live_document.body_html text
live_document.body_text text
live_document.live_at bigint
live_finding.site_id text not null
live_finding.document_id text not null
live_finding.number bigint not null
live_finding.title text not null
live_finding.public_number bigint not null
live_finding.code text not null
live_finding.weight text not null
live_finding.sentence text not null
live_finding.place text not null
live_finding.excerpt text not null
live_finding.fingerprint text not null
live_finding.justified text
live_finding.column_id text not null
live_finding.organ_id text
live_finding.found_at bigint not null
live_line.site_id text
live_line.document_id text
live_line.content_type text
live_line.column_id text
live_line.public_number bigint
live_line.title text
live_line.document_number text
live_line.issuing_organ text
live_line.issuing_organ_id text
live_line.written_on text
live_line.listed_on text
live_line.first_published_at bigint
live_line.validity text
live_line.summary text
message.site_id text not null
message.message_id text not null
message.account_id text not null
message.kind text not null
message.text text not null
message.href text not null
message.created_at bigint not null
message.read_at bigint
message.wants_letter boolean not null
message.letter_id text
message.mailed_at bigint
message_preference.site_id text not null
message_preference.account_id text not null
message_preference.kind text not null
message_preference.by_mail boolean not null
notice_place.site_id text not null
notice_place.place_id text not null
notice_place.organ_id text not null
notice_place.kind text not null
notice_place.name text not null
notice_place.place text not null
notice_place.measure text not null
notice_place.keeper text not null
notice_place.set_up_on text not null
notice_place.removed_on text
notice_place.created_at bigint not null
notice_place.version bigint not null
organ.site_id text not null
organ.organ_id text not null
organ.code text not null
organ.kind text not null
organ.parent_organ_id text
organ.short_name text not null
organ.duties text not null
organ.contact text not null
organ.valid_from_on text
organ.valid_to_on text
organ.sort bigint not null
organ.version bigint not null
organ_change.site_id text not null
organ_change.change_id text not null
organ_change.kind text not null
organ_change.changed_on text not null
organ_change.note text not null
organ_change.basis text not null
organ_change_part.site_id text not null
organ_change_part.change_id text not null
organ_change_part.organ_id text not null
organ_change_part.role text not null
organ_name.site_id text not null
organ_name.organ_id text not null
organ_name.name text not null
organ_name.from_on text not null
organ_name.to_on text
proposal.site_id text not null
proposal.proposal_id text not null
proposal.kind text not null
proposal.number text not null
proposal.session text not null
proposal.title text not null
proposal.body text not null
proposal.field text not null
proposal.proposer text not null
proposal.received_on text not null
proposal.assigned_on text
proposal.due_on text
proposal.replied_on text
proposal.reply_number text not null
proposal.reply_class text
proposal.reply_summary text not null
proposal.reply_document_id text
proposal.rating text
proposal.created_at bigint not null
proposal.version bigint not null
proposal_handler.site_id text not null
proposal_handler.proposal_id text not null
proposal_handler.organ_id text not null
proposal_handler.part text not null
public_attachment.site_id text
public_attachment.document_id text
public_attachment.edition_id text
public_attachment.attachment_id text
public_attachment.name text
public_attachment.media_type text
public_attachment.size bigint
public_attachment.sha256 text
public_attachment.position bigint
public_attachment.public_number bigint
public_attachment.edition_number bigint
public_edition.site_id text
public_edition.document_id text
public_edition.edition_id text
public_edition.number bigint
public_edition.state text
public_edition.title text
public_edition.document_number text
public_edition.issuing_organ text
public_edition.written_on text
public_edition.published_on text
public_edition.summary text
public_edition.body_html text
public_edition.body_text text
public_edition.change_reason text
public_edition.change_note text
public_edition.live_at bigint
public_edition.ended_at bigint
public_edition.public_number bigint
register_upload.site_id text not null
register_upload.upload_id text not null
register_upload.register text not null
register_upload.file_name text not null
register_upload.sha256 text not null
register_upload.content text not null
register_upload.uploaded_by text not null
register_upload.uploaded_at bigint not null
register_upload.taken_at bigint
register_upload.taken text not null
remedy.site_id text not null
remedy.remedy_id text not null
remedy.organ_id text not null
remedy.request_id text
remedy.kind text not null
remedy.after_reconsideration boolean not null
remedy.number text not null
remedy.subject text not null
remedy.body text not null
remedy.filed_on text not null
remedy.closed_on text
remedy.outcome text not null
remedy.note text not null
remedy.created_at bigint not null
remedy.version bigint not null
review_case.site_id text not null
review_case.case_id text not null
review_case.edition_id text not null
review_case.document_id text not null
review_case.stage text not null
review_case.round bigint not null
review_case.content text not null
review_case.way text not null
review_case.edition_version bigint not null
review_case.emergency boolean not null
review_case.submitted_by text
review_case.submitted_at bigint
review_case.changed_at bigint not null
review_case.version bigint not null
review_entry.site_id text not null
review_entry.case_id text not null
review_entry.position bigint not null
review_entry.at bigint not null
review_entry.deed text not null
review_entry.gate text
review_entry.round bigint
review_entry.party bigint
review_entry.target text
review_entry.actor text
review_entry.acting_for text
review_entry.issued_by text
review_entry.content text not null
review_entry.reason text not null
review_entry.marks text not null
review_link.site_id text not null
review_link.mark text not null
review_link.case_id text not null
review_link.gate text not null
review_link.round bigint not null
review_link.party bigint not null
review_link.content text not null
review_link.holder text not null
review_link.issued_by text not null
review_link.issued_at bigint not null
review_link.expires_at bigint not null
review_link.used_at bigint
review_link.withdrawn_at bigint
review_open_step.site_id text not null
review_open_step.case_id text not null
review_open_step.position bigint not null
review_open_step.work text not null
review_open_step.round bigint not null
review_open_step.party bigint not null
review_open_step.role text
review_open_step.organ_id text
review_open_step.login text
review_open_step.since_at bigint not null
review_open_step.due_on text not null
review_open_step.escalated_at bigint
review_setting.site_id text not null
review_setting.rounds text not null
review_setting.reviewer_may_sign boolean not null
review_setting.secrecy_may_be_shared boolean not null
review_setting.step_days bigint not null
review_setting.afterwards_days bigint not null
review_setting.link_hours bigint not null
review_setting.changed_at bigint not null
review_setting.changed_by text not null
review_snapshot.site_id text not null
review_snapshot.content text not null
review_snapshot.edition_id text not null
review_snapshot.body text not null
review_snapshot.taken_at bigint not null
review_way.site_id text not null
review_way.column_id text not null
review_way.rounds text not null
review_way.changed_at bigint not null
review_way.changed_by text not null
schema_migration.number bigint not null
schema_migration.name text not null
schema_migration.digest text not null
secrecy_form.site_id text not null
secrecy_form.case_id text not null
secrecy_form.position bigint not null
secrecy_form.opinion text not null
secrecy_form.bases text not null
secrecy_form.note text not null
secrecy_form.masked text not null
service_case.site_id text not null
service_case.case_id text not null
service_case.number text not null
service_case.item_id text
service_case.organ_id text not null
service_case.route text not null
service_case.handling text not null
service_case.accepted_on text not null
service_case.closed_on text
service_case.result text not null
service_case.created_at bigint not null
service_case.version bigint not null
service_item.site_id text not null
service_item.item_id text not null
service_item.organ_id text not null
service_item.code text not null
service_item.name text not null
service_item.kind text not null
service_item.basis text not null
service_item.conditions text not null
service_item.materials text not null
service_item.procedure text not null
service_item.place text not null
service_item.hours text not null
service_item.phone text not null
service_item.complaint_phone text not null
service_item.fee text not null
service_item.result text not null
service_item.statutory_days bigint
service_item.promised_days bigint
service_item.online_address text not null
service_item.entered_on text not null
service_item.ended_on text
service_item.created_at bigint not null
service_item.version bigint not null
site.site_id text not null
site.code text not null
site.name text not null
site.short_name text not null
site.tagline text not null
site.domain text not null
site.identification_code text not null
site.region_code text not null
site.organ_code text not null
site.index_number_pattern text not null
site.theme text not null
site.demonstration boolean not null
site.mourning boolean not null
site.contact text not null
site.footer text not null
site.created_at bigint not null
site.version bigint not null
site_column.site_id text not null
site_column.column_id text not null
site_column.parent_column_id text
site_column.code text not null
site_column.name text not null
site_column.column_type text not null
site_column.owner_organ_id text
site_column.update_interval_days bigint
site_column.description text not null
site_column.keywords text not null
site_column.key_area text
site_column.statutory_items text not null
site_column.content_types text not null
site_column.sort bigint not null
site_column.version bigint not null
site_host.host text not null
site_host.site_id text not null
site_letter_head.site_id text not null
site_letter_head.issuer_mark text not null
site_letter_head.registry text not null
staff_account.site_id text not null
staff_account.account_id text not null
staff_account.login text not null
staff_account.name text not null
staff_account.email_sealed text
staff_account.phone_sealed text
staff_account.state text not null
staff_account.password_hash text not null
staff_account.password_set_at bigint not null
staff_account.must_change_password boolean not null
staff_account.n_failures bigint not null
staff_account.locked_until bigint
staff_account.totp_sealed text
staff_account.totp_confirmed_at bigint
staff_account.totp_last_step bigint
staff_account.created_at bigint not null
staff_account.version bigint not null
staff_grant.site_id text not null
staff_grant.grant_id text not null
staff_grant.account_id text not null
staff_grant.organ_id text not null
staff_grant.role text not null
staff_grant.from_on text not null
staff_grant.to_on text
staff_grant.acting_for text
staff_grant.basis text not null
staff_grant.granted_by text not null
staff_grant.granted_at bigint not null
staff_old_password.site_id text not null
staff_old_password.account_id text not null
staff_old_password.set_at bigint not null
staff_old_password.password_hash text not null
staff_recovery_code.site_id text not null
staff_recovery_code.account_id text not null
staff_recovery_code.code_hash text not null
staff_recovery_code.used_at bigint
staff_session.site_id text not null
staff_session.session_hash text not null
staff_session.account_id text not null
staff_session.stage text not null
staff_session.created_at bigint not null
staff_session.seen_at bigint not null
staff_session.ended_at bigint
staff_session.address text not null
staff_session.agent text not null
standing_request.site_id text not null
standing_request.request_id text not null
standing_request.document_id text not null
standing_request.kind text not null
standing_request.state text not null
standing_request.reason text not null
standing_request.note text not null
standing_request.told text not null
standing_request.edition_id text
standing_request.repealing_document_id text
standing_request.effective_on text
standing_request.due_on text
standing_request.requested_by text not null
standing_request.requested_at bigint not null
standing_request.decided_by text
standing_request.decided_for text
standing_request.decided_at bigint
standing_request.opinion text
standing_request.version bigint not null
text_key.site_id text not null
text_key.text_key bigint not null
text_key.document_id text not null
text_key_cursor.site_id text not null
text_key_cursor.position bigint not null
training.site_id text not null
training.training_id text not null
training.kind text not null
training.title text not null
training.held_on text not null
training.ended_on text
training.place text not null
training.host_organ_id text not null
training.topics text not null
training.full_score bigint
training.pass_score bigint
training.created_at bigint not null
training.version bigint not null
training_participant.site_id text not null
training_participant.participant_id text not null
training_participant.training_id text not null
training_participant.organ_id text not null
training_participant.name text not null
training_participant.post text not null
training_participant.attended boolean not null
training_participant.score bigint
training_participant.created_at bigint not null
wechat_article.site_id text not null
wechat_article.article_id text not null
wechat_article.organ_id text not null
wechat_article.document_id text
wechat_article.account text not null
wechat_article.title text not null
wechat_article.address text not null
wechat_article.published_on text not null
wechat_article.withdrawn_on text
wechat_article.withdrawn_reason text
wechat_article.created_at bigint not null
wechat_article.version bigint not null
withdrawn_document.site_id text
withdrawn_document.document_id text
withdrawn_document.public_number bigint
withdrawn_document.withdrawn_at bigint
withdrawn_document.withdrawn_reason text
withdrawn_document.withdrawn_note text
word.site_id text not null
word.word_id text not null
word.kind text not null
word.word text not null
word.right_word text not null
word.note text not null
word.sort bigint not null
word.blocking boolean not null
word.created_at bigint not null
word.created_by text not null
word.version bigint not null
word_list.site_id text not null
word_list.state text not null
word_list.changed_at bigint not null
CREATE INDEX annual_report_by_edition ON public.annual_report USING btree (site_id, edition_id)
CREATE UNIQUE INDEX annual_report_number ON public.annual_report USING btree (site_id, year, organ_id, number)
CREATE UNIQUE INDEX annual_report_pkey ON public.annual_report USING btree (site_id, report_id)
CREATE INDEX annual_report_return_by_organ ON public.annual_report_return USING btree (site_id, organ_id, state)
CREATE UNIQUE INDEX annual_report_return_pkey ON public.annual_report_return USING btree (site_id, report_id, organ_id)
CREATE UNIQUE INDEX annual_report_source_pkey ON public.annual_report_source USING btree (site_id, report_id, figure)
CREATE INDEX attachment_by_document ON public.attachment USING btree (site_id, document_id, sha256)
CREATE INDEX attachment_by_edition ON public.attachment USING btree (site_id, edition_id)
CREATE UNIQUE INDEX attachment_facts_pkey ON public.attachment_facts USING btree (site_id, sha256)
CREATE UNIQUE INDEX attachment_pkey ON public.attachment USING btree (site_id, attachment_id)
CREATE INDEX audit_entry_by_action ON public.audit_entry USING btree (site_id, action, "position")
CREATE INDEX audit_entry_by_actor ON public.audit_entry USING btree (site_id, actor, "position")
CREATE INDEX audit_entry_by_address ON public.audit_entry USING btree (site_id, address, "position")
CREATE INDEX audit_entry_by_object ON public.audit_entry USING btree (site_id, object_id, "position")
CREATE INDEX audit_entry_by_time ON public.audit_entry USING btree (site_id, at)
CREATE UNIQUE INDEX audit_entry_pkey ON public.audit_entry USING btree (site_id, "position")
CREATE UNIQUE INDEX calendar_day_pkey ON public.calendar_day USING btree (site_id, notice_id, day_on)
CREATE UNIQUE INDEX calendar_notice_pkey ON public.calendar_notice USING btree (site_id, notice_id)
CREATE UNIQUE INDEX change_feed_pkey ON public.change_feed USING btree (site_id, "position")
CREATE UNIQUE INDEX column_moved_pkey ON public.column_moved USING btree (site_id, code)
CREATE UNIQUE INDEX counter_pkey ON public.counter USING btree (site_id, name)
CREATE INDEX disclosure_request_by_day ON public.disclosure_request USING btree (site_id, received_on)
CREATE UNIQUE INDEX disclosure_request_number ON public.disclosure_request USING btree (site_id, number)
CREATE UNIQUE INDEX disclosure_request_pkey ON public.disclosure_request USING btree (site_id, request_id)
CREATE INDEX document_by_organ ON public.document USING btree (site_id, responsible_organ_id, state, listed_on)
CREATE INDEX document_counted ON public.document USING btree (site_id, state, listed_on, content_type)
CREATE UNIQUE INDEX document_index_number ON public.document USING btree (site_id, index_number)
CREATE UNIQUE INDEX document_keeper_pkey ON public.document_keeper USING btree (site_id, document_id)
CREATE UNIQUE INDEX document_link_pkey ON public.document_link USING btree (site_id, from_document_id, kind, to_document_id)
CREATE INDEX document_link_to ON public.document_link USING btree (site_id, to_document_id)
CREATE INDEX document_listing ON public.document USING btree (site_id, column_id, state, listed_on, public_number)
CREATE INDEX document_newest ON public.document USING btree (site_id, state, listed_on, public_number)
CREATE UNIQUE INDEX document_pkey ON public.document USING btree (site_id, document_id)
CREATE UNIQUE INDEX document_public_number ON public.document USING btree (site_id, public_number)
CREATE INDEX document_validity_change ON public.document USING btree (site_id, validity_changes_on)
CREATE INDEX draft_editor_by_login ON public.draft_editor USING btree (site_id, login, edited_at)
CREATE UNIQUE INDEX draft_editor_pkey ON public.draft_editor USING btree (site_id, edition_id, login)
CREATE UNIQUE INDEX draft_removed_file_pkey ON public.draft_removed_file USING btree (site_id, edition_id, attachment_id)
CREATE UNIQUE INDEX draft_save_pkey ON public.draft_save USING btree (site_id, edition_id, version)
CREATE INDEX draft_upload_by_touch ON public.draft_upload USING btree (site_id, state, touched_at)
CREATE UNIQUE INDEX draft_upload_pkey ON public.draft_upload USING btree (site_id, upload_id)
CREATE UNIQUE INDEX edition_author_pkey ON public.edition_author USING btree (site_id, edition_id, actor)
CREATE INDEX edition_by_document_number ON public.edition USING btree (site_id, document_number)
CREATE INDEX edition_by_state ON public.edition USING btree (site_id, state, created_at)
CREATE UNIQUE INDEX edition_number ON public.edition USING btree (site_id, document_id, number)
CREATE UNIQUE INDEX edition_pkey ON public.edition USING btree (site_id, edition_id)
CREATE INDEX edition_scheduled ON public.edition USING btree (state, publish_at)
CREATE INDEX finance_entry_by_year ON public.finance_entry USING btree (site_id, year, kind, purpose)
CREATE UNIQUE INDEX finance_entry_pkey ON public.finance_entry USING btree (site_id, entry_id)
CREATE UNIQUE INDEX finance_entry_voucher ON public.finance_entry USING btree (site_id, organ_id, kind, year, voucher, purpose)
CREATE UNIQUE INDEX finding_justification_pkey ON public.finding_justification USING btree (site_id, document_id, fingerprint)
CREATE INDEX import_reason_by_code ON public.import_reason USING btree (site_id, code, source_url)
CREATE UNIQUE INDEX import_reason_pkey ON public.import_reason USING btree (site_id, source_url, code)
CREATE INDEX import_run_newest ON public.import_run USING btree (site_id, started_at, import_run_id)
CREATE UNIQUE INDEX import_run_pkey ON public.import_run USING btree (site_id, import_run_id)
CREATE INDEX import_source_by_document ON public.import_source USING btree (site_id, document_id)
CREATE INDEX import_source_by_review ON public.import_source USING btree (site_id, review_state)
CREATE UNIQUE INDEX import_source_pkey ON public.import_source USING btree (site_id, source_url)
CREATE UNIQUE INDEX job_daily_pkey ON public.job_daily USING btree (tenant, kind)
CREATE INDEX job_due ON public.job USING btree (due_at)
CREATE INDEX job_newest ON public.job USING btree (tenant, created_at, job_id)
CREATE UNIQUE INDEX job_pkey ON public.job USING btree (tenant, job_id)
CREATE UNIQUE INDEX job_waiting ON public.job USING btree (tenant, kind, waiting_key)
CREATE INDEX live_finding_by_code ON public.live_finding USING btree (site_id, code, found_at)
CREATE UNIQUE INDEX live_finding_pkey ON public.live_finding USING btree (site_id, document_id, number)
CREATE INDEX message_by_mailing ON public.message USING btree (site_id, account_id, mailed_at)
CREATE INDEX message_by_reading ON public.message USING btree (site_id, account_id, read_at)
CREATE INDEX message_of_account ON public.message USING btree (site_id, account_id, created_at, message_id)
CREATE UNIQUE INDEX message_pkey ON public.message USING btree (site_id, message_id)
CREATE UNIQUE INDEX message_preference_pkey ON public.message_preference USING btree (site_id, account_id, kind)
CREATE UNIQUE INDEX notice_place_once ON public.notice_place USING btree (site_id, kind, organ_id, name)
CREATE UNIQUE INDEX notice_place_pkey ON public.notice_place USING btree (site_id, place_id)
CREATE INDEX organ_change_part_by_organ ON public.organ_change_part USING btree (site_id, organ_id)
CREATE UNIQUE INDEX organ_change_part_pkey ON public.organ_change_part USING btree (site_id, change_id, organ_id, role)
CREATE UNIQUE INDEX organ_change_pkey ON public.organ_change USING btree (site_id, change_id)
CREATE UNIQUE INDEX organ_code ON public.organ USING btree (site_id, code)
CREATE INDEX organ_name_by_name ON public.organ_name USING btree (site_id, name)
CREATE UNIQUE INDEX organ_name_pkey ON public.organ_name USING btree (site_id, organ_id, from_on)
CREATE UNIQUE INDEX organ_pkey ON public.organ USING btree (site_id, organ_id)
CREATE INDEX proposal_by_day ON public.proposal USING btree (site_id, kind, received_on)
CREATE INDEX proposal_handler_by_organ ON public.proposal_handler USING btree (site_id, organ_id, part)
CREATE UNIQUE INDEX proposal_handler_pkey ON public.proposal_handler USING btree (site_id, proposal_id, organ_id)
CREATE UNIQUE INDEX proposal_number ON public.proposal USING btree (site_id, kind, session, number)
CREATE UNIQUE INDEX proposal_pkey ON public.proposal USING btree (site_id, proposal_id)
CREATE INDEX register_upload_by_time ON public.register_upload USING btree (site_id, uploaded_at)
CREATE UNIQUE INDEX register_upload_pkey ON public.register_upload USING btree (site_id, upload_id)
CREATE INDEX remedy_by_day ON public.remedy USING btree (site_id, kind, filed_on)
CREATE UNIQUE INDEX remedy_number ON public.remedy USING btree (site_id, kind, number)
CREATE UNIQUE INDEX remedy_pkey ON public.remedy USING btree (site_id, remedy_id)
CREATE UNIQUE INDEX review_case_edition ON public.review_case USING btree (site_id, edition_id)
CREATE UNIQUE INDEX review_case_pkey ON public.review_case USING btree (site_id, case_id)
CREATE INDEX review_case_stage ON public.review_case USING btree (site_id, stage, changed_at)
CREATE UNIQUE INDEX review_entry_pkey ON public.review_entry USING btree (site_id, case_id, "position")
CREATE INDEX review_link_case ON public.review_link USING btree (site_id, case_id, issued_at)
CREATE UNIQUE INDEX review_link_pkey ON public.review_link USING btree (site_id, mark)
CREATE INDEX review_open_step_due ON public.review_open_step USING btree (site_id, due_on)
CREATE INDEX review_open_step_login ON public.review_open_step USING btree (site_id, login)
CREATE UNIQUE INDEX review_open_step_pkey ON public.review_open_step USING btree (site_id, case_id, "position")
CREATE INDEX review_open_step_role ON public.review_open_step USING btree (site_id, role, organ_id)
CREATE UNIQUE INDEX review_setting_pkey ON public.review_setting USING btree (site_id)
CREATE INDEX review_snapshot_edition ON public.review_snapshot USING btree (site_id, edition_id)
CREATE UNIQUE INDEX review_snapshot_pkey ON public.review_snapshot USING btree (site_id, content)
CREATE UNIQUE INDEX review_way_pkey ON public.review_way USING btree (site_id, column_id)
CREATE UNIQUE INDEX schema_migration_pkey ON public.schema_migration USING btree (number)
CREATE UNIQUE INDEX secrecy_form_pkey ON public.secrecy_form USING btree (site_id, case_id, "position")
CREATE INDEX service_case_by_day ON public.service_case USING btree (site_id, accepted_on, route, handling, organ_id)
CREATE INDEX service_case_by_item ON public.service_case USING btree (site_id, item_id)
CREATE UNIQUE INDEX service_case_number ON public.service_case USING btree (site_id, number)
CREATE UNIQUE INDEX service_case_pkey ON public.service_case USING btree (site_id, case_id)
CREATE INDEX service_item_by_organ ON public.service_item USING btree (site_id, organ_id, entered_on)
CREATE UNIQUE INDEX service_item_code ON public.service_item USING btree (site_id, code)
CREATE UNIQUE INDEX service_item_pkey ON public.service_item USING btree (site_id, item_id)
CREATE UNIQUE INDEX site_code_key ON public.site USING btree (code)
CREATE UNIQUE INDEX site_column_code ON public.site_column USING btree (site_id, code)
CREATE UNIQUE INDEX site_column_pkey ON public.site_column USING btree (site_id, column_id)
CREATE UNIQUE INDEX site_host_pkey ON public.site_host USING btree (host)
CREATE UNIQUE INDEX site_letter_head_pkey ON public.site_letter_head USING btree (site_id)
CREATE UNIQUE INDEX site_pkey ON public.site USING btree (site_id)
CREATE UNIQUE INDEX staff_account_login ON public.staff_account USING btree (site_id, login)
CREATE UNIQUE INDEX staff_account_pkey ON public.staff_account USING btree (site_id, account_id)
CREATE INDEX staff_grant_by_account ON public.staff_grant USING btree (site_id, account_id)
CREATE INDEX staff_grant_by_role ON public.staff_grant USING btree (site_id, role, organ_id)
CREATE UNIQUE INDEX staff_grant_pkey ON public.staff_grant USING btree (site_id, grant_id)
CREATE UNIQUE INDEX staff_old_password_pkey ON public.staff_old_password USING btree (site_id, account_id, set_at)
CREATE UNIQUE INDEX staff_recovery_code_pkey ON public.staff_recovery_code USING btree (site_id, account_id, code_hash)
CREATE INDEX staff_session_by_account ON public.staff_session USING btree (site_id, account_id, created_at)
CREATE UNIQUE INDEX staff_session_pkey ON public.staff_session USING btree (site_id, session_hash)
CREATE INDEX standing_request_document ON public.standing_request USING btree (site_id, document_id, requested_at)
CREATE UNIQUE INDEX standing_request_pkey ON public.standing_request USING btree (site_id, request_id)
CREATE INDEX standing_request_state ON public.standing_request USING btree (site_id, state, requested_at)
CREATE INDEX text_key_by_document ON public.text_key USING btree (site_id, document_id)
CREATE UNIQUE INDEX text_key_cursor_pkey ON public.text_key_cursor USING btree (site_id)
CREATE UNIQUE INDEX text_key_pkey ON public.text_key USING btree (site_id, text_key, document_id)
CREATE INDEX training_by_day ON public.training USING btree (site_id, kind, held_on)
CREATE UNIQUE INDEX training_participant_name ON public.training_participant USING btree (site_id, training_id, organ_id, name)
CREATE UNIQUE INDEX training_participant_pkey ON public.training_participant USING btree (site_id, participant_id)
CREATE UNIQUE INDEX training_pkey ON public.training USING btree (site_id, training_id)
CREATE UNIQUE INDEX training_title ON public.training USING btree (site_id, held_on, title)
CREATE INDEX wechat_article_by_day ON public.wechat_article USING btree (site_id, published_on)
CREATE UNIQUE INDEX wechat_article_once ON public.wechat_article USING btree (site_id, account, published_on, title)
CREATE UNIQUE INDEX wechat_article_pkey ON public.wechat_article USING btree (site_id, article_id)
CREATE UNIQUE INDEX word_by_word ON public.word USING btree (site_id, kind, word)
CREATE UNIQUE INDEX word_list_pkey ON public.word_list USING btree (site_id)
CREATE UNIQUE INDEX word_pkey ON public.word USING btree (site_id, word_id)
