//! `spgen test`: every documented example through the real runtime, against a mock of the API.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::console::{Console, Volume};
use super::exit::Exit;
use crate::docs::{self, SiteSettings};
use crate::provider::{self, Loaded};
use crate::runtime::{self, Binary, Example, Options, Progress, Report, VersionFiles};

/// Failures that are told in full unless everything is wanted.
const SHOWN_FAILURES: usize = 10;

/// Run every documented example through the real runtime, against a mock of the API.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spgen test provider --provider acme
  spgen test provider --provider acme --stackql ./stackql --service billing --junit results.xml

Without the runtime, statements are read, routed and answered by the mock; the rest is skipped.")]
pub struct Args {
    /// The folder that holds `src/NAME/VERSION/provider.yaml`.
    #[arg(value_name = "PROVIDER_ROOT")]
    root: PathBuf,
    /// The provider's name.
    #[arg(long, value_name = "NAME")]
    provider: String,
    /// The runtime; else `STACKQL_BIN`, else `stackql` on PATH.
    #[arg(long, value_name = "BIN")]
    stackql: Option<PathBuf>,
    /// Only these services.
    #[arg(long, value_name = "SERVICE")]
    service: Vec<String>,
    /// Only the examples, without the walk through SHOW and DESCRIBE.
    #[arg(long)]
    examples_only: bool,
    /// How many statements run at a time.
    #[arg(long, value_name = "COUNT")]
    jobs: Option<usize>,
    /// After how many seconds a statement is given up.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    timeout: u64,
    /// How the outcome is written to stdout.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    /// Write the outcome as `JUnit` XML, too.
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
    /// Write the outcome as JSON, too.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

/// How the outcome is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

pub(super) fn run(args: &Args, console: &Console) -> Exit {
    match attempt(args, console) {
        Ok(exit) => exit,
        Err(message) => {
            console.error(&message);
            Exit::Unreadable
        }
    }
}

fn attempt(args: &Args, console: &Console) -> Result<Exit, String> {
    let folder = provider::version_folder(&args.root, &args.provider).map_err(|error| error.to_string())?;
    let loaded = provider::load(&folder).map_err(|error| error.to_string())?;
    console.findings(&loaded.findings, &loaded.sources);
    let (binary, missing_because) = match Binary::find(args.stackql.as_deref()) {
        Ok(binary) => {
            console.detail(&format!("runtime: {} ({})", binary.version, binary.path.display()));
            (Some(binary), String::new())
        }
        // A program that was asked for must be there.
        Err(error) if args.stackql.is_some() => return Err(error.to_string()),
        Err(error) => (None, error.to_string()),
    };
    let examples = examples(args, &loaded)?;
    let files = version_files(&folder, &loaded);
    let options = Options {
        binary,
        missing_because,
        jobs: args
            .jobs
            .unwrap_or_else(|| std::thread::available_parallelism().map_or(2, std::num::NonZero::get)),
        timeout: Duration::from_secs(args.timeout),
    };
    let shows_progress = std::io::stderr().is_terminal() && console.volume() > Volume::Quiet;
    let progress = |progress: Progress| {
        if shows_progress {
            console.overwrite(&format!(
                "{} of {} examples, {} failed",
                progress.done, progress.total, progress.failed
            ));
        }
    };
    let report =
        runtime::run(loaded.provider, &files, examples, &options, &progress).map_err(|error| error.to_string())?;
    if shows_progress {
        console.overwrite("");
    }
    publish(args, console, &report)?;
    Ok(if report.failed() > 0 {
        Exit::Findings
    } else {
        Exit::Clean
    })
}

fn examples(args: &Args, loaded: &Loaded) -> Result<Vec<Example>, String> {
    let provider = &loaded.provider;
    for wanted in &args.service {
        if !provider.services.iter().any(|service| service.name == wanted.as_str()) {
            return Err(format!("the provider has no service `{wanted}`"));
        }
    }
    let site = docs::build(provider, &SiteSettings::default());
    let mut examples = Vec::new();
    if !args.examples_only {
        examples.extend(runtime::walk(provider));
    }
    examples.extend(runtime::examples(provider, &site));
    examples.retain(|example| {
        args.service.is_empty() || args.service.iter().any(|wanted| example.service == wanted.as_str())
    });
    Ok(examples)
}

/// The files that were read, by their paths below the version folder.
fn version_files(folder: &Path, loaded: &Loaded) -> VersionFiles {
    let files = loaded.sources.iter().filter_map(|file| {
        let path = Path::new(&file.name).strip_prefix(folder).ok()?;
        Some((path.to_string_lossy().replace('\\', "/"), file.text.to_string()))
    });
    let version = folder.file_name().unwrap_or_default();
    VersionFiles {
        provider: loaded.provider.name.to_string(),
        version: version.to_string_lossy().into_owned(),
        files: files.collect(),
    }
}

fn publish(args: &Args, console: &Console, report: &Report) -> Result<(), String> {
    let write = |path: &Path, text: &str| {
        crate::output::write_scratch(path, text).map_err(|error| format!("`{}`: {error}", path.display()))
    };
    let json = || format!("{:#}\n", runtime::report::to_json(report));
    if let Some(path) = &args.junit {
        write(path, &runtime::report::to_junit(report))?;
    }
    if let Some(path) = &args.json {
        write(path, &json())?;
    }
    let shown = if console.volume() == Volume::Verbose {
        usize::MAX
    } else {
        SHOWN_FAILURES
    };
    console.data(&match args.format {
        Format::Text => runtime::report::to_text(report, shown),
        Format::Json => json(),
    });
    Ok(())
}
