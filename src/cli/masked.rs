//! What stands for the command of an outside program: its name and a hash, for its arguments may hold a key.

use crate::scenario::spelled::fingerprint;

/// What stands for a command wherever it can be kept or passed on.
pub fn shown(command: &str) -> String {
    let program = shell_words::split(command).ok().and_then(|words| words.into_iter().next()).unwrap_or_default();
    let name = program.rsplit(['/', '\\']).next().unwrap_or_default();
    format!("{name}#{}", fingerprint(command))
}

/// `NAME=COMMAND` as it is shown.
pub fn shown_binding(value: &str) -> String {
    let (name, command) = value.split_once('=').unwrap_or((value, ""));
    format!("{name}={}", shown(command))
}

/// Whether this is what stands for a command, and not a command.
pub fn is_shown(command: &str) -> bool {
    let hash = command.trim().rsplit_once('#').map_or("", |(_, hash)| hash);
    hash.len() == 16 && hash.bytes().all(|b| b.is_ascii_hexdigit())
}
