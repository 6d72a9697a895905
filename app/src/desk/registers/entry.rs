//! The form of one entry: inputs from the declared fields, with what stands in them and what is wrong with it. Which of them stand
//! where is said by the template of each register.

use kit_web::forms::{Form, FormErrors};

use crate::register::{Fault, Field, Kind, Organs, Row, missing, yuan};

/// Longer texts get an area instead of a line.
const LINE: usize = 500;

/// An entry as its form shows it.
pub struct Entry {
    inputs: Vec<Input>,
    /// What is wrong.
    pub errors: FormErrors,
}

/// One input.
pub struct Input {
    /// Name in the form.
    pub name: &'static str,
    /// Its label.
    pub label: &'static str,
    /// Whether it must be filled in.
    pub required: bool,
    /// What else to know about it.
    pub note: &'static str,
    /// What stands in it.
    pub value: String,
    /// How it is entered.
    pub shape: Shape,
}

/// How something is entered.
pub enum Shape {
    /// A line of so many characters.
    Line(usize),
    /// Several lines.
    Area(usize),
    /// A day.
    Day,
    /// A whole number.
    Number,
    /// Yuan.
    Yuan,
    /// One of some, by their codes.
    Choice(Vec<(String, String)>),
}

impl Entry {
    /// A form in which `value` says what stands in each field, as it is kept: codes of choices, ids of organs, fen.
    pub fn showing(
        fields: &'static [Field],
        organs: &Organs,
        value: impl Fn(&'static str) -> String,
    ) -> Entry {
        let shown = |field: &Field| {
            let kept = value(field.name);
            match field.kind {
                Kind::Money => kept.parse().map(yuan).unwrap_or_default(),
                Kind::Organ => organs.code(&crate::id::OrganId(kept)).to_owned(),
                _ => kept,
            }
        };
        Entry {
            inputs: fields.iter().map(|field| input(field, organs, shown(field))).collect(),
            errors: FormErrors::default(),
        }
    }

    /// An empty form; where only one organ can be chosen it is.
    pub fn empty(fields: &'static [Field], organs: &Organs) -> Entry {
        let mut entry = Entry::showing(fields, organs, |_| String::new());
        for input in &mut entry.inputs {
            if let Shape::Choice(options) = &input.shape
                && let ([(code, _)], true) = (options.as_slice(), input.required)
            {
                input.value.clone_from(code);
            }
        }
        entry
    }

    /// What was sent.
    ///
    /// # Errors
    /// The form again, with what is wrong beside each field.
    pub fn read(fields: &'static [Field], organs: &Organs, form: &Form) -> Result<Row, Entry> {
        let cells = fields.iter().map(|field| form.text(field.name)).collect();
        Row::read(0, fields, cells, organs).map_err(|faults| Entry::sent(fields, organs, form).with(faults))
    }

    /// The form as it was sent.
    pub fn sent(fields: &'static [Field], organs: &Organs, form: &Form) -> Entry {
        Entry {
            inputs: fields.iter().map(|field| input(field, organs, form.text(field.name))).collect(),
            errors: FormErrors::default(),
        }
    }

    /// The same form with what is wrong.
    #[must_use]
    pub fn with(mut self, faults: impl IntoIterator<Item = Fault>) -> Entry {
        for fault in faults {
            let Fault { field, head, mut mend, .. } = fault;
            let is_choice = |input: &Input| input.name == field && matches!(input.shape, Shape::Choice(_));
            // What is chosen from a list is not filled in.
            if mend == missing(head) && self.inputs.iter().any(is_choice) {
                mend = format!("请选择{head}");
            }
            self.errors.add(field, mend);
        }
        self
    }

    /// Writes something into an input.
    pub fn set(&mut self, name: &str, value: String) {
        if let Some(input) = self.inputs.iter_mut().find(|input| input.name == name) {
            input.value = value;
        }
    }

    /// The input of a field.
    pub fn input(&self, name: &str) -> Option<&Input> {
        let input = self.inputs.iter().find(|input| input.name == name);
        debug_assert!(input.is_some(), "no field is called {name}");
        input
    }
}

fn input(field: &Field, organs: &Organs, value: String) -> Input {
    let pairs = |options: &[(&str, &str)]| {
        options.iter().map(|(code, words)| ((*code).to_owned(), (*words).to_owned())).collect()
    };
    let shape = match field.kind {
        Kind::Text(most) if most > LINE => Shape::Area(most),
        Kind::Text(most) => Shape::Line(most),
        Kind::Date => Shape::Day,
        Kind::Integer => Shape::Number,
        Kind::Money => Shape::Yuan,
        Kind::Choice(options) => Shape::Choice(pairs(options)),
        Kind::Organ => Shape::Choice(organs.choices()),
    };
    Input { name: field.name, label: field.head, required: field.required, note: field.note, value, shape }
}
