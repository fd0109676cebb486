//! What several integration tests need; each uses some of it.
#![allow(dead_code, reason = "every test program compiles all of it")]

pub(crate) mod cases;
pub(crate) mod data;
pub(crate) mod documents;
pub(crate) mod golden;
pub(crate) mod grammar;
