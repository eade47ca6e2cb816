//! Addresses: of the page as a browser names it, of this computer, and of who asks.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};

use axum::http::{HeaderMap, Uri, header};

use crate::error::Error;

/// Where a page is reached: a scheme, a host, a port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    https: bool,
    host: String,
    port: u16,
}

impl Address {
    /// Over plain http.
    pub fn http(host: &str, port: u16) -> Address {
        Address { https: false, host: host.to_string(), port }
    }

    /// From what somebody wrote, such as `https://class.example`; a host in any letters becomes what browsers send.
    pub fn read(text: &str) -> Result<Address, Error> {
        let wrong = |why: &str| {
            Error::argument(format!("`{text}` {why}; write it like https://class.example or http://10.0.0.5:8080"))
        };
        let (scheme, rest) =
            text.trim().split_once("://").ok_or_else(|| wrong("does not begin with http:// or https://"))?;
        let https = match scheme.to_ascii_lowercase().as_str() {
            "http" => false,
            "https" => true,
            _ => return Err(wrong("does not begin with http:// or https://")),
        };
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        if let Some(mark) = rest.chars().find(|c| matches!(c, '/' | '?' | '#' | '@' | '\\')) {
            let what = match mark {
                '?' => "holds a question (`?`)",
                '#' => "holds a place in a page (`#`)",
                '@' => "holds a user (`@`)",
                _ => "holds a path",
            };
            return Err(wrong(what));
        }
        let end = rest.rfind(':').filter(|at| !rest[*at..].contains(']')).unwrap_or(rest.len());
        let (host, port) = rest.split_at(end);
        let port = match port.strip_prefix(':') {
            None => {
                if https {
                    443
                } else {
                    80
                }
            }
            Some(digits) => {
                digits.parse().ok().filter(|p| *p > 0).ok_or_else(|| wrong("has no port from 1 to 65535"))?
            }
        };
        let host = if host.starts_with('[') {
            host.to_ascii_lowercase()
        } else {
            idna::domain_to_ascii_cow(host.as_bytes(), idna::AsciiDenyList::URL)
                .map_err(|_| wrong("has no host"))?
                .into_owned()
        };
        let known = format!("http://{host}/").parse::<Uri>().is_ok_and(|uri| uri.host() == Some(&host));
        if host.is_empty() || !known {
            return Err(wrong("has no host"));
        }
        Ok(Address { https, host, port })
    }

    /// How a browser may name it: a port that goes without saying is left out by most.
    pub fn hosts(&self) -> Vec<String> {
        let full = format!("{}:{}", self.host, self.port);
        if self.port == default_port(self.https) { vec![self.host.clone(), full] } else { vec![full] }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.https { "https" } else { "http" };
        write!(f, "{scheme}://{}", self.host)?;
        if self.port == default_port(self.https) { Ok(()) } else { write!(f, ":{}", self.port) }
    }
}

/// The port that goes without saying.
pub fn default_port(https: bool) -> u16 {
    if https { 443 } else { 80 }
}

/// This computer's own address in its network. A datagram socket that is connected sends nothing, but it knows from which
/// address it would.
pub fn own() -> Option<IpAddr> {
    // Addresses kept for documents and for private networks: none of them is asked anything.
    let far = [[192, 0, 2, 1], [192, 168, 255, 254], [10, 255, 255, 254], [172, 31, 255, 254]];
    far.into_iter().find_map(|to| {
        let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
        socket.connect((Ipv4Addr::from(to), 9)).ok()?;
        Some(socket.local_addr().ok()?.ip()).filter(|ip| !ip.is_loopback() && !ip.is_unspecified())
    })
}

/// Who asks: the peer; behind a proxy on this computer the last of those that the proxy names.
pub fn asker(peer: IpAddr, headers: &HeaderMap, proxied: bool) -> IpAddr {
    if !proxied || !peer.to_canonical().is_loopback() {
        return peer;
    }
    let forwarded = header::HeaderName::from_static("x-forwarded-for");
    let last = headers.get_all(forwarded).iter().next_back().and_then(|h| h.to_str().ok());
    let hop = last.and_then(|all| all.rsplit(',').next()).map_or("", str::trim);
    hop.parse::<IpAddr>().or_else(|_| hop.parse::<SocketAddr>().map(|at| at.ip())).unwrap_or(peer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn default_ports_other_letters_and_schemes_are_read() {
        let read = |text: &str| Address::read(text).map(|a| (a.to_string(), a.hosts()));
        let of =
            |address: &str, hosts: &[&str]| Ok((address.to_string(), hosts.iter().map(|h| h.to_string()).collect()));
        assert_eq!(read("https://class.example"), of("https://class.example", &["class.example", "class.example:443"]));
        assert_eq!(
            read("https://class.example:443/"),
            of("https://class.example", &["class.example", "class.example:443"])
        );
        assert_eq!(read("HTTP://Class.Example:80"), of("http://class.example", &["class.example", "class.example:80"]));
        assert_eq!(read("http://a:8080"), of("http://a:8080", &["a:8080"]));
        assert_eq!(read("http://[::1]:8080"), of("http://[::1]:8080", &["[::1]:8080"]));
        assert_eq!(read("http://[::1]"), of("http://[::1]", &["[::1]", "[::1]:80"]));
        assert_eq!(read("https://Bücher.example").map(|a| a.0), Ok("https://xn--bcher-kva.example".into()));
        assert_eq!(read("https://课堂.example:8443").map(|a| a.0), Ok("https://xn--cksr32j.example:8443".into()));
    }

    #[test]
    fn what_is_no_address_of_pages_says_why() {
        for (text, why) in [
            ("class.example", "does not begin"),
            ("ftp://a", "does not begin"),
            ("https://x?y", "a question"),
            ("https://me@x", "a user"),
            ("https://x/class", "a path"),
            ("https://x#y", "a place"),
            ("https://", "no host"),
            ("https://:80", "no host"),
            ("https://a b", "no host"),
            ("http://a:0", "no port"),
            ("http://a:99999", "no port"),
        ] {
            let said = Address::read(text).expect_err(text).to_string();
            assert!(said.contains(why) && said.contains(text), "{said}");
        }
    }

    #[test]
    fn only_a_proxy_on_this_computer_says_who_asks() {
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", "6.6.6.6, 10.0.0.7".parse().expect("a header"));
        let at = |text: &str| text.parse::<IpAddr>().expect("an address");
        let (here, there, named) = (at("127.0.0.1"), at("10.0.0.9"), at("10.0.0.7"));
        assert_eq!(asker(here, &headers, true), named, "the last hop, not what a stranger wrote before it");
        assert_eq!(asker(here, &headers, false), here);
        assert_eq!(asker(there, &headers, true), there);
        assert_eq!(asker(here, &HeaderMap::new(), true), here);
    }
}
