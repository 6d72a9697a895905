//! The words of a page, in the order in which the page draws them.
//!
//! Where words stand decides whether a blank or a new line is between them, so that the digits of a number stay
//! together and those of two cells do not. It does NOT sort columns.

use super::font::Font;
use super::lexer::{Lexer, Token};
use crate::OfficeError;
use lopdf::{DecompressError, Dictionary, Document, Object, ObjectId, Stream};
use std::collections::HashMap;
use std::rc::Rc;

/// Forms inside forms: no honest page goes deeper.
const DEEPEST_FORM: usize = 12;
const DEEPEST_STATE: usize = 256;
/// Operands of one operator; more are dropped.
const MOST_OPERANDS: usize = 20_000;
/// Operators of one file.
const MOST_OPERATORS: usize = 50_000_000;

/// A change of place, as PDF writes it.
type Matrix = [f32; 6];

const UNMOVED: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn times(a: Matrix, b: Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

#[derive(Clone)]
struct State {
    place: Matrix,
    font: Option<Rc<Font>>,
    size: f32,
    between_characters: f32,
    between_words: f32,
    stretch: f32,
    leading: f32,
}

/// Where the last character ended.
#[derive(Clone, Copy)]
struct Pen {
    x: f32,
    y: f32,
    height: f32,
}

/// Reads pages of one file; what they share is kept.
pub(super) struct Reader<'d> {
    document: &'d Document,
    /// By the place of their dictionaries.
    fonts: HashMap<*const Dictionary, Rc<Font>>,
    operators_left: usize,
    bytes: usize,
    bytes_left: usize,
    text: usize,
    text_left: usize,
}

/// One page, or one form, while it is read.
struct Run {
    state: State,
    states: Vec<State>,
    line: Matrix,
    text: Matrix,
}

impl<'d> Reader<'d> {
    pub(super) fn new(document: &'d Document, bytes: usize, text: usize) -> Reader<'d> {
        let fonts = HashMap::new();
        let operators_left = MOST_OPERATORS;
        Reader { document, fonts, operators_left, bytes, bytes_left: bytes, text, text_left: text }
    }

    /// The words of a page.
    pub(super) fn page(&mut self, id: ObjectId) -> Result<String, OfficeError> {
        let mut out = Written { text: String::new(), pen: None };
        let Ok(page) = self.document.get_dictionary(id) else {
            return Ok(out.text);
        };
        let resources = self.inherited_resources(page);
        // The pieces of a page are one program, cut anywhere between two signs.
        let mut program = Vec::new();
        for stream in self.streams(page) {
            program.extend(self.unpack(stream)?);
            program.push(b'\n');
        }
        self.program(&program, resources, UNMOVED, 0, &mut out)?;
        self.text_left -= out.text.len().min(self.text_left);
        Ok(out.text)
    }

    fn streams(&self, page: &'d Dictionary) -> Vec<&'d Stream> {
        let one = |object: &'d Object| self.document.dereference(object).ok()?.1.as_stream().ok();
        match page.get_deref(b"Contents", self.document) {
            Ok(Object::Array(list)) => list.iter().filter_map(one).collect(),
            Ok(Object::Stream(stream)) => vec![stream],
            _ => Vec::new(),
        }
    }

    fn inherited_resources(&self, page: &'d Dictionary) -> Option<&'d Dictionary> {
        let mut node = page;
        for _ in 0..64 {
            if let Ok(resources) = node.get_deref(b"Resources", self.document).and_then(Object::as_dict) {
                return Some(resources);
            }
            node = node.get_deref(b"Parent", self.document).and_then(Object::as_dict).ok()?;
        }
        None
    }

    /// A stream's content, charged to the budget of the file; nothing for one that cannot be unpacked.
    fn unpack(&mut self, stream: &Stream) -> Result<Vec<u8>, OfficeError> {
        match stream.decompressed_content_with_limit(self.bytes_left) {
            Ok(content) => {
                self.bytes_left -= content.len().min(self.bytes_left);
                Ok(content)
            }
            Err(lopdf::Error::Decompress(DecompressError::MemoryLimitExceeded { .. })) => {
                Err(OfficeError::TooLarge { what: "解压后字节数", limit: self.bytes as u64 })
            }
            Err(_) => Ok(Vec::new()),
        }
    }

    fn program(
        &mut self,
        program: &[u8],
        resources: Option<&'d Dictionary>,
        place: Matrix,
        depth: usize,
        out: &mut Written,
    ) -> Result<(), OfficeError> {
        let state = State {
            place,
            font: None,
            size: 0.0,
            between_characters: 0.0,
            between_words: 0.0,
            stretch: 1.0,
            leading: 0.0,
        };
        let mut run = Run { state, states: Vec::new(), line: UNMOVED, text: UNMOVED };
        let mut operands: Vec<Token<'_>> = Vec::new();
        let mut lexer = Lexer::new(program);
        while let Some(token) = lexer.next() {
            let Token::Operator(operator) = token else {
                if operands.len() < MOST_OPERANDS {
                    operands.push(token);
                }
                continue;
            };
            let too_long = OfficeError::TooLarge { what: "页面指令数", limit: MOST_OPERATORS as u64 };
            self.operators_left = self.operators_left.checked_sub(1).ok_or(too_long)?;
            match operator {
                b"ID" => lexer.skip_picture(),
                b"Do" => self.form(&operands, resources, run.state.place, depth, out)?,
                b"Tf" => {
                    run.state.size = last_number(&operands);
                    run.state.font = self.font(&operands, resources);
                }
                operator => run.operate(operator, &operands, out),
            }
            if out.text.len() > self.text_left {
                return Err(OfficeError::TooLarge { what: "文字字节数", limit: self.text as u64 });
            }
            operands.clear();
        }
        Ok(())
    }

    /// A piece of page that pages share.
    fn form(
        &mut self,
        operands: &[Token<'_>],
        resources: Option<&'d Dictionary>,
        place: Matrix,
        depth: usize,
        out: &mut Written,
    ) -> Result<(), OfficeError> {
        let Some(form) =
            self.resource(b"XObject", operands, resources).and_then(|form| form.as_stream().ok())
        else {
            return Ok(());
        };
        let is_form = form.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Form");
        if !is_form || depth >= DEEPEST_FORM {
            return Ok(());
        }
        let own = form.dict.get_deref(b"Resources", self.document).and_then(Object::as_dict).ok();
        let mut matrix = UNMOVED;
        if let Ok(list) = form.dict.get_deref(b"Matrix", self.document).and_then(Object::as_array) {
            for (value, number) in matrix.iter_mut().zip(list) {
                *value = number.as_float().unwrap_or(*value);
            }
        }
        let program = self.unpack(form)?;
        self.program(&program, own.or(resources), times(matrix, place), depth + 1, out)
    }

    fn font(&mut self, operands: &[Token<'_>], resources: Option<&'d Dictionary>) -> Option<Rc<Font>> {
        let dictionary = self.resource(b"Font", operands, resources)?.as_dict().ok()?;
        let document = self.document;
        let known = self.fonts.entry(std::ptr::from_ref(dictionary));
        Some(Rc::clone(known.or_insert_with(|| Rc::new(Font::read(dictionary, document)))))
    }

    /// What the first name among the operands stands for.
    fn resource(
        &self,
        kind: &[u8],
        operands: &[Token<'_>],
        resources: Option<&'d Dictionary>,
    ) -> Option<&'d Object> {
        let name = operands.iter().find_map(|token| match token {
            Token::Name(name) => Some(name),
            _ => None,
        })?;
        let all = resources?.get_deref(kind, self.document).ok()?.as_dict().ok()?;
        all.get_deref(name, self.document).ok()
    }
}

fn numbers<const N: usize>(operands: &[Token<'_>]) -> Option<[f32; N]> {
    let mut all = operands.iter().rev().filter_map(|token| match token {
        Token::Number(number) => Some(*number),
        _ => None,
    });
    let mut found = [0.0; N];
    for place in found.iter_mut().rev() {
        *place = all.next()?;
    }
    Some(found)
}

fn last_number(operands: &[Token<'_>]) -> f32 {
    numbers::<1>(operands).map_or(0.0, |[number]| number)
}

impl Run {
    fn operate(&mut self, operator: &[u8], operands: &[Token<'_>], out: &mut Written) {
        let number = || last_number(operands);
        match operator {
            b"q" if self.states.len() < DEEPEST_STATE => self.states.push(self.state.clone()),
            b"Q" => self.state = self.states.pop().unwrap_or_else(|| self.state.clone()),
            b"cm" => {
                if let Some(matrix) = numbers(operands) {
                    self.state.place = times(matrix, self.state.place);
                }
            }
            b"BT" => self.begin_at(UNMOVED),
            b"Tm" => self.begin_at(numbers(operands).unwrap_or(self.line)),
            b"Td" => self.next_line(operands),
            b"TD" => {
                self.state.leading = -number();
                self.next_line(operands);
            }
            b"TL" => self.state.leading = number(),
            b"T*" => self.new_line(),
            b"Tc" => self.state.between_characters = number(),
            b"Tw" => self.state.between_words = number(),
            b"Tz" => self.state.stretch = number() / 100.0,
            b"Tj" | b"TJ" => self.show(operands, out),
            b"'" => {
                self.new_line();
                self.show(operands, out);
            }
            b"\"" => {
                if let Some([words, characters]) = numbers(operands) {
                    (self.state.between_words, self.state.between_characters) = (words, characters);
                }
                self.new_line();
                self.show(&operands[operands.len().saturating_sub(1)..], out);
            }
            _ => {}
        }
    }

    fn begin_at(&mut self, matrix: Matrix) {
        (self.line, self.text) = (matrix, matrix);
    }

    fn next_line(&mut self, operands: &[Token<'_>]) {
        if let Some([x, y]) = numbers(operands) {
            self.begin_at(times([1.0, 0.0, 0.0, 1.0, x, y], self.line));
        }
    }

    fn new_line(&mut self) {
        self.begin_at(times([1.0, 0.0, 0.0, 1.0, 0.0, -self.state.leading], self.line));
    }

    fn move_on(&mut self, by: f32) {
        self.text = times([1.0, 0.0, 0.0, 1.0, by, 0.0], self.text);
    }

    fn show(&mut self, operands: &[Token<'_>], out: &mut Written) {
        for token in operands {
            match token {
                Token::Number(number) => {
                    self.move_on(-number / 1_000.0 * self.state.size * self.state.stretch)
                }
                Token::Text(bytes) => self.show_text(bytes, out),
                _ => {}
            }
        }
    }

    fn show_text(&mut self, bytes: &[u8], out: &mut Written) {
        let Some(font) = self.state.font.clone() else {
            return;
        };
        font.each(bytes, |number, code, width| {
            let before = self.pen();
            let space = if code == b" " { self.state.between_words } else { 0.0 };
            let advance = width / 1_000.0 * self.state.size + self.state.between_characters + space;
            self.move_on(advance * self.state.stretch);
            out.put(before, self.pen(), |text| font.push(number, code, text));
        });
    }

    fn pen(&self) -> Pen {
        let m = times(self.text, self.state.place);
        Pen { x: m[4], y: m[5], height: self.state.size.abs() * (m[2] * m[2] + m[3] * m[3]).sqrt() }
    }
}

/// The words so far.
struct Written {
    text: String,
    pen: Option<Pen>,
}

impl Written {
    /// Adds a character that reaches from one place to another, after the blank that the gap before it stands for.
    fn put(&mut self, from: Pen, to: Pen, write: impl FnOnce(&mut String)) {
        let mut character = String::new();
        write(&mut character);
        if character.is_empty() {
            return;
        }
        if let Some(last) = self.pen {
            let height = last.height.min(from.height).max(0.1);
            let gap = from.x - last.x;
            let blank = match () {
                () if (from.y - last.y).abs() > height * 0.6 => "\n",
                () if gap > height * 0.35 || gap < -height * 0.8 => " ",
                () => "",
            };
            if !self.text.ends_with([' ', '\n']) && (blank == "\n" || character != " ") {
                self.text.push_str(blank);
            }
        }
        self.text.push_str(&character);
        self.pen = Some(to);
    }
}
