#![no_main]

libfuzzer_sys::fuzz_target!(
    // The fuzzer aborts on every panic, also on those of the Markdown parser, which are caught and reported.
    init: spgen::render::mdx::silence_parser(),
    |data: &[u8]| spgen_fuzz::pages(data)
);
