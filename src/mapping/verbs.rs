//! What the verbs in operation ids mean.

use super::number;

/// What a verb asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Meaning {
    /// Reads one or many.
    Read,
    /// Reads what matches a request.
    Search,
    /// Makes a new one.
    Create,
    /// Makes something that is handed out rather than kept: a token, a code, a report.
    Produce,
    /// Puts something that exists into a collection, or a person into a group.
    Attach,
    /// Changes parts.
    Update,
    /// Changes all of it.
    Replace,
    /// Makes one or replaces it.
    CreateOrUpdate,
    /// Takes it away.
    Delete,
    /// Takes it out of a collection without destroying it.
    Detach,
    /// Takes back an action: what was done was not the making of a thing.
    Undo,
    /// Tells something about a thing without rows: checks, downloads, exports, watches.
    Inspect,
    /// Makes something happen.
    Act,
}

use Meaning::{
    Act, Attach, Create, CreateOrUpdate, Delete, Detach, Inspect, Produce, Read, Replace, Search, Undo, Update,
};

const TABLE: &[(Meaning, &[&str])] = &[
    (
        Read,
        &[
            "get", "list", "read", "retrieve", "fetch", "show", "describe", "view", "find", "lookup", "load", "index",
            "inspect",
        ],
    ),
    (Search, &["search", "query", "filter"]),
    (Create, &["create", "new", "post", "register", "provision"]),
    (
        Attach,
        &[
            "add",
            "insert",
            "assign",
            "associate",
            "grant",
            "invite",
            "link",
            "subscribe",
            "enroll",
            "bind",
        ],
    ),
    (
        Update,
        &["update", "modify", "edit", "patch", "change", "rename", "adjust"],
    ),
    (
        Replace,
        &["replace", "put", "set", "overwrite", "configure", "save", "store"],
    ),
    (Produce, &["generate", "issue", "make", "mint"]),
    (CreateOrUpdate, &["upsert"]),
    (
        Delete,
        &["delete", "remove", "destroy", "purge", "drop", "erase", "del"],
    ),
    (
        Detach,
        &[
            "unassign",
            "detach",
            "disassociate",
            "revoke",
            "unlink",
            "unsubscribe",
            "untag",
            "clear",
            "dissociate",
            "unregister",
            "deregister",
            "dismiss",
        ],
    ),
    (
        Undo,
        &[
            "unlock",
            "unstar",
            "unfollow",
            "disable",
            "deactivate",
            "cancel",
            "unblock",
            "unpin",
            "unsuspend",
            "unmute",
            "stop",
            "abort",
            "undo",
            "revert",
            "reset",
            "unhide",
            "unarchive",
            "unpublish",
            "suspend",
            "pause",
            "disconnect",
            "leave",
        ],
    ),
    (
        Inspect,
        &[
            "check", "download", "export", "watch", "stream", "exists", "is", "has", "ping", "head", "count", "test",
            "validate", "verify", "preview", "render", "redirect",
        ],
    ),
    (
        Act,
        &[
            "attach",
            "accept",
            "ack",
            "acknowledge",
            "action",
            "activate",
            "allocate",
            "analyze",
            "apply",
            "approve",
            "archive",
            "authenticate",
            "authorize",
            "block",
            "boot",
            "build",
            "cancel",
            "checkout",
            "clone",
            "close",
            "commit",
            "complete",
            "compute",
            "confirm",
            "connect",
            "convert",
            "copy",
            "decline",
            "deny",
            "deploy",
            "detect",
            "discover",
            "dispatch",
            "enable",
            "encrypt",
            "decrypt",
            "evaluate",
            "evict",
            "execute",
            "expire",
            "expand",
            "failover",
            "finalize",
            "finish",
            "flush",
            "follow",
            "force",
            "fork",
            "hide",
            "import",
            "initiate",
            "install",
            "invoke",
            "kick",
            "launch",
            "lock",
            "login",
            "logout",
            "mark",
            "merge",
            "migrate",
            "move",
            "mute",
            "notify",
            "obtain",
            "open",
            "parse",
            "pin",
            "poll",
            "power",
            "prepare",
            "process",
            "produce",
            "promote",
            "prune",
            "publish",
            "pull",
            "push",
            "reboot",
            "rebuild",
            "recover",
            "refresh",
            "regenerate",
            "reject",
            "release",
            "reload",
            "renew",
            "reopen",
            "repair",
            "replay",
            "replicate",
            "request",
            "rerequest",
            "rerun",
            "resend",
            "resize",
            "resolve",
            "restart",
            "restore",
            "resume",
            "resync",
            "retry",
            "rollback",
            "rotate",
            "run",
            "scale",
            "scan",
            "schedule",
            "send",
            "share",
            "shutdown",
            "sign",
            "signal",
            "simulate",
            "snooze",
            "split",
            "star",
            "start",
            "submit",
            "swap",
            "switch",
            "sync",
            "synchronize",
            "terminate",
            "touch",
            "transfer",
            "transition",
            "translate",
            "transform",
            "trash",
            "trigger",
            "uninstall",
            "undelete",
            "unsign",
            "upgrade",
            "upload",
            "use",
            "vote",
            "wait",
            "wipe",
            "write",
            "mutate",
            "rescue",
            "order",
            "buy",
            "purchase",
            "log",
            "report",
            "broadcast",
            "forward",
            "reorder",
            "rearrange",
            "reassign",
            "redeliver",
            "train",
            "batch",
            "bulk",
        ],
    ),
];

/// What a word means as a verb; `None` for words that are not known as verbs.
#[must_use]
pub fn meaning(word: &str) -> Option<Meaning> {
    let found = TABLE
        .iter()
        .find(|(_, words)| words.contains(&word))
        .map(|(meaning, _)| *meaning);
    found
        .or_else(|| {
            // `lists`, `unstarred` are no forms that ids use; `re…` and `un…` of a known verb are.
            let stem = word.strip_prefix("re").or_else(|| word.strip_prefix("un"))?;
            let (of_stem, _) = TABLE
                .iter()
                .find(|(_, words)| stem.len() > 3 && words.contains(&stem))?;
            Some(match of_stem {
                _ if word.starts_with("re") => Act,
                // Who is unenrolled is taken out of what people enroll in.
                Attach => Detach,
                _ => Undo,
            })
        })
        .or_else(|| {
            // `poweron`, `signout`
            let stem = ["on", "off", "in", "out"]
                .iter()
                .find_map(|particle| word.strip_suffix(particle))?;
            let (of_stem, _) = TABLE.iter().find(|(_, words)| words.contains(&stem))?;
            (*of_stem == Act || stem == "check").then_some(Act)
        })
}

/// Whether a word goes on the verb before it, so that both are one: `set up`, `check in`.
#[must_use]
pub fn is_particle(verb: &str, word: &str) -> bool {
    match word {
        "up" | "down" | "off" | "out" => verb == "set" || matches!(meaning(verb), Some(Act | Undo | Inspect)),
        "in" | "on" => matches!(
            verb,
            "check" | "log" | "opt" | "plug" | "power" | "sign" | "switch" | "turn"
        ),
        _ => false,
    }
}

/// Whether a word that may be a verb is never the name of a thing: `create`, but not `list`, `post`, `view`.
#[must_use]
pub fn is_never_a_noun(word: &str) -> bool {
    matches!(
        word,
        "create" | "update" | "delete" | "get" | "remove" | "retrieve" | "modify" | "replace" | "upsert" | "add"
    )
}

/// Whether a verb is not the first half of a thing, as that of `upload sessions`, `check runs`, `load balancers` is.
#[must_use]
pub fn begins_no_compound(word: &str) -> bool {
    matches!(word, "verify" | "validate" | "render")
        || !matches!(
            word,
            "link" | "patch" | "change" | "set" | "store" | "drop" | "post" | "grant" | "clear" | "reset" | "stop"
        ) && matches!(
            meaning(word),
            Some(
                Meaning::Attach
                    | Meaning::Update
                    | Meaning::Replace
                    | Meaning::Delete
                    | Meaning::Detach
                    | Meaning::Undo
            )
        )
}

/// Whether a word only says what HTTP verbs say, so that it names no thing by itself.
#[must_use]
pub fn is_bare(word: &str) -> bool {
    is_never_a_noun(word)
        || matches!(
            word,
            "list" | "read" | "put" | "patch" | "set" | "fetch" | "find" | "show"
        )
}

/// The meaning of a phrase: `create or update` differs from `create`.
#[must_use]
pub fn phrase_meaning(phrase: &[String]) -> Option<Meaning> {
    let first = meaning(phrase.first()?)?;
    let rest: Vec<&str> = phrase[1..].iter().map(String::as_str).collect();
    if matches!(first, Create | Attach | Update | Replace)
        && rest.first() == Some(&"or")
        && rest.get(1).and_then(|word| meaning(word)).is_some()
    {
        return Some(CreateOrUpdate);
    }
    Some(first)
}

/// Whether a path segment is a verb that a client performs on what stands before it (`cancel`, not `settings`).
#[must_use]
pub fn is_action_word(segment: &[String]) -> bool {
    let Some(first) = segment.first() else {
        return false;
    };
    match meaning(first) {
        Some(
            Read | Create | Attach | Update | Replace | CreateOrUpdate | Delete | Detach | Undo | Act | Produce
            | Search | Inspect,
        ) => {
            // A plural noun at the end makes it a collection: `export_jobs`, `checks`.
            segment.len() == 1 && !number::is_plural(first)
                || segment.len() > 1 && !number::is_plural(segment.last().unwrap_or(first))
        }
        None => false,
    }
}
