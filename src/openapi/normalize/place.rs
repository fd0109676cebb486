//! Where a walk stands: a chain on the stack that becomes a JSON pointer only when somebody asks.

use std::fmt::Write as _;

use crate::source::pointer;

/// A place in a document. Costs nothing until [`Place::pointer`] is called.
#[derive(Debug, Clone, Copy)]
pub(in crate::openapi) struct Place<'a> {
    parent: Option<&'a Place<'a>>,
    step: Step<'a>,
}

#[derive(Debug, Clone, Copy)]
enum Step<'a> {
    /// A pointer that is already text: the start of a walk.
    Start(&'a str),
    Key(&'a str),
    Index(usize),
}

impl<'a> Place<'a> {
    /// The start of a walk at a pointer, `""` for the whole document.
    pub(in crate::openapi) fn start(pointer: &'a str) -> Place<'a> {
        Place {
            parent: None,
            step: Step::Start(pointer),
        }
    }

    /// The place under a key.
    pub(in crate::openapi) fn key(&'a self, key: &'a str) -> Place<'a> {
        Place {
            parent: Some(self),
            step: Step::Key(key),
        }
    }

    /// The place at an index.
    pub(in crate::openapi) fn index(&'a self, index: usize) -> Place<'a> {
        Place {
            parent: Some(self),
            step: Step::Index(index),
        }
    }

    /// The key by which this place was reached, when it was one.
    pub(in crate::openapi) fn own_key(&self) -> Option<&'a str> {
        match self.step {
            Step::Key(key) => Some(key),
            _ => None,
        }
    }

    /// The place above.
    pub(in crate::openapi) fn parent(&self) -> Option<&'a Place<'a>> {
        self.parent
    }

    /// Whether this is where the walk began.
    pub(in crate::openapi) fn is_start(&self) -> bool {
        self.parent.is_none()
    }

    /// The JSON pointer from the root of the document.
    pub(in crate::openapi) fn pointer(&self) -> String {
        let mut steps = Vec::new();
        let mut place = Some(self);
        while let Some(here) = place {
            steps.push(here.step);
            place = here.parent;
        }
        let mut pointer = String::new();
        for step in steps.iter().rev() {
            match step {
                Step::Start(text) => pointer.push_str(text),
                Step::Key(key) => {
                    pointer.push('/');
                    pointer.push_str(&pointer::escape(key));
                }
                // Writing into a `String` cannot fail.
                Step::Index(index) => drop(write!(pointer, "/{index}")),
            }
        }
        pointer
    }
}
