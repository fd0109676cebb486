//! The command line: arguments in, exit code out. Data goes to stdout, everything else to stderr.

pub mod config;
