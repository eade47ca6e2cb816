//! The text of a file of another program: its bytes, decoded as they say they are, and slips mended that such programs
//! read over.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::error::Error;
use crate::notation::syntax::line_column;

/// A declaration stands within so many bytes.
const DECLARATION: usize = 256;

/// The text of some bytes, in the encoding that they begin with or declare, else in UTF-8.
pub(super) fn text(bytes: &[u8]) -> Result<String, Error> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return decoded(encoding, &bytes[length..]);
    }
    match declared(bytes)? {
        // said in bytes that are no UTF-16: a slip of the program that wrote it
        Some(encoding) if encoding != UTF_16LE && encoding != UTF_16BE && encoding != UTF_8 => decoded(encoding, bytes),
        _ => String::from_utf8(bytes.to_vec()).map_err(|error| {
            let fine = String::from_utf8_lossy(&bytes[..error.utf8_error().valid_up_to()]).into_owned();
            let (line, column) = line_column(&fine, fine.len());
            Error::file(format!(
                "it is not UTF-8 text: line {line}, column {column} cannot be read; save it as UTF-8, or let its first \
                 line declare its encoding"
            ))
        }),
    }
}

fn decoded(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, Error> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    text.map(Into::into).ok_or_else(|| Error::file(format!("it is not {} text, as it says it is", encoding.name())))
}

/// The encoding that the first line of an XML file names; one that nobody knows is an error.
fn declared(bytes: &[u8]) -> Result<Option<&'static Encoding>, Error> {
    let Some(label) = label(bytes) else { return Ok(None) };
    let known = Encoding::for_label(label.as_bytes());
    known.map(Some).ok_or_else(|| {
        Error::file(format!("it says that its encoding is `{label}`, which is not known here: save it as UTF-8"))
    })
}

fn label(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..DECLARATION.min(bytes.len()))?;
    let head = String::from_utf8_lossy(head.strip_prefix(b"<?xml")?).into_owned();
    let (head, _) = head.split_once("?>")?;
    let said = head.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = said.chars().next().filter(|c| ['"', '\''].contains(c))?;
    said[1..].split(quote).next().map(str::to_owned)
}

/// XML with the slips mended that GENIUS reads over: a bare `&`, a `<` within an attribute, no blank between
/// attributes. And what was mended.
pub(super) fn mended(xml: &str) -> (String, Vec<&'static str>) {
    let mut out = String::with_capacity(xml.len());
    let mut told: Vec<&'static str> = vec![];
    let mut tell = |what| {
        if !told.contains(&what) {
            told.push(what);
        }
    };
    let (mut in_tag, mut quote, mut rest) = (false, None, xml);
    while let Some(c) = rest.chars().next() {
        let skipped = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")]
            .iter()
            .find(|(begin, _)| !in_tag && rest.starts_with(begin))
            .map(|(begin, end)| rest[begin.len()..].find(end).map_or(rest.len(), |at| begin.len() + at + end.len()));
        if let Some(length) = skipped {
            out.push_str(&rest[..length]);
            rest = &rest[length..];
            continue;
        }
        rest = &rest[c.len_utf8()..];
        match (c, quote) {
            ('&', _) if !is_reference(rest) => {
                tell("a bare `&`");
                out.push_str("&amp;");
                continue;
            }
            ('<', Some(_)) => {
                tell("a `<` within an attribute");
                out.push_str("&lt;");
                continue;
            }
            ('<', None) => in_tag = true,
            ('>', None) => in_tag = false,
            ('"' | '\'', None) if in_tag => quote = Some(c),
            (_, Some(open)) if c == open => {
                quote = None;
                out.push(c);
                if rest.starts_with(|next: char| next.is_alphabetic() || next == '_') {
                    tell("no blank between attributes");
                    out.push(' ');
                }
                continue;
            }
            _ => {}
        }
        out.push(c);
    }
    (out, told)
}

/// Whether what follows an `&` makes it a reference that XML knows.
fn is_reference(rest: &str) -> bool {
    let Some((name, _)) = rest.split_once(';') else { return false };
    let number = |digits: &str, radix| u32::from_str_radix(digits, radix).is_ok_and(|n| char::from_u32(n).is_some());
    match name.strip_prefix('#') {
        Some(digits) => digits.strip_prefix('x').map_or_else(|| number(digits, 10), |digits| number(digits, 16)),
        None => ["amp", "lt", "gt", "quot", "apos"].contains(&name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use roxmltree::Document;

    #[test]
    fn bytes_are_decoded_as_they_say_they_are() {
        let latin = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a b=\"caf\xe9\"/>";
        assert!(text(latin).unwrap().ends_with("<a b=\"café\"/>"));
        let utf16: Vec<u8> =
            [0xfeff].into_iter().chain("<a b=\"é\"/>".encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(text(&utf16).unwrap(), "<a b=\"é\"/>");
        assert_eq!(text(b"\xef\xbb\xbf<a/>").unwrap(), "<a/>");
        assert_eq!(text(b"<?xml version='1.0' encoding='UTF-16'?><a/>").map(|text| text.len()), Ok(43));
        assert!(
            text(b"<?xml version='1.0' encoding='Shift_JIS'?>\xff")
                .unwrap_err()
                .to_string()
                .contains("not Shift_JIS text")
        );
        let said = text(b"<?xml version='1.0' encoding='EBCDIC-X'?><a/>").unwrap_err().to_string();
        assert!(said.contains("`EBCDIC-X`, which is not known here"), "{said}");
        let said = text(b"<a b=\"caf\xe9\"/>").unwrap_err().to_string();
        assert!(said.contains("line 1, column 10") && said.contains("declare its encoding"), "{said}");
    }

    #[test]
    fn slips_are_mended_and_told() {
        let slips = "<!-- & \"x\"y --><a b=\"1 & 2\"c='<3'><![CDATA[&]]> & &lt; &#65; &#x41; &nope; </a>";
        let (text, told) = mended(slips);
        let read = Document::parse(&text).expect("XML");
        let root = read.root_element();
        assert_eq!((root.attribute("b"), root.attribute("c")), (Some("1 & 2"), Some("<3")));
        assert_eq!(root.text(), Some("& & < A A &nope; "));
        assert_eq!(told, ["a bare `&`", "no blank between attributes", "a `<` within an attribute"]);
    }

    proptest! {
        /// What is in order already stays as it is, and no text makes it panic.
        #[test]
        fn what_is_in_order_stays(soup in "[<>&;\"'=a-c !?/\\[\\]#x0-9é-]{0,60}") {
            let (text, told) = mended(&soup);
            prop_assert!(!told.is_empty() || text == soup);
            if Document::parse(&soup).is_ok() {
                prop_assert_eq!(text, soup);
            }
        }
    }
}
