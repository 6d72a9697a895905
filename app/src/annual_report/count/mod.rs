//! What the records and registers give for a year, counted by a handful of statements, each in the order of an index, from
//! which every figure, table and diagram of the report is made. It knows no figure by name.

pub mod queries;

use kit_db::Tx;

use crate::{error::Result, id::SiteId, reference::Reference};

/// Which part of the records is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// The organ; empty for the whole site.
    pub organ_id: String,
    /// The year.
    pub year: i64,
}

impl Scope {
    /// First day.
    pub fn first_on(&self) -> String {
        format!("{:04}-01-01", self.year)
    }

    /// Last day.
    pub fn last_on(&self) -> String {
        format!("{:04}-12-31", self.year)
    }

    /// Whether it is the whole site.
    pub fn is_whole_site(&self) -> bool {
        self.organ_id.is_empty()
    }
}

/// Articles of one organ and month.
#[derive(Debug, Clone)]
pub struct ArticleGroup {
    /// The organ.
    pub organ_id: String,
    /// `YYYY-MM`.
    pub month: String,
    /// How many.
    pub n: i64,
    /// How many of them pass on a record of the website.
    pub n_of_a_record: i64,
}

/// How many of two words.
#[derive(Debug, Clone, Default)]
pub struct Pair {
    /// First word: kind or route.
    pub one: String,
    /// Second word: handling, outcome or month.
    pub other: String,
    /// How many.
    pub n: i64,
}

/// Trainings or tests.
#[derive(Debug, Clone, Default)]
pub struct TrainingGroup {
    /// `training` or `test`.
    pub kind: String,
    /// How often held.
    pub held: i64,
    /// Who came.
    pub people: i64,
    /// From how many organs.
    pub units: i64,
}

/// Suggestions or proposals.
#[derive(Debug, Clone, Default)]
pub struct ProposalGroup {
    /// The kind.
    pub kind: String,
    /// Received.
    pub received: i64,
    /// Of these replied to.
    pub replied: i64,
}

/// Requests for information.
#[derive(Debug, Clone, Copy, Default)]
pub struct RequestCounts {
    /// Received.
    pub received: i64,
    /// Handled.
    pub handled: i64,
    /// Complained of and corrected.
    pub corrected: i64,
}

/// Money of a kind.
#[derive(Debug, Clone, Default)]
pub struct MoneyGroup {
    /// `budget` or `expense`.
    pub kind: String,
    /// In fen.
    pub fen: i64,
    /// Entries.
    pub n: i64,
}

/// A column as the counting needs it.
#[derive(Debug, Clone)]
pub struct ColumnArea {
    /// The column.
    pub column_id: String,
    /// Its key area.
    pub key_area: Option<String>,
}

/// Which registers hold anything at all, of whatever year: a register nobody ever wrote in gives blanks, not zeros.
#[derive(Debug, Clone, Copy, Default)]
pub struct Kept {
    /// Articles.
    pub articles: bool,
    /// Boards and screens.
    pub places: bool,
    /// Service items.
    pub items: bool,
    /// Cases.
    pub cases: bool,
    /// Requests.
    pub requests: bool,
    /// Reconsiderations and lawsuits.
    pub remedies: bool,
    /// Suggestions and proposals.
    pub proposals: bool,
    /// Trainings and tests.
    pub trainings: bool,
    /// Money.
    pub money: bool,
}

/// Everything counted.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    /// Records of the website by content type and month.
    pub documents: Vec<Pair>,
    /// Records of the website by column.
    pub documents_by_column: Vec<Pair>,
    /// Records of the website by the organ that answers for them, of a whole site; an empty id where none is known.
    pub documents_by_organ: Vec<Pair>,
    /// Interpreted records, by content type and month.
    pub interpreted: Vec<Pair>,
    /// Columns of key areas.
    pub areas: Vec<ColumnArea>,
    /// Articles.
    pub articles: Vec<ArticleGroup>,
    /// Service items by organ.
    pub items: Vec<Pair>,
    /// Cases by route and handling.
    pub cases: Vec<Pair>,
    /// Organs with a board, by their kind.
    pub board_organs: Vec<Pair>,
    /// Places by kind.
    pub places: Vec<Pair>,
    /// Trainings and tests.
    pub trainings: Vec<TrainingGroup>,
    /// Days of trainings and tests: kind and day.
    pub training_days: Vec<Pair>,
    /// Requests.
    pub requests: RequestCounts,
    /// Reconsiderations and lawsuits by kind and outcome.
    pub remedies: Vec<Pair>,
    /// Suggestions and proposals.
    pub proposals: Vec<ProposalGroup>,
    /// Money.
    pub money: Vec<MoneyGroup>,
    /// Which registers are kept.
    pub kept: Kept,
}

/// Counts everything of a scope.
///
/// # Errors
/// As the database.
pub fn count(tx: &mut Tx<'_>, site_id: &SiteId, scope: &Scope) -> Result<Counts> {
    let documents = queries::documents_by_kind(tx, site_id, scope)?;
    Ok(Counts {
        documents_by_column: queries::documents_by_column(tx, site_id, scope)?,
        documents_by_organ: by_organ(tx, site_id, scope, total(&documents))?,
        documents,
        interpreted: queries::interpreted(tx, site_id, scope)?,
        areas: queries::areas(tx, site_id)?,
        articles: queries::articles(tx, site_id, scope)?,
        items: queries::items(tx, site_id, scope)?,
        cases: queries::cases(tx, site_id, scope)?,
        board_organs: queries::board_organs(tx, site_id, scope)?,
        places: queries::places(tx, site_id, scope)?,
        trainings: queries::trainings(tx, site_id, scope)?,
        training_days: queries::training_days(tx, site_id, scope)?,
        requests: queries::requests(tx, site_id, scope)?,
        remedies: queries::remedies(tx, site_id, scope)?,
        proposals: queries::proposals(tx, site_id, scope)?,
        money: queries::money(tx, site_id, scope)?,
        kept: queries::kept(tx, site_id)?,
    })
}

fn total(pairs: &[Pair]) -> i64 {
    pairs.iter().map(|pair| pair.n).sum()
}

/// What each organ of a site answers for; what no organ does is what is left of all.
fn by_organ(tx: &mut Tx<'_>, site_id: &SiteId, scope: &Scope, n_all: i64) -> Result<Vec<Pair>> {
    if !scope.is_whole_site() {
        return Ok(Vec::new());
    }
    let mut organs = queries::documents_by_organ(tx, site_id, scope)?;
    organs.push(Pair { n: n_all - total(&organs), ..Pair::default() });
    organs.retain(|organ| organ.n > 0);
    Ok(organs)
}

impl Counts {
    /// The key area of a column.
    pub fn area_of(&self, column_id: &str) -> Option<&str> {
        let column = self.areas.iter().find(|column| column.column_id == column_id)?;
        column.key_area.as_deref()
    }

    /// How many records each key area has, in the order of the reference table; those without any too.
    pub fn by_area(&self, reference: &Reference) -> Vec<(String, i64)> {
        let n = |code: &str| {
            let of_area =
                self.documents_by_column.iter().filter(|pair| self.area_of(&pair.one) == Some(code));
            of_area.map(|pair| pair.n).sum()
        };
        reference.key_areas.iter().map(|area| (area.name.clone(), n(&area.code))).collect()
    }

    /// Records of the website in a month, `MM`, of content types that are counted.
    pub fn documents_in(&self, month: &str, is_counted: impl Fn(&str) -> bool) -> i64 {
        let of_month = self.documents.iter().filter(|pair| pair.other.ends_with(&format!("-{month}")));
        of_month.filter(|pair| is_counted(&pair.one)).map(|pair| pair.n).sum()
    }

    /// Articles in a month, `MM`.
    pub fn articles_in(&self, month: &str) -> i64 {
        let groups = self.articles.iter().filter(|group| group.month.ends_with(&format!("-{month}")));
        groups.map(|group| group.n).sum()
    }
}
