// The editor of an edition: makes the parts and tells each what the others need. The form under it works without any
// of this; what is missing on a page is left out.
import './old_browsers.js';
import { AttachmentList } from './attachments/list.js';
import { DocumentImport } from './attachments/document_import.js';
import { BodyEditor } from './body/editor.js';
import { ConflictPanel } from './conflict/panel.js';
import { BODY, Fields, differing } from './content.js';
import { button, element } from './elements.js';
import { FindingsPanel } from './findings/panel.js';
import { Preview } from './preview.js';
import { Autosave } from './saving/autosave.js';
import { LocalCopy } from './saving/local_copy.js';
import { Presence } from './saving/presence.js';
import { Status } from './saving/status.js';
import { Server, encodeName } from './server.js';

const form = document.querySelector('form[data-editor]');
if (form) start(form);

function start(form) {
  const { edition, version, csrf, account, signIn } = form.dataset;
  const find = (name) => document.querySelector(`[data-${name}]`);
  const server = new Server(edition, csrf);
  const voice = document.body.appendChild(element('div', { class: 'visually-hidden', 'aria-live': 'polite' }));
  const say = (sentence) => {
    voice.textContent = sentence;
  };
  const desk = { form, server, say, find, signIn, fields: new Fields(form), status: new Status(find('status'), find('notices')), copy: new LocalCopy(edition, account) };
  makeBody(desk);
  makeSaving(desk, Number(version));
  makeAttachments(desk);
  makeFindings(desk);
  makeConflict(desk);
  makePreview(desk);
  leadToMarks(desk);
  desk.presence = new Presence(server, (answer) => onPresence(desk, answer));
  listen(desk);
  offerRecovery(desk);
  if (desk.findings) desk.findings.check();
  document.documentElement.classList.add('editing');
}

function makeBody(desk) {
  const { form, server, fields } = desk;
  const field = form.querySelector(`textarea[name="${BODY}"]`);
  desk.body = new BodyEditor({
    field,
    label: fields.label(BODY),
    display: (name) => server.address(`files/${name}`),
    uploadPicture: async (blob, name) => encodeName((await desk.attachments.send(blob, name)).name),
    takeFiles: (files) => desk.attachments.take(files),
    onChange: () => changed(desk),
    onOpenPlace: (key) => desk.findings && desk.findings.highlight(key, true),
  });
  fields.useBody(desk.body);
}

function makeSaving(desk, version) {
  const { fields, server, status, copy } = desk;
  desk.autosave = new Autosave(version, fields.read(), {
    read: () => fields.read(),
    send: (body, options) => server.post('autosave', body, options),
    keep: (content) => copy.keep(desk.autosave.version, content, Date.now()),
    forget: () => copy.forget(),
    renew: () => renew(desk),
    later: (run, milliseconds) => setTimeout(run, milliseconds),
    never: (timer) => clearTimeout(timer),
    tell: (state, details) => onState(desk, state, details),
  });
  status.line.textContent = '';
}

function makeAttachments(desk) {
  const { find, server, say, body, fields } = desk;
  const place = find('attachments');
  desk.attachments = new AttachmentList({
    place,
    server,
    say,
    onRename: (before, after) => body.renameFile(before, after) && desk.autosave.flush(),
    onChange: () => desk.findings && desk.findings.changed(),
  });
  const imported = find('import');
  if (!imported) return;
  imported.hidden = false;
  const onTaken = () => changed(desk);
  desk.documentImport = new DocumentImport({ place: imported, fields, body, server, attachments: desk.attachments, say, onTaken });
}

function makeFindings(desk) {
  const { find, fields, body, server, attachments, say } = desk;
  const place = find('findings');
  if (!place) return;
  const read = () => ({ version: desk.autosave.version, content: fields.read() });
  desk.findings = new FindingsPanel({ place, fields, body, server, attachments, read, say });
}

function makeConflict(desk) {
  const { find, fields } = desk;
  desk.conflict = new ConflictPanel(find('conflict'), fields, (content) => {
    fields.write(content);
    desk.autosave.resume(desk.their.version, desk.their.content);
    desk.body.editor.commands.focus();
  });
}

function makePreview(desk) {
  const links = document.querySelectorAll('[data-preview]');
  const place = desk.find('preview-place');
  if (links.length > 0 && place) desk.preview = new Preview(links, place, () => desk.autosave.flush());
}

/** A place that a reviewer marked is one press away, as long as its paragraph still begins as it did. */
function leadToMarks({ body, say }) {
  for (const place of document.querySelectorAll('[data-marked]')) {
    const begins = place.dataset.marked.replace(/……$/, '');
    const number = Number(place.dataset.paragraph);
    const go = () => body.goToMark(number, begins) || say('这一段已经改过。');
    place.append(' ', button('到这一段', go, { class: 'text-button' }));
  }
}

/** Something was typed anywhere. */
function changed(desk) {
  // The plain copy is kept beside: a browser that dies loses seconds, not minutes.
  desk.autosave.changed();
  clearTimeout(desk.copyTimer);
  desk.copyTimer = setTimeout(() => desk.autosave.isUnsaved && desk.copy.keep(desk.autosave.version, desk.fields.read(), Date.now()), 1_000);
  if (desk.findings) desk.findings.changed();
}

function onState(desk, state, details) {
  const { status, autosave } = desk;
  status.show(state, details);
  if (autosave) desk.form.dataset.version = autosave.version;
  const versionField = desk.form.querySelector('input[name="version"]');
  if (versionField && autosave) versionField.value = autosave.version;
  if (details.others) status.presence(details.others);
  if (state === 'signed_out') status.signedOut(desk.signIn, () => autosave.flush(), details.reason);
  else if (state === 'saved' || state === 'dirty') status.notice('signed-out');
  if (state === 'conflict') {
    desk.their = { version: details.version, content: { ...details.theirs } };
    desk.conflict.open(details);
  }
}

/** Whether the session is good again, and still the same officer's. */
async function renew(desk) {
  const answer = await desk.presence.ask();
  if (!answer) return false;
  if (answer.account && answer.account !== desk.form.dataset.account) {
    desk.status.signedOut(desk.signIn, () => desk.autosave.flush(), `现在登录的是${answer.name || '另一位用户'}，本页由您本人继续保存，请重新登录；`);
    return false;
  }
  return true;
}

function onPresence(desk, { version, others, saved_by: by }) {
  desk.status.presence(others || []);
  const isBehind = version > desk.autosave.version;
  if (isBehind && !desk.autosave.isUnsaved && by) desk.status.newer(by, () => window.location.reload());
}

function listen(desk) {
  const { form, autosave } = desk;
  form.addEventListener('input', (event) => event.target.closest('[data-field]') && changed(desk));
  form.addEventListener('change', (event) => event.target.closest('[data-field]') && changed(desk));
  form.addEventListener('submit', (event) => beforeSubmit(desk, event));
  window.addEventListener('blur', () => autosave.flush());
  window.addEventListener('online', () => autosave.state === 'retrying' && autosave.flush());
  window.addEventListener('focus', () => autosave.state === 'signed_out' && autosave.flush());
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) autosave.flush({ keepalive: true });
    else if (autosave.state === 'signed_out') autosave.flush();
  });
  window.addEventListener('beforeunload', (event) => {
    if (desk.submitting || !isUnsafe(desk)) return;
    event.preventDefault();
    event.returnValue = '';
  });
  document.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === 's') {
      event.preventDefault();
      autosave.flush();
    }
  });
}

const isUnsafe = ({ autosave, attachments, body }) => autosave.isUnsaved || attachments.isBusy || body.waitsForPictures;

/**
 * A button of the form: first the text is saved the usual way, then the button is pressed again, so that a save under way
 * and the form do not overtake each other. The plain field carries the text as well.
 */
function beforeSubmit(desk, event) {
  if (desk.submitting) return;
  event.preventDefault();
  const pressed = event.submitter || pressedButton(desk.form);
  desk.autosave.flush().then(() => {
    const { state } = desk.autosave;
    // What is wrong with the fields is told on the page that the form leads to; the rest is told here already.
    if (state !== 'saved' && state !== 'refused') return;
    desk.body.field.value = desk.body.html;
    desk.submitting = true;
    // Where nothing had to be saved the first submit event is still on its way, and browsers ignore a press within it.
    setTimeout(() => pressed.click(), 0);
    // A form that leads nowhere leaves the page here and the warning on.
    setTimeout(() => {
      desk.submitting = false;
    }, 10_000);
  });
}

/** Browsers that do not name the button have it focused. */
function pressedButton(form) {
  const { activeElement } = document;
  return activeElement && activeElement.form === form && activeElement.type === 'submit' ? activeElement : form.querySelector('button:not([type="button"])');
}

function offerRecovery(desk) {
  const { copy, fields, autosave, status } = desk;
  copy.sweep(Date.now());
  const kept = copy.read();
  if (!kept) return;
  if (differing(kept.content, fields.read()).length === 0) {
    copy.forget();
    return;
  }
  const take = () => {
    // On the version the copy began from: if the server has gone on since, both are shown.
    autosave.version = kept.version;
    fields.write(kept.content);
    changed(desk);
    autosave.flush();
  };
  status.offerRecovery(kept, take, () => copy.forget());
}
