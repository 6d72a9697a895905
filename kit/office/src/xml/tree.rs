//! A part as a tree, for parts whose elements have to be looked at more than once.
//!
//! It does NOT copy the text it was read from, and it cannot be changed.

use super::{Event, Pull};
use crate::{Limits, OfficeError};
use quick_xml::events::BytesStart;
use std::borrow::Cow;

/// A whole part; node 0 is above its outermost element.
pub(crate) struct Tree<'a> {
    nodes: Vec<Node<'a>>,
}

struct Node<'a> {
    content: Content<'a>,
    /// First child and next sibling; 0 where there is none.
    first: u32,
    next: u32,
}

enum Content<'a> {
    Element(BytesStart<'a>),
    Text(Cow<'a, str>),
}

/// One element of a tree.
#[derive(Clone, Copy)]
pub(crate) struct Element<'t> {
    tree: &'t Tree<'t>,
    start: &'t BytesStart<'t>,
    at: u32,
}

/// What stands inside an element.
enum Inside<'t> {
    Element(Element<'t>),
    Text(&'t str),
}

impl<'a> Tree<'a> {
    pub(crate) fn read(text: &'a str, part: &'a str, limits: &Limits) -> Result<Tree<'a>, OfficeError> {
        let mut pull = Pull::new(text, part, limits);
        let top = Node { content: Content::Element(BytesStart::new("")), first: 0, next: 0 };
        let mut nodes = vec![top];
        // The open elements, and the last child of each so far.
        let mut open: Vec<(u32, u32)> = vec![(0, 0)];
        loop {
            let content = match pull.step()? {
                Event::Open(start) => Content::Element(start),
                Event::Text(text) => Content::Text(text),
                Event::Close(_) => {
                    open.pop();
                    continue;
                }
                Event::Done => return Ok(Tree { nodes }),
            };
            let Some((parent, last)) = open.last_mut() else {
                return Err(OfficeError::damaged(part, "标记不配对"));
            };
            if let (Content::Text(more), Some(Content::Text(text))) =
                (&content, (*last != 0).then(|| &mut nodes[*last as usize].content))
            {
                text.to_mut().push_str(more);
                continue;
            }
            if nodes.len() >= limits.nodes {
                return Err(OfficeError::TooLarge { what: "文档元素数", limit: limits.nodes as u64 });
            }
            let at = nodes.len() as u32;
            match *last {
                0 => nodes[*parent as usize].first = at,
                before => nodes[before as usize].next = at,
            }
            *last = at;
            let is_element = matches!(content, Content::Element(_));
            nodes.push(Node { content, first: 0, next: 0 });
            if is_element {
                open.push((at, 0));
            }
        }
    }

    /// What is above the outermost element: its only child is that element.
    pub(crate) fn top<'t>(&'t self) -> Element<'t>
    where
        'a: 't,
    {
        Element::of(self, 0).unwrap_or_else(|| unreachable!("node 0 is an element"))
    }
}

impl<'t> Element<'t> {
    fn of(tree: &'t Tree<'t>, at: u32) -> Option<Element<'t>> {
        match &tree.nodes.get(at as usize)?.content {
            Content::Element(start) => Some(Element { tree, start, at }),
            Content::Text(_) => None,
        }
    }

    /// The name without its prefix.
    pub(crate) fn name(self) -> &'t str {
        super::tag(self.start)
    }

    /// An attribute by its name without prefix.
    pub(crate) fn attribute(self, name: &str) -> Option<Cow<'t, str>> {
        super::attribute(self.start, name)
    }

    /// An attribute that has a prefix, such as `r:id` beside `id`.
    pub(crate) fn prefixed(self, name: &str) -> Option<Cow<'t, str>> {
        super::prefixed(self.start, name)
    }

    /// The `val` of the child with this name, such as `<w:jc w:val="center"/>`.
    pub(crate) fn value(self, child: &str) -> Option<Cow<'t, str>> {
        self.child(child)?.attribute("val")
    }

    /// Elements and text inside, in order.
    fn inside(self) -> impl Iterator<Item = Inside<'t>> {
        let tree = self.tree;
        let some = |at: u32| (at != 0).then_some(at);
        let first = some(tree.nodes[self.at as usize].first);
        let all = std::iter::successors(first, move |&at| some(tree.nodes[at as usize].next));
        all.map(move |at| match &tree.nodes[at as usize].content {
            Content::Element(start) => Inside::Element(Element { tree, start, at }),
            Content::Text(text) => Inside::Text(text),
        })
    }

    /// The elements inside.
    pub(crate) fn children(self) -> impl Iterator<Item = Element<'t>> {
        self.inside().filter_map(|inside| match inside {
            Inside::Element(element) => Some(element),
            Inside::Text(_) => None,
        })
    }

    /// The first element inside with this name.
    pub(crate) fn child(self, name: &str) -> Option<Element<'t>> {
        self.children().find(|child| child.name() == name)
    }

    /// Every element below with this name, in the order of the text.
    pub(crate) fn below(self, name: &str) -> impl Iterator<Item = Element<'t>> {
        self.every().filter(move |element| element.name() == name)
    }

    /// Every element below, in the order of the text.
    pub(crate) fn every(self) -> impl Iterator<Item = Element<'t>> {
        let mut waiting: Vec<Element<'t>> = self.children().collect();
        waiting.reverse();
        std::iter::from_fn(move || {
            let element = waiting.pop()?;
            let from = waiting.len();
            waiting.extend(element.children());
            waiting[from..].reverse();
            Some(element)
        })
    }

    /// The text directly inside.
    pub(crate) fn own_text(self) -> Cow<'t, str> {
        let mut texts = self.inside().filter_map(|inside| match inside {
            Inside::Text(text) => Some(text),
            Inside::Element(_) => None,
        });
        let first = texts.next().unwrap_or_default();
        match texts.next() {
            None => Cow::Borrowed(first),
            Some(second) => Cow::Owned([first, second].into_iter().chain(texts).collect()),
        }
    }

    /// The text of every `t` below: what a person reads.
    pub(crate) fn text(self) -> String {
        self.below("t").map(Element::own_text).collect()
    }
}
