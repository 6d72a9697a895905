//! What the reader is unsure of: each doubt names what was found and where, and says whether a person must look
//! before the record may go live. It proposes; it never corrects.

/// A doubt about a page that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the comment of each variant says what its parts are")]
pub enum Doubt {
    /// The page prints no metadata head.
    NoHead,
    /// The head prints values without labels; the labels named were inferred.
    UnlabelledValues(String),
    /// An index number stands beside a head whose own is empty: labels and values were torn apart.
    StrayIndex(String),
    /// A label lost its first characters (`号:`); the field it was taken for.
    DamagedLabel { label: String, field: &'static str },
    /// Neither page nor list has a title.
    TitleMissing,
    /// The list gives only a note in brackets for a title, and the page none.
    TitleIsNote(String),
    /// The title in the head is another than the page's.
    TitleDiffers { head: String, page: String },
    /// The same label stands twice with different values.
    TwoValues { label: String, first: String, second: String },
    /// Two labels for the same date differ; the first one was taken.
    DatesDiffer { label: String, value: String, other_label: String, other: String },
    /// Figures that can mean more than one date.
    AmbiguousDate { label: String, printed: String, readings: String },
    /// Figures that lost their marks and can mean one date only.
    DamagedDate { label: String, printed: String, reading: String },
    /// A date field that holds no date.
    UnreadableDate { label: String, printed: String },
    /// Written more than a day after it was published.
    WrittenAfterPublished { written: String, published: String },
    /// Written one day after it was published: the clock of the publishing system, usually.
    WrittenNextDay { written: String, published: String },
    /// The year in the index number is far from every date of the head.
    IndexYearApart { index: String, date: String },
    /// The year in the document number does not fit the date.
    NumberYearApart { number: String, date: String, apart: i32 },
    /// Readable, but not in the form of GB/T 9704; the standard form is proposed.
    IrregularNumber { printed: String, proposal: String },
    /// Signs of the document number are lost; the only remaining reading is proposed.
    DamagedNumber { printed: String, proposal: String },
    /// The value under 文号 is no document number of the usual kind.
    ForeignNumber(String),
    /// The head has no document number; this one stands under the title.
    NumberFromText(String),
    /// Head and text print different document numbers.
    NumbersDiffer { head: String, text: String },
    /// Several document numbers stand at the top and the head names none.
    SeveralNumbers(String),
    /// The index number has no form we know.
    IrregularIndex(String),
    /// No text under the head.
    EmptyBody,
    /// Bytes of another encoding.
    Mojibake(String),
    /// Government text at an address that is no government address.
    NotGovernmentAddress(String),
    /// Characters with their readings in brackets, left behind by a converter (發(fā)布).
    MachineConverted(String),
    /// Traditional characters at an address outside the government's.
    Traditional(String),
    /// Words of gambling advertisements.
    Gambling(String),
    /// Question marks in place of blanks or lost characters.
    QuestionMarks(String),
    /// Words that a rewording machine puts in place of the official ones.
    Reworded(String),
}

impl Doubt {
    /// A name that stays the same over versions, for counting and filtering.
    pub fn code(&self) -> &'static str {
        use Doubt::*;
        match self {
            NoHead => "no_head",
            UnlabelledValues(_) => "unlabelled_values",
            StrayIndex(_) => "stray_index",
            DamagedLabel { .. } => "damaged_label",
            TitleMissing => "title_missing",
            TitleIsNote(_) => "title_is_note",
            TitleDiffers { .. } => "title_differs",
            TwoValues { .. } => "two_values",
            DatesDiffer { .. } => "dates_differ",
            AmbiguousDate { .. } => "ambiguous_date",
            DamagedDate { .. } => "damaged_date",
            UnreadableDate { .. } => "unreadable_date",
            WrittenAfterPublished { .. } => "written_after_published",
            WrittenNextDay { .. } => "written_next_day",
            IndexYearApart { .. } => "index_year_apart",
            NumberYearApart { .. } => "number_year_apart",
            IrregularNumber { .. } => "irregular_number",
            DamagedNumber { .. } => "damaged_number",
            ForeignNumber(_) => "foreign_number",
            NumberFromText(_) => "number_from_text",
            NumbersDiffer { .. } => "numbers_differ",
            SeveralNumbers(_) => "several_numbers",
            IrregularIndex(_) => "irregular_index",
            EmptyBody => "empty_body",
            Mojibake(_) => "mojibake",
            NotGovernmentAddress(_) => "not_government_address",
            MachineConverted(_) => "machine_converted",
            Traditional(_) => "traditional",
            Gambling(_) => "gambling",
            QuestionMarks(_) => "question_marks",
            Reworded(_) => "reworded",
        }
    }

    /// Whether a person must look before the record goes live; the others are remarks.
    pub fn blocks(&self) -> bool {
        use Doubt::*;
        !matches!(
            self,
            DamagedLabel { .. }
                | TitleDiffers { .. }
                | DatesDiffer { .. }
                | UnreadableDate { .. }
                | WrittenNextDay { .. }
                | NumberYearApart { apart: -1..=1, .. }
                | IrregularNumber { .. }
                | ForeignNumber(_)
                | NumberFromText(_)
                | IrregularIndex(_)
                | EmptyBody
        )
    }

    /// The sentence a reviewer reads.
    pub fn sentence(&self) -> String {
        use Doubt::*;
        match self {
            NoHead => "页面上没有找到信息公开元数据（索引号、发布机构等），请对照原页补录。".into(),
            UnlabelledValues(fields) => {
                format!("页头只有值、没有标签，{fields}是按形状和次序推断的，请核对。")
            }
            DamagedLabel { label, field } => format!("页头标签“{label}”缺字，已按“{field}”读取。"),
            TitleMissing => "页面没有标题，请补录。".into(),
            TitleIsNote(note) => {
                format!("页面没有标题，来源清单只给出说明“{note}”，请补录正式标题。")
            }
            TitleDiffers { head, page } => format!("页头标题“{head}”与页面标题“{page}”不一致。"),
            TwoValues { label, first, second } => {
                format!("页头“{label}”出现两次且不同：“{first}”和“{second}”，请确认以哪个为准。")
            }
            DatesDiffer { label, value, other_label, other } => {
                format!("“{label}”为“{value}”，“{other_label}”为“{other}”，已取前者。")
            }
            AmbiguousDate { label, printed, readings } => {
                format!("“{label}”的“{printed}”缺少年月日分隔，可读作{readings}，请确认。")
            }
            DamagedDate { label, printed, reading } => {
                format!("“{label}”的“{printed}”缺少年月日分隔，读作{reading}，请确认。")
            }
            UnreadableDate { label, printed } => {
                format!("“{label}”的“{printed}”不是日期，未读取。")
            }
            WrittenAfterPublished { written, published } => {
                format!("成文日期{written}晚于发布日期{published}，请核对。")
            }
            WrittenNextDay { written, published } => {
                format!("成文日期{written}比发布日期{published}晚一天。")
            }
            other => other.sentence_on_numbers(),
        }
    }

    /// Sentences about index and document numbers.
    fn sentence_on_numbers(&self) -> String {
        use Doubt::*;
        match self {
            IndexYearApart { index, date } => {
                format!("索引号“{index}”中的年份与页头日期{date}相差较大，请核对。")
            }
            NumberYearApart { number, date, .. } => {
                format!("文号“{number}”的年份与日期{date}不一致，请核对。")
            }
            IrregularNumber { printed, proposal } => {
                format!("文号“{printed}”不合公文格式，建议写作“{proposal}”。")
            }
            DamagedNumber { printed, proposal } => {
                format!("文号“{printed}”残缺，可能是“{proposal}”，请对照原文确认。")
            }
            ForeignNumber(printed) => format!("“{printed}”不是通常形式的发文字号，按原样保留。"),
            NumberFromText(printed) => format!("页头没有文号，取自正文标题处的“{printed}”。"),
            NumbersDiffer { head, text } => {
                format!("页头文号“{head}”与正文中的“{text}”不一致，请核对。")
            }
            SeveralNumbers(all) => format!("页头没有文号，正文开头有多个：{all}，请确认。"),
            IrregularIndex(printed) => format!("索引号“{printed}”不是已知形式，按原样保留。"),
            other => other.sentence_on_the_page(),
        }
    }

    /// Sentences about the page as a whole: its text, its address, its making.
    fn sentence_on_the_page(&self) -> String {
        use Doubt::*;
        match self {
            EmptyBody => "页头之下没有正文。".into(),
            Mojibake(sample) => format!("文字中有乱码“{sample}”，请按原页编码重新采集。"),
            NotGovernmentAddress(host) => {
                format!("网址“{host}”不是政府网站域名，可能是转载或仿冒页面。")
            }
            MachineConverted(sample) => {
                format!("文字经过机器繁简转换（如“{sample}”），可能是仿冒页面。")
            }
            Traditional(sample) => {
                format!("政府以外的网址上以繁体字刊载（如“{sample}”），可能是仿冒页面。")
            }
            Gambling(word) => format!("页面夹杂博彩推广词语“{word}”，疑被劫持。"),
            QuestionMarks(sample) => {
                format!("空格或文字变成了问号（如“{sample}”），可能是仿冒页面或采集损坏。")
            }
            Reworded(word) => format!("文字疑被改写（如“{word}”），请与原文核对。"),
            other => other.code().to_owned(),
        }
    }
}
