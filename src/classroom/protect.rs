//! What keeps a class closed: secrets, who may ask from where, how often, and the headers of every page.

use std::collections::BTreeMap;

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use rand::RngExt;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// The largest body of a request.
pub const BODY_MAX: usize = 16 * 1024;
/// Streams one browser may hold open.
pub const STREAMS_MAX: usize = 4;
/// Streams of the wall, which anybody may open.
pub const WALLS_MAX: usize = 16;
/// Streams of the teacher.
pub const CONSOLES_MAX: usize = 8;
/// Wrong teacher's secrets after which the door stays shut.
pub const FAILURES_MAX: u32 = 10;
/// Letters of codes: none that is taken for another, no vowels.
const LETTERS: &[u8] = b"BCDFGHJKMNPQRSTVWXZ";

#[allow(clippy::disallowed_methods)] // secrets must not follow from any seed
fn draw(n: usize, letters: &[u8]) -> String {
    let mut rng = rand::rng();
    (0..n).map(|_| char::from(letters[rng.random_range(0..letters.len())])).collect()
}

/// A secret of 128 bits.
pub fn token() -> String {
    draw(32, b"0123456789abcdef")
}

/// A code of letters: five to join, six to come back.
pub fn code(letters: usize) -> String {
    draw(letters, LETTERS)
}

/// A number below 2^53 that nobody can guess.
#[allow(clippy::disallowed_methods)] // the class's seed: secret until the truth is shown
pub fn seed() -> u64 {
    rand::rng().random_range(0..1 << 53)
}

/// What is kept of a secret.
pub fn hash(secret: &str) -> String {
    Sha256::digest(secret.as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}

/// Whether two hashes are the same, in constant time.
pub fn same(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

/// A text someone typed: no control or direction characters, at most so many letters.
pub fn clean(text: &str, most: usize) -> String {
    let odd = |c: char| {
        c.is_control() && c != '\n'
            || matches!(c, '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{2028}' | '\u{2029}' | '\u{2800}' | '\u{3164}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    text.trim().chars().filter(|c| !odd(*c)).take(most).collect()
}

/// A code someone typed.
pub fn typed_code(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).take(12).collect()
}

/// The value of a cookie.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|h| h.to_str().ok());
    all.flat_map(|h| h.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_string())
}

/// A cookie as it is set: unseen by scripts, not sent from other sites.
pub fn set_cookie(name: &str, value: &str, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax{secure}")
}

/// Whether a request came to a host we answer for.
pub fn host_allowed(headers: &HeaderMap, hosts: &[String]) -> bool {
    let host = headers.get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or("");
    hosts.iter().any(|h| h.eq_ignore_ascii_case(host))
}

/// Whether a form was sent by a page of ours.
pub fn origin_is_ours(headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| headers.get(name).and_then(|h| h.to_str().ok());
    let host = text(header::HOST).unwrap_or("");
    if text(HeaderName::from_static("sec-fetch-site")).is_some_and(|site| site != "same-origin") {
        return false;
    }
    let origin = text(header::ORIGIN).unwrap_or("");
    let rest = origin.strip_prefix("http://").or(origin.strip_prefix("https://"));
    rest.is_some_and(|o| !host.is_empty() && o.eq_ignore_ascii_case(host))
}

/// The headers of every answer.
pub fn headers() -> [(HeaderName, HeaderValue); 7] {
    let csp = "default-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
    [
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(csp)),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
        (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
        (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")),
    ]
}

/// So many acts at once, and so many more a second.
#[derive(Debug, Default)]
pub struct Buckets(BTreeMap<String, (f64, u64)>);

impl Buckets {
    /// Takes one from a bucket that holds `size` and refills by `rate` a second; false where it is empty.
    pub fn take(&mut self, name: &str, size: f64, rate: f64, now: u64) -> bool {
        if self.0.len() > 4096 {
            self.0.retain(|_, (_, at)| now.saturating_sub(*at) < 60_000);
        }
        let (level, at) = self.0.entry(name.to_string()).or_insert((size, now));
        *level = (*level + rate * now.saturating_sub(*at) as f64 / 1000.0).min(size);
        *at = now;
        let has = *level >= 1.0;
        if has {
            *level -= 1.0;
        }
        has
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(list: &[(&'static str, &'static str)]) -> HeaderMap {
        list.iter().map(|(k, v)| (HeaderName::from_static(k), HeaderValue::from_static(v))).collect()
    }

    #[test]
    fn only_our_own_pages_may_post() {
        let ours = |list: &[(&'static str, &'static str)]| origin_is_ours(&headers(list));
        assert!(ours(&[("host", "10.0.0.2:8080"), ("origin", "http://10.0.0.2:8080")]));
        assert!(ours(&[("host", "a:1"), ("origin", "http://a:1"), ("sec-fetch-site", "same-origin")]));
        assert!(!ours(&[("host", "a:1"), ("origin", "http://a:1"), ("sec-fetch-site", "cross-site")]));
        assert!(!ours(&[("host", "a:1"), ("origin", "null")]));
        assert!(!ours(&[("host", "a:1")]));
        assert!(!ours(&[("host", "a:1"), ("origin", "http://a:12")]));
        assert!(!ours(&[("host", "a:1"), ("origin", "http://evil.example")]));
        assert!(!ours(&[("origin", "http://")]));
    }

    #[test]
    fn a_bucket_refills() {
        let mut buckets = Buckets::default();
        assert!((0..5).all(|_| buckets.take("a", 5.0, 5.0, 1000)));
        assert!(!buckets.take("a", 5.0, 5.0, 1000));
        assert!(buckets.take("b", 5.0, 5.0, 1000));
        assert!(buckets.take("a", 5.0, 5.0, 1300));
    }

    #[test]
    fn typed_texts_are_cleaned() {
        assert_eq!(clean("  A\u{202e}b\u{7}c\u{200b}  ", 24), "Abc");
        assert_eq!(clean(&"x".repeat(100), 24).len(), 24);
        assert_eq!(typed_code(" ab-c d "), "ABCD");
        assert!(code(5).bytes().all(|b| LETTERS.contains(&b)) && token().len() == 32);
        assert!(same(&hash("a"), &hash("a")) && !same(&hash("a"), &hash("b")) && !same("a", ""));
    }
}
