//! 词库: the site's own words for the checks, beside the common mistakes that every site has.

use askama::Template;
use axum::response::Response;
use kit_web::forms::{Form, FormErrors};
use rules::permission::Act;

use super::{
    form::DeskForm,
    list::{Column, Filter, List, State},
    officer::Officer,
    page::Layout,
};
use crate::{
    cx::Cx,
    error::{Error, Result},
    portal::visit::Address,
    word_list::{self, ListedWord, NewWord, actions, kind_code, kind_label, kind_of, queries},
    words,
};

const COLUMNS: [Column; 5] = [
    Column::plain("词语"),
    Column::plain("应为"),
    Column::plain("类别"),
    Column::plain("说明"),
    Column::plain("加入"),
];

#[derive(Template)]
#[template(path = "desk/words/words.html")]
struct WordsPage {
    layout: Layout,
    list: List,
    rows: Vec<ListedWord>,
    kinds: Vec<(&'static str, &'static str)>,
    entry: Entry,
    errors: FormErrors,
}

#[derive(Template)]
#[template(path = "desk/words/word.html")]
struct WordPage {
    layout: Layout,
    id: String,
    kinds: Vec<(&'static str, &'static str)>,
    entry: Entry,
    errors: FormErrors,
}

/// What stands in the form.
#[derive(Default)]
struct Entry {
    kind: String,
    word: String,
    right: String,
    note: String,
    order: String,
    blocking: bool,
}

impl Entry {
    fn of(form: &Form) -> Entry {
        Entry {
            kind: form.text("kind"),
            word: form.text("word"),
            right: form.text("right"),
            note: form.text("note"),
            order: form.text("order"),
            blocking: form.raw("blocking").is_some(),
        }
    }

    fn shown(word: &NewWord) -> Entry {
        Entry {
            kind: kind_code(word.kind).to_owned(),
            word: word.word.clone(),
            right: word.right.clone(),
            note: word.note.clone(),
            order: word.order.to_string(),
            blocking: word.blocking,
        }
    }

    fn read(&self) -> std::result::Result<NewWord, FormErrors> {
        let mut errors = FormErrors::default();
        let Some(kind) = kind_of(&self.kind) else {
            errors.add("kind", "请选择类别");
            return Err(errors);
        };
        let order = if self.order.is_empty() { Ok(0) } else { self.order.parse() };
        let Ok(order) = order else {
            errors.add("order", "排序应为整数");
            return Err(errors);
        };
        Ok(NewWord {
            kind,
            word: self.word.clone(),
            right: self.right.clone(),
            note: self.note.clone(),
            order,
            blocking: self.blocking,
        })
    }
}

fn kinds() -> Vec<(&'static str, &'static str)> {
    ["wrong", "forbidden", "sensitive", "name", "title", "allowed"]
        .into_iter()
        .filter_map(|code| Some((code, kind_label(kind_of(code)?))))
        .collect()
}

/// `/desk/words`.
pub async fn show(officer: Officer) -> Response {
    let made = page(&officer, Entry::default(), FormErrors::default()).await;
    officer.answer(made.and_then(|page| officer.page(&page)))
}

async fn page(officer: &Officer, entry: Entry, errors: FormErrors) -> Result<WordsPage> {
    officer.require(Act::ManageWordList, None)?;
    let state = State::of(officer, &COLUMNS, "");
    let filter = queries::Filter { kind: kind_of(&state.text("kind")), text: state.text("q") };
    let (limit, offset) = state.window();
    let (rows, total) =
        officer.read(move |tx, cx| queries::page(tx, &cx.site_id, &filter, offset, limit)).await?;
    let filters = vec![Filter::text(&state, "q", "词语"), Filter::choice(&state, "kind", "类别", kinds())];
    let list = List::new(&state, &COLUMNS, filters, u64::try_from(total).unwrap_or_default());
    let layout = officer.layout("词库").under(&[("首页", "/desk")]).helped_by("checks");
    Ok(WordsPage { layout, list, rows, kinds: kinds(), entry, errors })
}

/// `POST /desk/words`: adds a word.
pub async fn add(DeskForm { officer, form }: DeskForm) -> Response {
    let entry = Entry::of(&form);
    let made = match keep(&officer, &entry, |tx, cx, word| actions::add(tx, cx, word).map(|_| ())).await {
        Ok(None) => Ok(officer.go("/desk/words", "已加入词库，从现在起检查")),
        Ok(Some(errors)) => {
            page(&officer, entry, errors).await.and_then(|page| officer.page_with_mistakes(&page))
        }
        Err(error) => Err(error),
    };
    officer.answer(made)
}

/// Does something with the word of a form; what is wrong with it comes back for the page.
async fn keep(
    officer: &Officer,
    entry: &Entry,
    work: impl Fn(&mut kit_db::Tx<'_>, &Cx, &NewWord) -> Result<()> + Send + 'static,
) -> Result<Option<FormErrors>> {
    officer.require(Act::ManageWordList, None)?;
    let word = match entry.read() {
        Ok(word) => word,
        Err(errors) => return Ok(Some(errors)),
    };
    match officer.act(move |tx, cx| work(tx, cx, &word)).await {
        Ok(()) => Ok(None),
        Err(Error::Refused(refusal)) => {
            let mut errors = FormErrors::default();
            errors.add("word", words::refusal(&refusal));
            Ok(Some(errors))
        }
        Err(error) => Err(error),
    }
}

/// `/desk/words/{id}`.
pub async fn one(Address(id): Address<String>, officer: Officer) -> Response {
    let made = word_page(&officer, id, None, FormErrors::default()).await;
    officer.answer(made.and_then(|page| officer.page(&page)))
}

async fn word_page(
    officer: &Officer,
    id: String,
    entry: Option<Entry>,
    errors: FormErrors,
) -> Result<WordPage> {
    officer.require(Act::ManageWordList, None)?;
    let wanted = id.clone();
    let listed = officer.read(move |tx, cx| queries::by_id(tx, &cx.site_id, &wanted)).await?;
    let listed = listed.ok_or(Error::NotFound)?;
    let layout = officer.layout(&listed.word.word).under(&[("首页", "/desk"), ("词库", "/desk/words")]);
    let entry = entry.unwrap_or_else(|| Entry::shown(&listed.word));
    Ok(WordPage { layout, id, kinds: kinds(), entry, errors })
}

/// `POST /desk/words/{id}`: changes a word.
pub async fn change(Address(id): Address<String>, sent: DeskForm) -> Response {
    let DeskForm { officer, form } = sent;
    let (entry, wanted) = (Entry::of(&form), id.clone());
    let kept = keep(&officer, &entry, move |tx, cx, word| actions::change(tx, cx, &wanted, word)).await;
    let made = match kept {
        Ok(None) => Ok(officer.go("/desk/words", "已更改")),
        Ok(Some(errors)) => word_page(&officer, id, Some(entry), errors)
            .await
            .and_then(|page| officer.page_with_mistakes(&page)),
        Err(error) => Err(error),
    };
    officer.answer(made)
}

/// `POST /desk/words/{id}/remove`.
pub async fn remove(Address(id): Address<String>, sent: DeskForm) -> Response {
    let DeskForm { officer, .. } = sent;
    let made = match officer.require(Act::ManageWordList, None) {
        Ok(()) => officer.act(move |tx, cx| actions::remove(tx, cx, &id)).await,
        Err(error) => Err(error),
    };
    officer.answer(made.map(|()| officer.go("/desk/words", "已移出词库")))
}
