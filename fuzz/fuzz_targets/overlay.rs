#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| spgen_fuzz::overlay(data));
