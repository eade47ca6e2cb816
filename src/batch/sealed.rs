//! Documents that the program reads again: one line of JSON whose last field, `digest`, names all that stands before it,
//! so that a file that was cut off, or changed by another hand, is not taken for one of ours.

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::scenario::spelled::fingerprint;

/// What a document says of itself, whatever else is in it.
#[derive(Deserialize)]
pub struct Says {
    /// Its format.
    pub schema: String,
    /// The number of the model that it is of.
    #[serde(default)]
    pub model: Option<u32>,
    /// The version of the program that wrote it.
    #[serde(default)]
    pub version: String,
}

impl Says {
    /// The model in words.
    pub fn model(&self) -> String {
        self.model.map_or("no model".into(), |model| format!("model {model}"))
    }
}

/// How a sealed document ends before it is sealed.
const OPEN: &str = "\"digest\":\"\"}";

/// A value as a sealed document, with a line break at its end. Its last field is an empty `digest`.
pub fn sealed<T: Serialize>(value: &T) -> Result<String, Error> {
    let open = serde_json::to_string(value).map_err(Error::ours)?;
    let rest = open.strip_suffix(OPEN).ok_or_else(|| Error::ours("a document without a seal"))?;
    Ok(format!("{rest}\"digest\":\"{}\"}}\n", fingerprint(&open)))
}

/// Whether a sealed document is as it was written.
pub fn is_whole(text: &str) -> bool {
    let found = text.trim_end().strip_suffix("\"}").and_then(|rest| rest.rsplit_once("\"digest\":\""));
    found.is_some_and(|(rest, digest)| fingerprint(format!("{rest}{OPEN}")) == digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Note {
        n: u32,
        digest: String,
    }

    #[test]
    fn what_was_changed_or_cut_off_is_seen() {
        let text = sealed(&Note { n: 7, digest: String::new() }).expect("written");
        assert!(is_whole(&text) && is_whole(text.trim_end()), "{text}");
        assert!(!is_whole(&text.replace('7', "8")) && !is_whole("{}") && !is_whole(""));
        assert!((1..text.len() - 1).all(|cut| !is_whole(&text[..cut])), "{text}");
    }
}
