//! The organs of a site as registers name them: by code, by the present name and by earlier ones; and those that the person
//! who asks may keep entries of.

use std::collections::HashMap;

use kit_db::Tx;

use crate::{cx::Cx, error::Result, id::OrganId, organ, words};

/// The organs of a site, and how far somebody reaches.
#[derive(Debug, Clone, Default)]
pub struct Organs {
    listed: Vec<Listed>,
    by_name: HashMap<String, OrganId>,
    reach: Option<Vec<OrganId>>,
}

#[derive(Debug, Clone)]
struct Listed {
    id: OrganId,
    code: String,
    name: String,
    ended_on: Option<String>,
}

impl Listed {
    /// Its name, with its last day where it is no more.
    fn told(&self) -> String {
        match &self.ended_on {
            Some(day) => format!("{}（至{}）", self.name, words::date(day)),
            None => self.name.clone(),
        }
    }
}

impl Organs {
    /// The organs of the site of `cx`; entries may be kept of those in `reach`, `None` is all of them.
    ///
    /// # Errors
    /// When the tables cannot be read.
    pub fn of(tx: &mut Tx<'_>, cx: &Cx, reach: Option<Vec<OrganId>>) -> Result<Organs> {
        let mut by_name = HashMap::new();
        // The newest bearer of a name comes last and stays.
        for (id, name) in organ::queries::every_name(tx, &cx.site_id)? {
            by_name.insert(name, id);
        }
        let mut listed = Vec::new();
        for organ in organ::queries::all(tx, &cx.site_id)? {
            by_name.insert(organ.name.clone(), organ.id.clone());
            listed.push(Listed {
                id: organ.id,
                code: organ.code,
                name: organ.name,
                ended_on: organ.valid_to_on,
            });
        }
        for organ in &listed {
            by_name.insert(organ.code.clone(), organ.id.clone());
        }
        Ok(Organs { listed, by_name, reach })
    }

    /// The organ of a code or a name.
    pub fn find(&self, text: &str) -> Option<&OrganId> {
        self.by_name.get(text)
    }

    /// Whether entries of this organ may be kept.
    pub fn reaches(&self, id: &OrganId) -> bool {
        self.reach.as_ref().is_none_or(|reach| reach.contains(id))
    }

    /// Name of an organ.
    pub fn name(&self, id: &OrganId) -> &str {
        self.listed(id).map_or("", |organ| organ.name.as_str())
    }

    /// Code of an organ: what forms keep of it.
    pub fn code(&self, id: &OrganId) -> &str {
        self.listed(id).map_or("", |organ| organ.code.as_str())
    }

    fn listed(&self, id: &OrganId) -> Option<&Listed> {
        self.listed.iter().find(|organ| organ.id == *id)
    }

    /// Code and name of the organs within reach, for a filter or the input of a form; those that are no more come last.
    pub fn choices(&self) -> Vec<(String, String)> {
        let reached = self.listed.iter().filter(|organ| self.reaches(&organ.id));
        let (present, past): (Vec<&Listed>, Vec<&Listed>) =
            reached.partition(|organ| organ.ended_on.is_none());
        present.into_iter().chain(past).map(|organ| (organ.code.clone(), organ.told())).collect()
    }

    /// The reach for a statement: `None` is everything, else the ids between bars, to be asked as
    /// `(cast($n as text) is null or $n like '%|' || organ_id || '|%')`.
    pub fn within(&self) -> Option<String> {
        let reach = self.reach.as_ref()?;
        let ids: Vec<&str> = reach.iter().map(|id| id.0.as_str()).collect();
        Some(format!("|{}|", ids.join("|")))
    }

    /// The same, narrowed to the organ of a code where one is given.
    pub fn narrowed(&self, code: &str) -> Option<String> {
        match self.find(code).filter(|id| self.reaches(id)) {
            Some(id) => Some(format!("|{}|", id.0)),
            None => self.within(),
        }
    }
}
