//! Who asks, by their cookies; what is shown to whom is decided with these alone.

use std::net::{IpAddr, Ipv4Addr};

use axum::Extension;
use axum::extract::rejection::ExtensionRejection;
use axum::http::HeaderMap;

use crate::classroom::hall::Hall;
use crate::web::address::asker;
use crate::web::doors::Connection;
use crate::web::guard::cookie;
use crate::web::secrets::{hash, same};

/// The connection of a request; none in tests without a socket.
pub type Peer = Result<Extension<Connection>, ExtensionRejection>;

/// From which address somebody asks.
pub fn address(hall: &Hall, peer: &Peer, headers: &HeaderMap) -> IpAddr {
    let here = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
    peer.as_ref().map_or(here, |connection| asker(connection.peer(), headers, hall.proxied))
}

/// The person whose browser this is.
pub fn person(hall: &Hall, headers: &HeaderMap) -> Option<usize> {
    let inner = hall.lock();
    let hash = hash(&cookie(headers, &format!("s_{}", inner.state.session))?);
    // All are compared, so that the time tells nothing.
    inner.state.people.iter().enumerate().fold(None, |found, (i, p)| {
        if p.tokens.iter().fold(false, |any, t| any | same(t, &hash)) { Some(i) } else { found }
    })
}

/// Whether this is the teacher's browser.
pub fn is_teacher(hall: &Hall, headers: &HeaderMap) -> bool {
    let secret = cookie(headers, &format!("t_{}", hall.lock().state.session)).unwrap_or_default();
    is_teachers(hall, &secret)
}

/// Whether this secret is the teacher's.
pub fn is_teachers(hall: &Hall, secret: &str) -> bool {
    let hash = hash(secret);
    hall.lock().state.keys.iter().fold(false, |any, key| any | same(key, &hash))
}

/// Whether this browser was opened by the wall's link.
pub fn is_wall(hall: &Hall, headers: &HeaderMap) -> bool {
    let name = format!("w_{}", hall.lock().state.session);
    cookie(headers, &name).is_some_and(|key| same(&key, &hall.wall_key()))
}

/// The name under which all connections of one who is known are counted.
pub fn known(hall: &Hall, headers: &HeaderMap) -> Option<String> {
    headers.contains_key(axum::http::header::COOKIE).then_some(())?;
    if is_teacher(hall, headers) {
        return Some("teacher".into());
    }
    let person = person(hall, headers).map(|i| format!("person {i}"));
    person.or_else(|| is_wall(hall, headers).then(|| "wall".into()))
}

/// The teacher always, students once the truth is shown.
pub fn may_see_truth(hall: &Hall, headers: &HeaderMap) -> bool {
    is_teacher(hall, headers) || (hall.lock().state.revealed && person(hall, headers).is_some())
}

/// Whether cookies are for https alone.
pub fn secure(hall: &Hall) -> bool {
    hall.address.starts_with("https://")
}
