//! Progress of long work on standard error: a bar on a terminal, a line now and then elsewhere, so that a log file stays
//! readable.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar over `total` steps (bytes, rows) with a Chinese word for what is done.
pub struct Progress {
    bar: ProgressBar,
    words: &'static str,
    /// The next tenth at which a line is written when there is no terminal.
    next_tenth: std::cell::Cell<u64>,
}

impl Progress {
    /// Starts at nothing.
    pub fn start(words: &'static str, total: u64) -> Progress {
        let bar = ProgressBar::new(total);
        if std::io::stderr().is_terminal() {
            let style = ProgressStyle::with_template("{msg} [{bar:32}] {percent}% {eta}");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("=> "));
            bar.set_message(words);
        } else {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        Progress { bar, words, next_tenth: std::cell::Cell::new(1) }
    }

    /// How far the work has come.
    pub fn set(&self, position: u64) {
        self.bar.set_position(position);
        let total = self.bar.length().unwrap_or_default().max(1);
        let tenth = position * 10 / total;
        if self.bar.is_hidden() && tenth >= self.next_tenth.get() {
            eprintln!("{} {}%", self.words, (position * 100 / total).min(100));
            self.next_tenth.set(tenth + 1);
        }
    }

    /// Ends the bar.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
