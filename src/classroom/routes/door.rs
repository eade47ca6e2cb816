//! The doors: to join, to come back, to leave, and the teacher's.

use std::time::Duration;

use axum::extract::{Form, Path, State as Shared};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

use super::who::{Peer, address, is_teacher, is_teachers, person, secure};
use super::{Class, nothing, refused, to};
use crate::classroom::check::alike;
use crate::classroom::command::{Command, Who};
use crate::classroom::forms::Fields;
use crate::classroom::hall::Hall;
use crate::classroom::pages::join;
use crate::web::guard::{clear_cookie, set_cookie};
use crate::web::{secrets, typed};

/// The most letters of a name.
const NICK_MAX: usize = 24;
/// What one who tries secrets at the teacher's door waits for each, once there were some.
const SLOWED: Duration = Duration::from_secs(1);

/// Takes one from a bucket of an address.
fn may_try(hall: &Hall, what: &str, address: std::net::IpAddr, size: f64, rate: f64) -> bool {
    let now = hall.now();
    hall.lock().buckets.take(&format!("{what} {address}"), size, rate, now)
}

fn door_of(hall: &Hall) -> join::Door {
    let plan = hall.lock().state.ready.lesson.clone();
    join::Door {
        title: plan.title,
        consent: plan.classroom.consent,
        nick: String::new(),
        agreed: false,
        back: false,
        form: secrets::token(),
    }
}

pub(super) async fn door(Shared(hall): Class, headers: HeaderMap) -> Response {
    if person(&hall, &headers).is_some() { to("/play") } else { join::join(&door_of(&hall), "", None).into_response() }
}

pub(super) async fn door_with_code(Shared(hall): Class, Path(code): Path<String>, headers: HeaderMap) -> Response {
    if person(&hall, &headers).is_some() {
        return to("/play");
    }
    join::join(&door_of(&hall), &typed::code(&code), None).into_response()
}

pub(super) async fn enter(Shared(hall): Class, peer: Peer, headers: HeaderMap, Form(fields): Form<Fields>) -> Response {
    if person(&hall, &headers).is_some() {
        return to("/play");
    }
    let field = |name: &str| fields.get(name).map_or("", String::as_str);
    let code = typed::code(field("code"));
    let (nick, cut) = typed::name(field("nick"), NICK_MAX);
    let consent = fields.contains_key("consent");
    let form = field("form");
    let door = join::Door { nick: nick.clone(), agreed: consent, form: form.to_string(), ..door_of(&hall) };
    let again = |status: StatusCode, why: &str| (status, join::join(&door, &code, Some(why))).into_response();
    if !may_try(&hall, "join", address(&hall, &peer, &headers), hall.joins, hall.joins / 20.0) {
        return again(
            StatusCode::TOO_MANY_REQUESTS,
            "Too many are joining from your network at once: wait a few seconds and press Join again.",
        );
    }
    let right = hall.lock().state.code.clone();
    if right.is_empty() || !secrets::same(&right, &code) {
        return again(StatusCode::UNPROCESSABLE_ENTITY, "That is not the code of this class: look at the wall again.");
    }
    if cut {
        let why = format!(
            "A name has at most {NICK_MAX} letters, and yours is cut as you see it: press Join if that is fine."
        );
        return again(StatusCode::UNPROCESSABLE_ENTITY, &why);
    }
    let secret = secrets::token();
    let (token, form) = (secrets::hash(&secret), if form.is_empty() { String::new() } else { secrets::hash(form) });
    // The same form a second time, as after a double tap: the browser may keep either answer's cookie, both are good.
    let twice = hall
        .lock()
        .state
        .people
        .iter()
        .position(|p| !p.gone && !form.is_empty() && p.form == form && alike(&p.nick, &nick));
    let command = match twice {
        Some(person) => Command::Reenter { person, token },
        None => Command::Join { nick, token, consent, form },
    };
    match hall.submit(Who::Server, command) {
        Ok(()) => with_seat(&hall, &secret),
        Err(why) => again(StatusCode::UNPROCESSABLE_ENTITY, &format!("{why}.")),
    }
}

fn with_seat(hall: &Hall, secret: &str) -> Response {
    let name = format!("s_{}", hall.lock().state.session);
    ([(header::SET_COOKIE, set_cookie(&name, secret, secure(hall)))], Redirect::to("/play")).into_response()
}

pub(super) async fn reenter(
    Shared(hall): Class,
    peer: Peer,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Response {
    let door = join::Door { back: true, ..door_of(&hall) };
    let again = |status: StatusCode, why: &str| (status, join::join(&door, "", Some(why))).into_response();
    if !may_try(&hall, "rejoin", address(&hall, &peer, &headers), 10.0, 1.0 / 6.0) {
        return again(StatusCode::TOO_MANY_REQUESTS, "Too many tries: wait a minute.");
    }
    let hash = secrets::hash(&typed::code(fields.get("code").map_or("", String::as_str)));
    let found = hall.lock().state.people.iter().position(|p| p.code.as_ref().is_some_and(|c| secrets::same(c, &hash)));
    let Some(person) = found else {
        return again(
            StatusCode::UNPROCESSABLE_ENTITY,
            "That is no re-entry code that is good now: look at it again, or ask your teacher for a new one (each is good once).",
        );
    };
    let secret = secrets::token();
    match hall.submit(Who::Server, Command::Reenter { person, token: secrets::hash(&secret) }) {
        Ok(()) => with_seat(&hall, &secret),
        Err(why) => again(StatusCode::UNPROCESSABLE_ENTITY, &why.to_string()),
    }
}

/// Somebody signs out, as on a computer that others use: their place is free then.
pub(super) async fn leave(Shared(hall): Class, headers: HeaderMap) -> Response {
    let Some(person) = person(&hall, &headers) else { return nothing() };
    match hall.submit(Who::Person(person), Command::Leave) {
        Ok(()) => without(&hall, "s", to("/")),
        Err(why) => refused(StatusCode::UNPROCESSABLE_ENTITY, &why.to_string(), "/play"),
    }
}

/// An answer that takes a cookie of this class from a browser: `s` of a person, `t` of the teacher.
pub(super) fn without(hall: &Hall, kind: &str, mut answer: Response) -> Response {
    let name = format!("{kind}_{}", hall.lock().state.session);
    if let Ok(cookie) = clear_cookie(&name, secure(hall)).parse() {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
    answer
}

fn title(hall: &Hall) -> String {
    hall.lock().state.ready.lesson.title.clone()
}

pub(super) async fn teacher_door(Shared(hall): Class, headers: HeaderMap) -> Response {
    if is_teacher(&hall, &headers) { to("/console") } else { join::teacher(&title(&hall), None).into_response() }
}

/// The right secret opens at once, whatever was tried before from the same address; wrong ones wait.
pub(super) async fn teacher_enters(
    Shared(hall): Class,
    peer: Peer,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Response {
    let secret = fields.get("secret").map_or("", |s| s.trim());
    if !is_teachers(&hall, secret) {
        if !may_try(&hall, "teach", address(&hall, &peer, &headers), 5.0, 0.1) {
            tokio::time::sleep(SLOWED).await;
        }
        return (StatusCode::FORBIDDEN, join::teacher(&title(&hall), Some("That is not the secret."))).into_response();
    }
    as_teacher(&hall, secret, to("/console"))
}

/// An answer that makes this browser the teacher's.
pub(super) fn as_teacher(hall: &Hall, secret: &str, mut answer: Response) -> Response {
    let name = format!("t_{}", hall.lock().state.session);
    if let Ok(cookie) = set_cookie(&name, secret, secure(hall)).parse() {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
    answer
}
