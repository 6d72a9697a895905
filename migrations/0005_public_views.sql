-- The only door for everything public: portal, search, feeds, attachments read these views and nothing else.
-- What is visible is decided here, at read time, from the edition (domain rules 45, 46).
create view live_document as
select d.site_id, d.document_id, d.content_type, d.column_id, d.index_number, d.public_number,
       d.first_published_at, d.listed_on, d.validity, d.repealed_on,
       e.edition_id, e.number as edition_number, e.title, e.document_number, e.issuing_organ, e.issuing_organ_id,
       e.written_on, e.published_on, e.in_force_on, e.expires_on, e.subject_category, e.genre, e.summary,
       e.keywords, e.source, e.body_html, e.body_text, e.live_at
  from document d
  join edition e on e.site_id = d.site_id and e.edition_id = d.live_edition_id
 where d.state = 'live' and e.state = 'live' and e.disclosure_class = 'proactive';

-- A live document as lists show it: without its body, which no list may cost.
create view live_line as
select site_id, document_id, content_type, column_id, public_number, title, document_number, issuing_organ,
       issuing_organ_id, written_on, listed_on, first_published_at, validity, summary
  from live_document;

create view public_edition as
select e.site_id, e.document_id, e.edition_id, e.number, e.state, e.title, e.document_number, e.issuing_organ,
       e.written_on, e.published_on, e.summary, e.body_html, e.body_text, e.change_reason, e.change_note, e.live_at,
       e.ended_at, d.public_number
  from edition e
  join live_document d on d.site_id = e.site_id and d.document_id = e.document_id
 where e.state in ('live', 'superseded') and e.disclosure_class = 'proactive';

create view public_attachment as
select a.site_id, a.document_id, a.edition_id, a.attachment_id, a.name, a.media_type, a.size, a.sha256, a.position,
       e.public_number, e.number as edition_number
  from attachment a
  join public_edition e on e.site_id = a.site_id and e.edition_id = a.edition_id;

-- Of a withdrawn document the public may know that it was there, when it went and why, and nothing of its content.
create view withdrawn_document as
select d.site_id, d.document_id, d.public_number, d.withdrawn_at, d.withdrawn_reason, d.withdrawn_note
  from document d
 where d.state = 'withdrawn' and d.public_number is not null;
