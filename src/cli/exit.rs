//! How the program ends.

use std::process::ExitCode;

/// What the exit code says. The numbers are part of the command-line contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Nothing to say.
    Clean,
    /// The job was done, and there are findings of the chosen severity (or, with `--check`, differences).
    Findings,
    /// The command line makes no sense.
    Usage,
    /// Some input could not be read, or some output not be written.
    Unreadable,
    /// A fault of this program.
    Internal,
}

impl Exit {
    /// The number.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Exit::Clean => 0,
            Exit::Findings => 1,
            Exit::Usage => 2,
            Exit::Unreadable => 3,
            Exit::Internal => 70,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit.code())
    }
}
