//! What people see: data on stdout, everything else on stderr, colour only where it is wanted.

use std::io::{self, IsTerminal, Write};

use crate::diagnostic::{Diagnostic, Severity, Style, counted, render};
use crate::source::Sources;

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How much is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Volume {
    /// Errors only.
    Quiet,
    /// Errors, the first of the other findings, a summary.
    Normal,
    /// Everything.
    Verbose,
}

/// Warnings and notes shown before the rest is only counted.
const SHOWN_FINDINGS: usize = 10;

/// Where messages go.
#[derive(Debug, Clone, Copy)]
pub struct Console {
    style: Style,
    data_style: Style,
    volume: Volume,
}

impl Console {
    /// A console for the given wishes.
    #[must_use]
    pub fn new(color: Color, volume: Volume) -> Self {
        let style = |is_terminal: bool| match color {
            Color::Always => Style::Colored,
            Color::Auto if std::env::var_os("NO_COLOR").is_none() && is_terminal => Style::Colored,
            Color::Auto | Color::Never => Style::Plain,
        };
        Console {
            style: style(io::stderr().is_terminal()),
            data_style: style(io::stdout().is_terminal()),
            volume,
        }
    }

    /// How text for people on stdout is dressed.
    #[must_use]
    pub fn data_style(&self) -> Style {
        self.data_style
    }

    /// How much is said.
    #[must_use]
    pub fn volume(&self) -> Volume {
        self.volume
    }

    /// Everything that decides on how findings look.
    #[must_use]
    pub fn dress(&self) -> (Style, Volume) {
        (self.style, self.volume)
    }

    /// Data, for stdout. A closed pipe is not an error.
    pub fn data(&self, text: &str) {
        let _ = io::stdout().lock().write_all(text.as_bytes());
    }

    /// A line for people, unless they want quiet.
    pub fn say(&self, line: &str) {
        if self.volume > Volume::Quiet {
            self.line(line);
        }
    }

    /// A line for people who want to know everything.
    pub fn detail(&self, line: &str) {
        if self.volume == Volume::Verbose {
            self.line(line);
        }
    }

    /// An error without a place.
    pub fn error(&self, message: &str) {
        self.line(&format!("error: {message}"));
    }

    /// A line that takes the place of the last one like it; for terminals.
    pub fn overwrite(&self, line: &str) {
        let _ = write!(io::stderr().lock(), "\r\x1b[2K{line}");
    }

    fn line(&self, line: &str) {
        let _ = writeln!(io::stderr().lock(), "{line}");
    }

    /// Findings: all errors, the first warnings and notes, and a count of the rest.
    pub fn findings(&self, findings: &[Diagnostic], sources: &Sources) {
        self.shown(&self.findings_text(findings, sources));
    }

    /// What [`Console::findings`] shows.
    #[must_use]
    pub fn findings_text(&self, findings: &[Diagnostic], sources: &Sources) -> String {
        let (errors, others): (Vec<_>, Vec<_>) = findings
            .iter()
            .cloned()
            .partition(|finding| finding.severity == Severity::Error);
        let shown = match self.volume {
            Volume::Quiet => 0,
            Volume::Normal => SHOWN_FINDINGS.min(others.len()),
            Volume::Verbose => others.len(),
        };
        let hidden = others.len() - shown;
        let mut worst_first = others;
        worst_first.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        let visible: Vec<Diagnostic> = errors.into_iter().chain(worst_first.into_iter().take(shown)).collect();
        let mut text = String::new();
        if !visible.is_empty() {
            text.push_str(render(&visible, sources, self.style).trim_end());
            text.push('\n');
        }
        if hidden > 0 && self.volume > Volume::Quiet {
            text.push_str(&format!(
                "… and {} (-v shows them all)\n",
                counted(hidden, "more finding")
            ));
        }
        text
    }

    /// Lines that stand as they are to be shown.
    pub fn shown(&self, text: &str) {
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }
}
