//! Before every page: the host is ours, a form is from our own page, what comes too slowly is given up. After it: the
//! headers, and a refusal that is a page too.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use super::address::Address;
use super::doors::Connection;

/// How long a stranger may take to send a form.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// What stands before the pages.
pub struct Guard {
    /// Hosts that are answered for, beside the address that a connection came to.
    pub hosts: Vec<String>,
    /// Who asks, by their cookies: a name under which all their connections are counted.
    pub known: Box<dyn Fn(&HeaderMap) -> Option<String> + Send + Sync>,
    /// A page that says why something was refused.
    pub refused: fn(StatusCode, &str) -> Response,
}

/// Lets through what may pass.
pub async fn guard(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response {
    let connection = request.extensions().get::<Connection>().cloned();
    let own =
        connection.as_ref().map_or(vec![], |c| Address::http(&c.local().ip().to_string(), c.local().port()).hosts());
    let posts = request.method() != Method::GET && request.method() != Method::HEAD;
    let mut answer = if !host_allowed(request.headers(), &guard.hosts) && !host_allowed(request.headers(), &own) {
        (guard.refused)(StatusCode::MISDIRECTED_REQUEST, "this program does not answer for that address")
    } else if posts && !origin_is_ours(request.headers()) {
        (guard.refused)(StatusCode::FORBIDDEN, "that form did not come from a page of ours")
    } else {
        let name = (guard.known)(request.headers());
        if let (Some(connection), Some(name)) = (&connection, &name) {
            connection.known(name);
        }
        match name {
            Some(_) => next.run(request).await,
            None => match tokio::time::timeout(PATIENCE, next.run(request)).await {
                Ok(answer) => answer,
                Err(_) => (guard.refused)(StatusCode::REQUEST_TIMEOUT, "that came too slowly: try again"),
            },
        }
    };
    let plain =
        answer.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/plain"));
    if answer.status().is_client_error() && plain {
        let why = match answer.status() {
            StatusCode::PAYLOAD_TOO_LARGE => "that was too long to be taken: shorten it and send it again",
            _ => "that form could not be read",
        };
        answer = (guard.refused)(answer.status(), why);
    }
    for (name, value) in headers() {
        answer.headers_mut().insert(name, value);
    }
    answer
}

/// The value of a cookie.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|h| h.to_str().ok());
    all.flat_map(|h| h.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_string())
}

/// A cookie as it is set for half a day: unseen by scripts, not sent from other sites.
pub fn set_cookie(name: &str, value: &str, secure: bool) -> String {
    cookie_for(name, value, 43_200, secure)
}

/// A cookie as it is taken away.
pub fn clear_cookie(name: &str, secure: bool) -> String {
    cookie_for(name, "", 0, secure)
}

fn cookie_for(name: &str, value: &str, seconds: u32, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
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
    let http = origin.strip_prefix("http://").map(|o| (o, ":80"));
    // A port that goes without saying may be said by one and not by the other.
    http.or(origin.strip_prefix("https://").map(|o| (o, ":443"))).is_some_and(|(origin, port)| {
        let bare = |name: &str| name.strip_suffix(port).unwrap_or(name).to_ascii_lowercase();
        !host.is_empty() && bare(origin) == bare(host)
    })
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
        assert!(ours(&[("host", "a"), ("origin", "http://a")]));
        assert!(ours(&[("host", "a:443"), ("origin", "https://a")]));
        assert!(!ours(&[("host", "a:80"), ("origin", "https://a")]));
        assert!(!ours(&[("host", "a:1"), ("origin", "http://a:1"), ("sec-fetch-site", "cross-site")]));
        assert!(!ours(&[("host", "a:1"), ("origin", "null")]));
        assert!(!ours(&[("host", "a:1")]));
        assert!(!ours(&[("host", "a:1"), ("origin", "http://a:12")]));
        assert!(!ours(&[("host", "a:1"), ("origin", "http://evil.example")]));
        assert!(!ours(&[("origin", "http://")]));
    }
}
