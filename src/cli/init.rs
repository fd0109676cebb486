//! `spgen init`: a first configuration for descriptions, to be read and corrected by a person.

mod config_text;
mod copies;

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::build::{CONFIG_FILE, Format, SplitArg, check_name, has_errors};
use super::console::Console;
use super::exit::Exit;
use super::job::{self, SplitChoice};
use super::{pin, pipeline};
use crate::diagnostic::counted;
use crate::mapping::{self, Conventions, SURE, Table};
use crate::openapi::split::{Proposal, alternative_splits, proposed_sizes};
use crate::openapi::{self, NormalizeOptions, Spec, SplitRules};
use crate::output::{self, Mode};
use crate::provider::build::guess_auth;
use crate::source::Sources;
use config_text::Guess;

/// Services that the text form lists.
const LISTED_SERVICES: usize = 40;

/// Write a first spgen.yaml for OpenAPI files: commented, with servers, authentication and services guessed, a copy of
/// the files and a first mapping.
///
/// Then correct what was guessed wrong, and run `spgen build DIR`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spgen init openapi.yaml --provider acme --out provider/spec/acme
  spgen init shop.yaml users.json --provider acme --out acme --no-copy
  spgen init openapi.yaml --provider acme --out acme --split path")]
pub struct Args {
    /// The OpenAPI files.
    #[arg(required = true, value_name = "SPEC")]
    specs: Vec<PathBuf>,
    /// Name of the provider.
    #[arg(long, value_name = "NAME")]
    provider: String,
    /// Folder for the configuration.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// How to divide operations into services, instead of the guess.
    #[arg(long, value_name = "BY", value_enum)]
    split: Option<SplitArg>,
    /// Refer to the files where they are instead of copying them.
    #[arg(long)]
    no_copy: bool,
    /// A file that stands for a remote document: nothing is fetched from the network.
    #[arg(long, value_name = "URL=FILE", value_parser = job::parse_reference)]
    reference: Vec<(String, PathBuf)>,
    /// Replace a configuration that is there.
    #[arg(long)]
    force: bool,
    /// Form of the proposal on stdout.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn run(args: &Args, console: &Console) -> Exit {
    let usage = |message: &str| {
        console.error(message);
        Exit::Usage
    };
    if let Err(message) = check_name(&args.provider) {
        return usage(&message);
    }
    if !args.force && args.out.join(CONFIG_FILE).exists() {
        return usage(&format!(
            "`{}` is there already; `--force` replaces it",
            args.out.join(CONFIG_FILE).display()
        ));
    }
    let references: BTreeMap<String, PathBuf> = args.reference.iter().cloned().collect();
    let mut sources = Sources::default();
    let mut read = Vec::new();
    let mut findings = Vec::new();
    for spec in &args.specs {
        match job::read_sources(std::slice::from_ref(spec), &references, &mut sources) {
            Ok((documents, found)) => {
                read.extend(documents);
                findings.extend(found);
            }
            Err(failures) => {
                console.findings(&failures, &sources);
                return Exit::Unreadable;
            }
        }
    }
    let kept = match copies::plan(&args.specs, &references, &args.out, args.no_copy, &sources) {
        Ok(kept) => kept,
        Err(copies::Trouble::Usage(message)) => return usage(&message),
        Err(copies::Trouble::Unreadable(finding)) => {
            console.findings(&[finding], &sources);
            return Exit::Unreadable;
        }
    };
    let pinned: Vec<pin::Pinned> = kept
        .sources
        .iter()
        .zip(&read)
        .map(|(path, document)| pin::pinned(path, std::slice::from_ref(document)))
        .collect();
    let split = match args.split {
        Some(by) => by.choice(&args.provider),
        None => SplitChoice::Proposed(SplitRules::default()),
    };
    let understood = pipeline::understand(read.clone(), &NormalizeOptions::default());
    findings.extend(understood.findings);
    let rules = pipeline::split_rules(&split, &understood.specs, &args.provider);
    let proposals = Proposals::of(&understood.specs, &rules, &args.provider);
    // Before the split: it leaves out schemes that no operation names.
    let auth = understood
        .specs
        .iter()
        .find_map(|(_, spec)| guess_auth(spec, &args.provider));
    let services = openapi::split(understood.specs, &rules);
    let outcome = mapping::infer(&services, &Table::default(), &Conventions::default());
    findings.extend(outcome.findings);

    let guess = Guess::of(&args.provider, auth, &read, &services);
    let mut tree = kept.files;
    let config = config_text::text(&guess, &kept.sources, &kept.references, &pinned, &proposals, &args.out);
    tree.insert_shared(CONFIG_FILE, config);
    tree.insert_shared("mapping.csv", outcome.table.to_csv());
    tree.insert_shared(pin::PIN_FILE, pin::to_csv(&pinned));
    let written: Vec<String> = tree.paths().map(str::to_owned).collect();
    if let Err(error) = output::apply(&tree, &args.out, "init", Mode::Write) {
        console.error(&error.to_string());
        return Exit::Unreadable;
    }
    console.findings(&findings, &sources);
    let doubts = mapping::summary(&outcome.table, SURE).doubts.len();
    match args.format {
        Format::Json => {
            let whole = serde_json::json!({
                "provider": args.provider,
                "operations": outcome.ledger.len(),
                "sizes": proposals.chosen.sizes,
                "split": config_text::split_word(&proposals.chosen.rules),
                "services": proposals.chosen.services.iter()
                    .map(|(name, operations)| serde_json::json!({"name": name, "operations": operations}))
                    .collect::<Vec<_>>(),
                "alternatives": proposals.others.iter()
                    .map(|other| serde_json::json!({
                        "split": config_text::split_word(&other.rules), "sizes": other.sizes
                    }))
                    .collect::<Vec<_>>(),
                "auth": guess.auth,
                "doubtful_rows": doubts,
                "files": written,
            });
            console.data(&format!("{whole:#}\n"));
        }
        Format::Text => console.data(&proposals.to_text(&args.provider, outcome.ledger.len())),
    }
    for file in &written {
        console.detail(&format!("  wrote {}", args.out.join(file).display()));
    }
    console.say(&format!(
        "{} in {}; read {CONFIG_FILE}, look at {} of mapping.csv, then `spgen build {}`",
        counted(written.len(), "file"),
        args.out.display(),
        counted(doubts, "doubtful row"),
        args.out.display()
    ));
    if has_errors(&findings) {
        Exit::Findings
    } else {
        Exit::Clean
    }
}

/// The split that the configuration gets, and what else there was to choose from.
struct Proposals {
    chosen: Proposal,
    others: Vec<Proposal>,
}

impl Proposals {
    fn of(specs: &[(String, Spec)], chosen: &SplitRules, provider: &str) -> Self {
        let mut others = alternative_splits(specs, Some(provider));
        others.retain(|other| other.rules.by != chosen.by);
        Proposals {
            chosen: proposed_sizes(specs, chosen.clone()),
            others,
        }
    }

    fn to_text(&self, provider: &str, operations: usize) -> String {
        let mut text = format!(
            "{provider}: {}\n{}\n",
            counted(operations, "operation"),
            self.chosen.sizes
        );
        let width = self
            .chosen
            .services
            .iter()
            .take(LISTED_SERVICES)
            .map(|(name, _)| name.len())
            .max()
            .unwrap_or(0);
        for (name, operations) in self.chosen.services.iter().take(LISTED_SERVICES) {
            text.push_str(&format!("  {name:width$}  {operations}\n"));
        }
        if self.chosen.services.len() > LISTED_SERVICES {
            text.push_str(&format!(
                "  … and {} more\n",
                self.chosen.services.len() - LISTED_SERVICES
            ));
        }
        text.push_str(&format!("split by {}\n", config_text::split_word(&self.chosen.rules)));
        for other in &self.others {
            text.push_str(&format!(
                "  by {} it would be {}\n",
                config_text::split_word(&other.rules),
                other.sizes
            ));
        }
        text
    }
}
