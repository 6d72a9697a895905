//! Typeset documents: a typst source and its data in, a tagged PDF out. It knows nothing of what the document says, has
//! no network and no clock of its own.
