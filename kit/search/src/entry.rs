//! What goes into the index. It does not know where entries come from.

/// How an index is made. Another setup means other files: an index of another setup is begun anew.
#[derive(Clone, Debug, Default)]
pub struct Setup {
    /// Words the dictionary lacks, with a frequency (1,000 is a common word).
    pub words: Vec<(String, usize)>,
    /// Names of the facets entries may carry (`a-z`, `_`).
    pub facets: Vec<String>,
}

/// One thing that can be found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// Unique within its group; what a search gives back. At most 500 bytes.
    pub key: String,
    /// Weighs more than the text.
    pub title: String,
    /// Searched, never stored.
    pub text: String,
    /// Printed identifiers, found by their whole, beginning or later components, however bracketed.
    pub exact: Vec<String>,
    /// Declared facet name and value code; a name may come several times.
    pub facets: Vec<(String, String)>,
    /// Days since 1970-01-01, for sorting and ranges.
    pub day: i64,
    /// Multiplies the score; 1 when absent.
    pub boost: Option<f32>,
}

/// A change to one entry of a group.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Adds the entry or replaces the one with the same key.
    Put(Entry),
    /// Takes the entry out; nothing happens if it is not there.
    Remove {
        /// The key of the entry.
        key: String,
    },
}

/// What became of a batch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Entries put.
    pub n_put: usize,
    /// Keys removed (whether or not they were there).
    pub n_removed: usize,
    /// Entries the index cannot take; the others are in.
    pub refused: Vec<Refused>,
    /// The index was already past this position, so the batch was left alone.
    pub overtaken: bool,
}

/// An entry that was left out, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The key of the entry.
    pub key: String,
    /// The reason, with its mend.
    pub reason: String,
}

const MAX_KEY: usize = 500;
const MAX_VALUE: usize = 500;

impl Entry {
    /// Why this entry cannot be taken, if so.
    pub(crate) fn fault(&self, facets: &[(String, tantivy::schema::Field)]) -> Option<String> {
        if self.key.is_empty() || self.key.len() > MAX_KEY {
            return Some(format!("key of {} bytes; give 1 to {MAX_KEY}", self.key.len()));
        }
        for (name, value) in &self.facets {
            if !facets.iter().any(|(known, _)| known == name) {
                return Some(format!("facet `{name}` is not declared; add it to the setup"));
            }
            if value.len() > MAX_VALUE {
                return Some(format!("facet `{name}` is longer than {MAX_VALUE} bytes; use a code"));
            }
        }
        None
    }
}
