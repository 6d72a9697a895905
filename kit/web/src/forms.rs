//! Fields of a submitted form, read one by one so that every mistake is kept with its field and
//! all are shown together on the same page.
//!
//! It does not parse uploads (multipart) and knows no sentence: the caller says what is wrong.

use axum::body::Body;
use axum::extract::{FromRequest, Request};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::StatusCode;
use http::header::CONTENT_TYPE;
use percent_encoding::percent_decode;

use crate::front::plain;

/// More fields than any page of ours has.
const MAX_FIELDS: usize = 1000;

/// The fields as they were sent, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    fields: Vec<(String, String)>,
}

/// Fields that another reader has taken apart.
impl FromIterator<(String, String)> for Form {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(fields: I) -> Form {
        Form { fields: fields.into_iter().collect() }
    }
}

/// A body that is no form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadForm {
    /// Bytes that are not UTF-8, or a NUL.
    #[error("field {0} is not text")]
    NotText(usize),
    /// More than a thousand fields.
    #[error("too many fields")]
    TooManyFields,
}

impl Form {
    /// Reads `application/x-www-form-urlencoded`.
    pub fn parse(body: &[u8]) -> Result<Form, BadForm> {
        let mut fields = Vec::new();
        for (at, pair) in body.split(|b| *b == b'&').filter(|pair| !pair.is_empty()).enumerate() {
            if at >= MAX_FIELDS {
                return Err(BadForm::TooManyFields);
            }
            let middle = pair.iter().position(|b| *b == b'=').unwrap_or(pair.len());
            let value = pair.get(middle + 1..).unwrap_or_default();
            let text = |part| decode(part).ok_or(BadForm::NotText(at + 1));
            fields.push((text(&pair[..middle])?, text(value)?));
        }
        Ok(Form { fields })
    }

    /// The first value of a field as sent.
    pub fn raw(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// All values of a field, for check boxes.
    pub fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The value without surrounding space and with `\n` line ends; empty if missing.
    pub fn text(&self, name: &str) -> String {
        self.raw(name).unwrap_or_default().replace("\r\n", "\n").trim().to_owned()
    }

    /// The same, `None` if empty.
    pub fn optional(&self, name: &str) -> Option<String> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// The value, or the sentence beside the field if there is none.
    pub fn required(&self, name: &str, sentence: &str, errors: &mut FormErrors) -> String {
        let text = self.text(name);
        if text.is_empty() {
            errors.add(name, sentence);
        }
        text
    }

    /// A value read by `read`, whose error is the sentence; `None` if empty or wrong.
    pub fn read<T, E: ToString>(
        &self,
        name: &str,
        errors: &mut FormErrors,
        read: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        match read(&self.optional(name)?) {
            Ok(value) => Some(value),
            Err(sentence) => {
                errors.add(name, sentence.to_string());
                None
            }
        }
    }
}

/// `+` is a space; NUL never belongs into text.
fn decode(part: &[u8]) -> Option<String> {
    let spaced: Vec<u8> = part.iter().map(|b| if *b == b'+' { b' ' } else { *b }).collect();
    let text = String::from_utf8(percent_decode(&spaced).collect()).ok()?;
    (!text.contains('\0')).then_some(text)
}

/// What is wrong, field by field, in the order it was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormErrors {
    list: Vec<(String, String)>,
}

impl FormErrors {
    /// Keeps a sentence for a field; the first one for each field stays.
    pub fn add(&mut self, field: impl Into<String>, sentence: impl Into<String>) {
        let field = field.into();
        if self.of(&field).is_none() {
            self.list.push((field, sentence.into()));
        }
    }

    /// The sentence beside this field.
    pub fn of(&self, field: &str) -> Option<&str> {
        self.list.iter().find(|(name, _)| name == field).map(|(_, sentence)| sentence.as_str())
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// (field, sentence) for the summary on top of the page.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.list.iter().map(|(field, sentence)| (field.as_str(), sentence.as_str()))
    }

    /// The value if nothing is wrong, else the mistakes.
    pub fn or<T>(self, value: T) -> Result<T, FormErrors> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }
}

/// As a handler's argument: a body that is too large, no form or no text is answered at once.
impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let refuse = |status| plain(status).map(Body::new);
        let media_type = request.headers().get(CONTENT_TYPE).map(|value| value.as_bytes());
        let expected = b"application/x-www-form-urlencoded";
        let is_form = media_type.is_some_and(|sent| {
            sent.get(..expected.len()).is_some_and(|start| start.eq_ignore_ascii_case(expected))
        });
        if !is_form {
            return Err(refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        }
        let body = Bytes::from_request(request, state)
            .await
            .map_err(|rejection| refuse(rejection.into_response().status()))?;
        Form::parse(&body).map_err(|_| refuse(StatusCode::BAD_REQUEST))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn fields_are_decoded_and_repeated_ones_kept() {
        let form = Form::parse(b"title=%E5%85%AC+%E5%BC%80&tag=a&tag=b&empty=&flag&x=1%3D2").unwrap();
        assert_eq!(form.raw("title"), Some("公 开"));
        assert_eq!(form.all("tag").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!((form.raw("flag"), form.raw("none")), (Some(""), None));
        assert_eq!((form.optional("empty"), form.text("x")), (None, "1=2".to_owned()));
    }

    #[test]
    fn text_that_is_no_text_and_floods_of_fields_are_refused() {
        assert_eq!(Form::parse(b"a=1&b=%ff"), Err(BadForm::NotText(2)));
        assert_eq!(Form::parse(b"a=%00"), Err(BadForm::NotText(1)));
        assert_eq!(Form::parse("a=1&".repeat(1001).as_bytes()), Err(BadForm::TooManyFields));
    }

    #[test]
    fn all_mistakes_are_kept_with_their_fields() {
        let form = Form::parse(b"title=+&year=20x6&day=12&text=a%0D%0Ab").unwrap();
        let mut errors = FormErrors::default();
        form.required("title", "请填写标题。", &mut errors);
        let year = form.read("year", &mut errors, |t| t.parse::<u16>().map_err(|_| "年份应为四位数字。"));
        let day = form.read("day", &mut errors, |t| t.parse::<u8>().map_err(|_| "日期不对。"));
        errors.add("title", "第二句不显示。");
        assert_eq!((year, day, form.text("text")), (None, Some(12), "a\nb".to_owned()));
        let shown: Vec<_> = errors.iter().collect();
        assert_eq!(shown, [("title", "请填写标题。"), ("year", "年份应为四位数字。")]);
        assert!(errors.clone().or(()).is_err() && FormErrors::default().or(1) == Ok(1));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

        #[test]
        fn any_bytes_are_read_or_refused_but_never_panic(
            body in prop::collection::vec(any::<u8>(), 0..300),
        ) {
            if let Ok(form) = Form::parse(&body) {
                prop_assert!(form.fields.iter().all(|(k, v)| !k.contains('\0') && !v.contains('\0')));
            }
        }
    }
}
