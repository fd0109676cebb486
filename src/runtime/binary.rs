//! The runtime as a program: found, asked for its version, run with one statement.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The environment variable that names the program.
const VARIABLE: &str = "STACKQL_BIN";

/// The program.
#[derive(Debug, Clone)]
pub struct Binary {
    /// Where it lies.
    pub path: PathBuf,
    /// What `--version` says.
    pub version: String,
}

/// Why there is none.
#[derive(Debug, thiserror::Error)]
pub enum BinaryError {
    /// The named file does not exist.
    #[error("`{}` does not exist", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// No name was given and none is on the path.
    #[error("no `stackql` was named by --stackql or {VARIABLE}, and none is on PATH")]
    NotFound,
    /// It does not run.
    #[error("`{}` does not run: {error}", path.display())]
    Broken {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
}

/// What a run printed.
#[derive(Debug, Clone)]
pub(super) struct Printed {
    /// The exit status; none after a signal or a timeout.
    pub(super) status: Option<i32>,
    pub(super) stdout: String,
    pub(super) stderr: String,
    pub(super) timed_out: bool,
    pub(super) duration: Duration,
}

impl Printed {
    /// What each of some statements printed, where all went well and each printed one list; `None` otherwise, because
    /// it cannot be told then which statement printed what.
    pub(super) fn one_list_each(&self, statements: usize) -> Option<Vec<Printed>> {
        if self.status != Some(0) || !self.stderr.is_empty() {
            return None;
        }
        let lists: Vec<Vec<serde_json::Value>> = serde_json::Deserializer::from_str(&self.stdout)
            .into_iter()
            .collect::<Result<_, _>>()
            .ok()?;
        let share = self.duration / u32::try_from(statements).unwrap_or(u32::MAX).max(1);
        (lists.len() == statements).then(|| {
            lists
                .into_iter()
                .map(|list| Printed {
                    status: self.status,
                    stdout: serde_json::Value::Array(list).to_string(),
                    stderr: String::new(),
                    timed_out: false,
                    duration: share,
                })
                .collect()
        })
    }
}

impl Binary {
    /// The named program, else that of the environment variable, else that on the path.
    ///
    /// # Errors
    /// There is none, or it does not run.
    pub fn find(named: Option<&Path>) -> Result<Self, BinaryError> {
        let named = named.map(Path::to_owned).or_else(|| {
            std::env::var_os(VARIABLE)
                .filter(|name| !name.is_empty())
                .map(PathBuf::from)
        });
        let path = match named {
            Some(path) if path.is_file() => path,
            Some(path) => return Err(BinaryError::Missing { path }),
            None => on_path("stackql").ok_or(BinaryError::NotFound)?,
        };
        let output = Command::new(&path).arg("--version").output();
        match output {
            Ok(output) => Ok(Binary {
                version: first_line(&output.stdout),
                path,
            }),
            Err(error) => Err(BinaryError::Broken { path, error }),
        }
    }

    /// Runs one statement.
    ///
    /// # Errors
    /// The statement file cannot be written or the program cannot be started.
    pub(super) fn run(&self, place: &Place, sql: &str, timeout: Duration) -> std::io::Result<Printed> {
        let registry = serde_json::json!({
            "url": format!("file://{}", place.registry.display()),
            "localDocRoot": place.registry.display().to_string(),
            "verifyConfig": {"nopVerify": true},
        });
        let auth = serde_json::json!({ place.provider.as_str(): {"type": "null_auth"} });
        let statement = place.folder.join("statement.sql");
        // A statement as an argument would be taken for a flag when it starts with a comment.
        crate::output::write_scratch(&statement, sql)?;
        let mut command = Command::new(&self.path);
        command
            .arg("exec")
            .arg(format!("--registry={registry}"))
            .arg(format!("--approot={}", place.folder.join("approot").display()))
            .arg(format!("--auth={auth}"))
            .args([
                "--output=json",
                "--http.response.pageLimit=5",
                "--apirequesttimeout=20",
                "-i",
            ])
            .arg(&statement)
            .current_dir(&place.folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        for (name, _) in std::env::vars_os() {
            // The mock is on this machine; a proxy would not find it.
            if name.to_string_lossy().to_ascii_lowercase().ends_with("_proxy") {
                command.env_remove(name);
            }
        }
        wait(command.spawn()?, timeout)
    }
}

/// Where a worker runs the program.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) folder: PathBuf,
    pub(super) registry: PathBuf,
    pub(super) provider: String,
}

fn wait(mut child: std::process::Child, timeout: Duration) -> std::io::Result<Printed> {
    let started = Instant::now();
    let stdout = reader(child.stdout.take());
    let stderr = reader(child.stderr.take());
    let mut timed_out = false;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status.code();
        }
        if started.elapsed() > timeout {
            timed_out = true;
            child.kill()?;
            child.wait()?;
            break None;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    Ok(Printed {
        status,
        stdout: stdout.join().unwrap_or_default(),
        stderr: stderr.join().unwrap_or_default(),
        timed_out,
        duration: started.elapsed(),
    })
}

fn reader(stream: Option<impl Read + Send + 'static>) -> std::thread::JoinHandle<String> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut stream) = stream {
            // What was printed before an error is still worth showing.
            let _ = stream.read_to_end(&mut bytes);
        }
        String::from_utf8_lossy(&bytes).trim().to_owned()
    })
}

fn first_line(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.lines().next().unwrap_or_default().trim().to_owned()
}

fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|candidate| candidate.is_file())
}
