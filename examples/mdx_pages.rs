//! Pages made at random, each with the verdict of the MDX check, as lines of JSON: `.ci/site-mdx.mjs` asks the compiler
//! that Docusaurus uses about the same pages.
//!
//! `cargo run --example mdx_pages -- SEED COUNT`

use std::io::Write as _;

use spgen::render::mdx;

/// Lines as templates and people write them, and lines that break pages.
const LINES: [&str; 62] = [
    "",
    "",
    "",
    "text",
    "a `code` b",
    "# A",
    "## `SELECT` examples",
    "- item",
    "1. item",
    "> quote",
    "---",
    "***",
    "| a | b |",
    "|---|---|",
    "| c | d |",
    "```sql",
    "```",
    "````",
    "  ```",
    "~~~",
    "SELECT '{{}}' < b;",
    "    indented",
    "<table>",
    "</table>",
    "<tbody>",
    "</tbody>",
    "<tr><td>a</td></tr>",
    "<tr><td>a</tr>",
    "<tr id=\"x\"><td><CopyableCode code=\"a\" /></td></tr>",
    "<div className=\"row\">",
    "</div>",
    "<TabItem value=\"a\">",
    "</TabItem>",
    "<Tabs",
    "    values={[",
    "        { label: \"a\", value: \"a\" },",
    "    ]}",
    ">",
    "<SchemaTable fields={[{\"a\":\"}\"}]} />",
    "import A from 'a';",
    "import B from 'b'",
    "export const c = [1]",
    "import a b",
    "{",
    "}",
    "{}",
    "{/* a */}",
    "{'a'}",
    "{1 2}",
    "{[1,]}",
    "<br>",
    "<br />",
    "<b>a</b>",
    "<b>a",
    "a</b>",
    "<!-- a -->",
    "<https://example.com>",
    ":::note",
    ":::",
    "a < b",
    "<",
    "&lt;",
];

/// What stands inside a line.
const PIECES: [&str; 24] = [
    "a", " ", "b", "<", ">", "{", "}", "`", "``", "*", "_", "[", "]", "(", ")", "\\", "|", "&", "\"", "'", "/", "<b>",
    "</b>", "{}",
];

/// A sequence of numbers that is the same for the same seed (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).map_or(0, |number| number % end)
    }
}

fn page(numbers: &mut Numbers) -> String {
    let count = 1 + numbers.below(8);
    let lines: Vec<String> = (0..count)
        .map(|_| {
            if numbers.below(4) > 0 {
                return LINES[numbers.below(LINES.len())].to_owned();
            }
            let length = 1 + numbers.below(8);
            (0..length).map(|_| PIECES[numbers.below(PIECES.len())]).collect()
        })
        .collect();
    lines.join("\n")
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    mdx::silence_parser();
    let mut arguments = std::env::args().skip(1);
    let mut number = || arguments.next().ok_or("two numbers are wanted: SEED COUNT");
    let (seed, count): (u64, usize) = (number()?.parse()?, number()?.parse()?);
    let mut numbers = Numbers(seed.max(1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let mut out = std::io::stdout().lock();
    for _ in 0..count {
        let page = page(&mut numbers);
        let refusal = mdx::check("page", &page).err().map(|error| error.reason);
        writeln!(out, "{}", serde_json::json!({ "page": page, "refusal": refusal }))?;
    }
    Ok(())
}
