//! Asking the index. Every query is built here from typed parts and always inside one group;
//! there is no way to ask across groups. It does not show anything: see [`crate::excerpt`].

use std::ops::{Bound, RangeInclusive};

use tantivy::collector::{Collector, Count};
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, Occur, PhraseQuery, Query as EngineQuery, RangeQuery,
    TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use crate::Index;
use crate::count::FacetCounts;
use crate::error::{SearchError, guarded};
use crate::fold::canonical;
use crate::index::{KeyColumns, check_group};
use crate::rank::{Sort, top};
use crate::understand::{Part, Reading, Role, Strictness, Taken, Understood, take_apart};

/// Hits beyond this place are not given: a stranger's page number must not cost memory.
pub const MAX_DEPTH: usize = 10_000;

/// What is asked. Start from [`Query::new`] and set what is needed.
#[derive(Clone, Debug)]
pub struct Query {
    /// The group searched; always exactly one.
    pub group: String,
    /// What the person typed; empty for "everything that passes the filters".
    pub text: String,
    /// For each facet named, the entry must carry one of the values.
    pub facets: Vec<(String, Vec<String>)>,
    /// Only entries of these days.
    pub days: Option<RangeInclusive<i64>>,
    /// The order of hits.
    pub sort: Sort,
    /// Hits to skip.
    pub offset: usize,
    /// Hits to give.
    pub limit: usize,
    /// Facets to count. A facet that is also filtered is counted as if it were not, so that the page can
    /// offer its other values.
    pub count_facets: Vec<String>,
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hits {
    /// All that match, on every page.
    pub total: usize,
    /// This page.
    pub hits: Vec<Hit>,
    /// For each facet asked for, in that order: values with counts, most frequent first.
    pub facets: Vec<(String, Vec<(String, u64)>)>,
    /// What to mark in titles and excerpts.
    pub terms: Vec<String>,
    /// How the text was read.
    pub understood: Understood,
}

/// One hit.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The key given to [`crate::Entry`].
    pub key: String,
    /// The score to one decimal; 0 unless sorted by relevance.
    pub score: f32,
}

impl Query {
    /// The first twenty of everything in a group, by relevance.
    pub fn new(group: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            group: group.into(),
            text: text.into(),
            facets: Vec::new(),
            days: None,
            sort: Sort::Relevance,
            offset: 0,
            limit: 20,
            count_facets: Vec::new(),
        }
    }
}

type Clause = (Occur, Box<dyn EngineQuery>);

impl Index {
    /// Searches the newest committed state. Never fails because of what was typed.
    pub fn search(&self, query: &Query) -> Result<Hits, SearchError> {
        check_group(&query.group)?;
        guarded(|| {
            let searcher = self.searcher()?;
            let taken = take_apart(&query.text, &self.cutter);
            let mut found = Hits {
                total: 0,
                hits: Vec::new(),
                facets: query.count_facets.iter().map(|name| (name.clone(), vec![])).collect(),
                terms: terms(&taken),
                understood: Understood {
                    reading: Reading::Words,
                    strictness: Strictness::All,
                    phrases: taken.phrases.clone(),
                    truncated: taken.truncated,
                },
            };
            for (reading, strictness, wanted) in self.readings(&searcher, query, &taken)? {
                found.understood.reading = reading;
                found.understood.strictness = strictness;
                if self.fill(&searcher, query, wanted, &mut found)? {
                    break;
                }
            }
            Ok(found)
        })
    }

    /// The ways to read the text, the best first; the first that finds anything is used.
    fn readings(
        &self,
        searcher: &Searcher,
        query: &Query,
        taken: &Taken,
    ) -> Result<Vec<(Reading, Strictness, Vec<Clause>)>, SearchError> {
        if taken.blank {
            return Ok(vec![(Reading::Everything, Strictness::All, vec![])]);
        }
        let mut readings = Vec::new();
        if let Some(form) = &taken.identifier {
            // Numbers first by whole components; only if none has them, by any beginning: that walks
            // the terms and costs more.
            for begins in [false, true] {
                let numbers = || self.identifier_clauses(form, begins);
                let scoped = self.within_group(query, None, vec![must(union(numbers()))])?;
                if searcher.search(&scoped, &Count)? > 0 {
                    let mut either = numbers();
                    either.extend(self.cited(&query.text).map(|q| (Occur::Should, q)));
                    let reading = Reading::Identifier(form.clone());
                    return Ok(vec![(reading, Strictness::All, vec![must(union(either))])]);
                }
            }
        }
        let n_asked = taken.asked().count();
        if n_asked == 0 {
            let nothing: Box<dyn EngineQuery> = Box::new(tantivy::query::EmptyQuery);
            return Ok(vec![(Reading::Nothing, Strictness::All, vec![must(nothing)])]);
        }
        readings.push((Reading::Words, Strictness::All, self.words(taken, n_asked)));
        let most = n_asked * 2 / 3;
        if most > 1 {
            readings.push((Reading::Words, Strictness::Most, self.words(taken, most)));
        }
        if n_asked > 1 {
            readings.push((Reading::Words, Strictness::Any, self.words(taken, 1)));
        }
        Ok(readings)
    }

    /// Clauses for a text of which at least `n` asked parts must be there.
    fn words(&self, taken: &Taken, n: usize) -> Vec<Clause> {
        let mut asked = Vec::new();
        let mut clauses = Vec::new();
        for part in &taken.parts {
            let everywhere = phrase(self.layout.all, &part.units);
            let in_title = phrase(self.layout.title, &part.units);
            match part.role {
                Role::Welcome => clauses.extend(everywhere.map(|q| (Occur::Should, q))),
                Role::Asked | Role::Quoted => asked.extend(everywhere),
            }
            clauses.extend(in_title.map(|q| (Occur::Should, boosted(q, TITLE_WEIGHT))));
        }
        if n >= asked.len() {
            clauses.extend(asked.into_iter().map(must));
        } else {
            let some = BooleanQuery::union_with_minimum_required_clauses(asked, n);
            clauses.push(must(Box::new(some)));
        }
        clauses
    }

    /// A whole number first, then one of which this is a part; or, with `begins`, any that begins so.
    fn identifier_clauses(&self, form: &str, begins: bool) -> Vec<Clause> {
        let (exact, stretches) = (self.layout.exact, self.layout.stretches);
        if begins {
            let from = Term::from_field_text(exact, form);
            let to = Term::from_field_text(exact, &format!("{form}\u{10ffff}"));
            let range = RangeQuery::new(Bound::Included(from), Bound::Excluded(to));
            return vec![(Occur::Should, fixed(Box::new(range), 100.0))];
        }
        let whole = |field| -> Box<dyn EngineQuery> {
            Box::new(TermQuery::new(Term::from_field_text(field, form), IndexRecordOption::Basic))
        };
        vec![(Occur::Should, fixed(whole(exact), 1000.0)), (Occur::Should, fixed(whole(stretches), 100.0))]
    }

    /// The identifier as it may stand in a text.
    fn cited(&self, typed: &str) -> Option<Box<dyn EngineQuery>> {
        let units = self.cutter.cover(typed);
        let units: Vec<_> = units.into_iter().map(|unit| (unit.place, unit.text)).collect();
        phrase(self.layout.all, &units)
    }

    /// The only place where queries become complete: group and filters are put around whatever is wanted.
    fn within_group(
        &self,
        query: &Query,
        without_facet: Option<&str>,
        mut wanted: Vec<Clause>,
    ) -> Result<BooleanQuery, SearchError> {
        let basic = |field, text: &str| -> Box<dyn EngineQuery> {
            Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::Basic))
        };
        wanted.push(must(fixed(basic(self.layout.group, &query.group), 0.0)));
        for (name, values) in &query.facets {
            let field = self.facet_field(name)?;
            if without_facet != Some(name.as_str()) && !values.is_empty() {
                let any = values.iter().map(|value| (Occur::Should, basic(field, value)));
                wanted.push(must(fixed(union(any.collect()), 0.0)));
            }
        }
        if let Some(days) = &query.days {
            let bound = |day: i64| Bound::Included(Term::from_field_i64(self.layout.day, day));
            let range = RangeQuery::new(bound(*days.start()), bound(*days.end()));
            wanted.push(must(fixed(Box::new(range), 0.0)));
        }
        Ok(BooleanQuery::new(wanted))
    }

    fn facet_field(&self, name: &str) -> Result<Field, SearchError> {
        self.layout.facet(name).ok_or_else(|| SearchError::UnknownFacet(name.to_owned()))
    }

    /// Runs one reading; false if it found nothing.
    fn fill(
        &self,
        searcher: &Searcher,
        query: &Query,
        wanted: Vec<Clause>,
        found: &mut Hits,
    ) -> Result<bool, SearchError> {
        let filtered = |name: &String| query.facets.iter().any(|(f, v)| f == name && !v.is_empty());
        let (own, plain): (Vec<_>, Vec<_>) = query.count_facets.iter().cloned().partition(filtered);
        for name in &query.count_facets {
            self.facet_field(name)?;
        }
        let again: Vec<Clause> = wanted.iter().map(|(occur, q)| (*occur, q.box_clone())).collect();
        let scoped = self.within_group(query, None, wanted)?;
        let counts = FacetCounts::of(plain.clone());
        let limit = query.limit.min(MAX_DEPTH.saturating_sub(query.offset));
        let sort = if found.understood.reading == Reading::Everything && query.sort == Sort::Relevance {
            Sort::Newest
        } else {
            query.sort
        };
        let (total, counted) = if limit == 0 {
            searcher.search(&scoped, &(Count, counts))?
        } else {
            let page = top(query.offset, limit, sort);
            let (total, best, counted) = searcher.search(&scoped, &(Count, page, counts))?;
            let mut columns = KeyColumns::new(searcher);
            for (order, address) in best {
                found.hits.push(Hit { key: columns.key(address)?, score: order.0 });
            }
            (total, counted)
        };
        found.total = total;
        set_counts(found, plain, counted);
        for name in own {
            let clauses = again.iter().map(|(occur, q)| (*occur, q.box_clone())).collect();
            let others = self.within_group(query, Some(&name), clauses)?;
            let counted = collect(searcher, &others, FacetCounts::of(vec![name.clone()]))?;
            set_counts(found, vec![name], counted);
        }
        Ok(total > 0)
    }

    /// The words of a text worth suggesting as keywords: two characters or more, most frequent first.
    pub fn words_of(&self, text: &str, limit: usize) -> Vec<String> {
        let mut counted: Vec<(String, usize)> = Vec::new();
        let mut at = std::collections::HashMap::new();
        for unit in self.cutter.cover(text) {
            if unit.text.chars().count() < 2 || unit.text.chars().all(|c| c.is_ascii_digit()) {
                continue;
            }
            let place = *at.entry(unit.text.clone()).or_insert_with(|| {
                counted.push((unit.text, 0));
                counted.len() - 1
            });
            counted[place].1 += 1;
        }
        counted.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        counted.into_iter().take(limit).map(|(word, _)| word).collect()
    }
}

/// A word in the title counts this much more, on top of counting as a word of the whole.
const TITLE_WEIGHT: f32 = 2.0;

fn collect<C: Collector>(
    searcher: &Searcher,
    query: &dyn EngineQuery,
    collector: C,
) -> Result<C::Fruit, SearchError> {
    Ok(searcher.search(query, &collector)?)
}

fn set_counts(found: &mut Hits, names: Vec<String>, counted: Vec<Vec<(String, u64)>>) {
    for (name, values) in names.into_iter().zip(counted) {
        for slot in found.facets.iter_mut().filter(|(known, _)| *known == name) {
            slot.1.clone_from(&values);
        }
    }
}

fn must(query: Box<dyn EngineQuery>) -> Clause {
    (Occur::Must, query)
}

fn union(clauses: Vec<Clause>) -> Box<dyn EngineQuery> {
    Box::new(BooleanQuery::new(clauses))
}

fn fixed(query: Box<dyn EngineQuery>, score: f32) -> Box<dyn EngineQuery> {
    Box::new(ConstScoreQuery::new(query, score))
}

fn boosted(query: Box<dyn EngineQuery>, factor: f32) -> Box<dyn EngineQuery> {
    Box::new(BoostQuery::new(query, factor))
}

/// Units at their distances: a single one is a plain term.
fn phrase(field: Field, units: &[(usize, String)]) -> Option<Box<dyn EngineQuery>> {
    let term = |text: &String| Term::from_field_text(field, text);
    match units {
        [] => None,
        [(_, one)] => Some(Box::new(TermQuery::new(term(one), IndexRecordOption::WithFreqs))),
        many => Some(Box::new(PhraseQuery::new_with_offset(
            many.iter().map(|(place, text)| (*place, term(text))).collect(),
        ))),
    }
}

/// What to mark: what was asked, and for an identifier the identifier.
fn terms(taken: &Taken) -> Vec<String> {
    let own = |part: &Part| part.text.clone();
    let mut terms: Vec<String> = taken.identifier.iter().map(|form| canonical(form)).collect();
    terms.extend(taken.asked().map(own));
    terms.dedup();
    terms
}
