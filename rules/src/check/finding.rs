//! What a check finds: which rule, how heavy, where in the record, and how it can be mended with one click.
//!
//! It holds no sentences: a code and its detail say everything the product needs to find the words.

use std::ops::Range;

use super::Cleaning;
use crate::numbering::DocumentNumberFaultKind;

/// Whether a finding keeps the record from being submitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Weight {
    /// Must be mended, or justified where the code allows it.
    Blocking,
    /// Worth a look.
    Advisory,
}

impl Weight {
    /// The word stored and sent for it.
    pub fn word(self) -> &'static str {
        match self {
            Weight::Blocking => "blocking",
            Weight::Advisory => "advisory",
        }
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $word:literal, $weight:ident;)*) => {
        /// Which rule was broken.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// Every code, in the order in which findings of one place are shown.
            pub const ALL: &[Code] = &[$(Code::$name),*];

            /// The word stored and sent for it.
            pub fn word(self) -> &'static str {
                match self { $(Code::$name => $word),* }
            }

            /// The weight a finding of this code has unless its check says otherwise.
            pub fn weight(self) -> Weight {
                match self { $(Code::$name => Weight::$weight),* }
            }
        }
    };
}

codes! {
    /// 绝密★ 机密★ 秘密★: a document with a mark of secrecy.
    SecrecyMark = "secrecy_mark", Blocking;
    /// 内部资料, 内部文件, 注意保存.
    InternalMark = "internal_mark", Blocking;
    /// 公民身份号码
    IdentityNumber = "identity_number", Blocking;
    /// 手机号码
    MobileNumber = "mobile_number", Blocking;
    /// 银行卡号
    BankCard = "bank_card", Blocking;
    /// A head field that the content type requires is empty.
    RequiredField = "required_field", Blocking;
    /// 文号 not in the form of GB/T 9704.
    NumberForm = "number_form", Blocking;
    /// 文号 that another record bears.
    NumberTaken = "number_taken", Blocking;
    /// A file is named in the text and not attached.
    AttachmentMissing = "attachment_missing", Blocking;
    /// A file is attached and not named in the text.
    AttachmentUnnamed = "attachment_unnamed", Advisory;
    /// Comments, tracked changes, hidden rows, sheets or text in a file.
    HiddenContent = "hidden_content", Blocking;
    /// The author's name and the like in a file's properties.
    AuthorMetadata = "author_metadata", Advisory;
    /// The text of a file cannot be read, so that nobody but a person can check it.
    UnreadableFile = "unreadable_file", Advisory;
    /// A link to a page of the site that is not there.
    DeadLink = "dead_link", Blocking;
    /// A link that leads out of the site.
    OutsideLink = "outside_link", Advisory;
    /// 错别字
    WrongWord = "wrong_word", Blocking;
    /// 禁用词
    ForbiddenWord = "forbidden_word", Blocking;
    /// 敏感表述
    SensitiveWord = "sensitive_word", Advisory;
    /// A leader's name beside a title that is not his.
    LeaderTitle = "leader_title", Blocking;
    /// A name beside a leader's title that is one character away from his.
    LeaderName = "leader_name", Blocking;
    /// Leaders named in another order than the list's.
    LeaderOrder = "leader_order", Advisory;
    /// A day that no calendar has, such as 2月30日.
    ImpossibleDate = "impossible_date", Blocking;
    /// The document cites as its basis one that is dated later.
    BasisLater = "basis_later", Blocking;
    /// 有效期 ends before 施行日期.
    ExpiresBeforeInForce = "expires_before_in_force", Blocking;
    /// 施行日期 before 成文日期.
    InForceBeforeWritten = "in_force_before_written", Advisory;
    /// The date under the text is not the 成文日期 of the form.
    SignedDate = "signed_date", Advisory;
    /// The year of the 文号 is not that of the 成文日期.
    NumberYear = "number_year", Advisory;
    /// A total that is not the sum of its parts.
    TableSum = "table_sum", Advisory;
    /// A share that does not follow from the two numbers beside it.
    Percentage = "percentage", Advisory;
    /// A title too long or too short.
    TitleLength = "title_length", Advisory;
    /// A title that ends with punctuation or holds stray blanks.
    TitleForm = "title_form", Advisory;
    /// A title without the kind of document, 关于……的通知.
    TitlePattern = "title_pattern", Advisory;
    /// A summary too long.
    SummaryLength = "summary_length", Advisory;
    /// A summary that only repeats the title.
    SummaryRepeatsTitle = "summary_repeats_title", Advisory;
    /// A picture without text alternative.
    PictureWithoutText = "picture_without_text", Advisory;
    /// A heading more than one level below the one before it.
    HeadingSkipped = "heading_skipped", Advisory;
    /// A table without head cells.
    TableWithoutHead = "table_without_head", Advisory;
    /// A published record says nearly the same.
    NearDuplicate = "near_duplicate", Advisory;
    /// 成文日期 further back than the time limit for publication.
    LatePublication = "late_publication", Advisory;
    /// Half-width punctuation in Chinese text.
    MixedPunctuation = "mixed_punctuation", Advisory;
    /// The same sign twice, 。。 or ，，.
    RepeatedPunctuation = "repeated_punctuation", Advisory;
}

impl Code {
    /// The code of a stored word.
    pub fn from_word(word: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.word() == word)
    }

    /// Whether an officer may give a reason and go on. A mark of secrecy ends the matter: 保守国家秘密法 Art. 31
    /// lets no such document into a system that is open to the Internet. A required field is wanted by publication itself.
    pub fn may_be_justified(self) -> bool {
        !matches!(self, Code::SecrecyMark | Code::RequiredField)
    }
}

/// Where in a record.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// The record as a whole.
    Record,
    /// A field of the form, by its code; bytes within its value.
    Field {
        /// `title`, `summary`, `document_number` …
        field: String,
        /// Bytes; empty when the field as a whole is meant.
        range: Range<usize>,
    },
    /// A block of the body.
    Block {
        /// Its place in [`Text::blocks`](super::Text).
        block: usize,
        /// Bytes within its text.
        range: Range<usize>,
    },
    /// A picture of the body.
    Picture {
        /// Its place in [`Text::pictures`](super::Text).
        picture: usize,
    },
    /// An attached file.
    Attachment {
        /// Its name.
        name: String,
        /// Where in the file (a page, a sheet and cell); empty for the file as a whole.
        at: String,
    },
}

impl Place {
    /// A word for the kind of place.
    pub fn kind(&self) -> &'static str {
        match self {
            Place::Record => "record",
            Place::Field { .. } => "field",
            Place::Block { .. } => "block",
            Place::Picture { .. } => "picture",
            Place::Attachment { .. } => "attachment",
        }
    }

    /// A file, or a place in it.
    pub fn attachment(name: &str, at: &str) -> Place {
        Place::Attachment { name: name.to_owned(), at: at.to_owned() }
    }

    /// A field as a whole.
    pub fn field(code: &str) -> Place {
        Place::Field { field: code.to_owned(), range: 0..0 }
    }
}

/// What the sentence about a finding needs beside its code.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Detail {
    /// Nothing.
    #[default]
    None,
    /// One value: a field's code, a file's name, the right word, a title, an address.
    Value(String),
    /// What stands there and what should.
    Figures {
        /// As written.
        stated: String,
        /// As it must be.
        expected: String,
    },
    /// The faults of a document number.
    Faults(Vec<DocumentNumberFaultKind>),
    /// A count: characters, percent, levels.
    Count(usize),
    /// How far a time limit has passed.
    Late {
        /// The provision.
        basis: String,
        /// The length of the limit in working days.
        limit: u32,
        /// The last day in time, `YYYY-MM-DD`.
        due_on: String,
        /// Working days since.
        by: u32,
    },
}

/// How a finding can be mended with one click.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mend {
    /// The range of the finding's place becomes this text.
    Replace(String),
    /// A field gets a value.
    SetField {
        /// The field's code.
        field: String,
        /// The whole new value.
        value: String,
    },
    /// The heading gets this level.
    HeadingLevel(u8),
    /// The first row of the table becomes its head.
    HeadRow,
    /// The file of the finding's place is written again without what it hides.
    CleanFile(Cleaning),
}

/// One thing that is wrong or worth a look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Which rule.
    pub code: Code,
    /// How heavy.
    pub weight: Weight,
    /// Where.
    pub place: Place,
    /// The words at the place.
    pub excerpt: String,
    /// What the sentence needs.
    pub detail: Detail,
    /// How it can be mended.
    pub mend: Option<Mend>,
}

impl Finding {
    /// A finding with the weight of its code and nothing more to say.
    pub fn new(code: Code, place: Place, excerpt: &str) -> Finding {
        Finding {
            code,
            weight: code.weight(),
            place,
            excerpt: excerpt.to_owned(),
            detail: Detail::None,
            mend: None,
        }
    }

    /// The same with a detail.
    pub fn detail(self, detail: Detail) -> Finding {
        Finding { detail, ..self }
    }

    /// The same with a mend, where there is one.
    pub fn mend(self, mend: impl Into<Option<Mend>>) -> Finding {
        Finding { mend: mend.into(), ..self }
    }

    /// The same with another weight.
    pub fn weight(self, weight: Weight) -> Finding {
        Finding { weight, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_word_of_its_own() {
        for code in Code::ALL {
            assert_eq!(Code::from_word(code.word()), Some(*code));
        }
        assert_eq!(Code::from_word("other"), None);
    }

    #[test]
    fn a_mark_of_secrecy_and_a_required_field_cannot_be_justified() {
        let firm: Vec<Code> = Code::ALL.iter().copied().filter(|code| !code.may_be_justified()).collect();
        assert_eq!(firm, [Code::SecrecyMark, Code::RequiredField]);
    }
}
