//! Routes: who asks, what they may see, which command they give. `app` needs no socket, so tests need none.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Form, Path, Query, Request, State as Shared};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::Markup;

use super::command::{Command, Who};
use super::forms::{self, Fields};
use super::hall::Hall;
use super::pages::{self, console, join, paper, projector, student};
use super::seats::Role;
use super::streams::{Follower, Open, follow};
use super::{debrief, desk, export, protect, reflect, replay, study, views};
use crate::error::Error;

type Class = Shared<Arc<Hall>>;

/// All routes of a class.
pub fn app(hall: Arc<Hall>) -> Router {
    Router::new()
        .route("/", get(door))
        .route("/j/{code}", get(door_with_code))
        .route("/join", post(enter))
        .route("/rejoin", post(reenter))
        .route("/play", get(play))
        .route("/live", get(live))
        .route("/here", post(here))
        .route("/odds", get(odds_page))
        .route("/act", post(act))
        .route("/projector", get(wall))
        .route("/projector/live", get(wall_live))
        .route("/projector/chart", get(wall_chart))
        .route("/teach", get(teacher_door).post(teacher_enters))
        .route("/console", get(console_page))
        .route("/console/live", get(console_live))
        .route("/console/{act}", post(console_act))
        .route("/selftest", get(selftest))
        .route("/debrief", get(debrief_page))
        .route("/replay", get(replay_page))
        .route("/handout", get(handout))
        .route("/paper", get(paper_page))
        .route("/export/{file}", get(export_file))
        .route("/app.css", get(|| async { ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], pages::CSS) }))
        .route("/app.js", get(|| async { ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], pages::JS) }))
        .route("/icon.svg", get(icon))
        .fallback(|| async { nothing() })
        .method_not_allowed_fallback(|| async { nothing() })
        .layer(DefaultBodyLimit::max(protect::BODY_MAX))
        .layer(from_fn_with_state(hall.clone(), guard))
        .with_state(hall)
}

/// The same answer for what does not exist and what is not yours.
fn nothing() -> Response {
    let body =
        pages::page("Not here", "narrow", None, maud::html! { h1 { "Not here" } p { a href="/" { "To the class" } } });
    (StatusCode::NOT_FOUND, body).into_response()
}

fn refused(status: StatusCode, why: &str, back: &str) -> Response {
    (status, pages::refused(why, back)).into_response()
}

fn to(path: &str) -> Response {
    Redirect::to(path).into_response()
}

async fn icon() -> impl IntoResponse {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 16 16\"><path d=\"M1 14 6 4l3 5 2-3 4 8z\" fill=\"#0b5cad\"/></svg>";
    ([(header::CONTENT_TYPE, "image/svg+xml")], svg)
}

/// Before every route: the host is ours, a form is from our own page; after it: the headers.
async fn guard(Shared(hall): Class, request: Request, next: Next) -> Response {
    let posts = request.method() != Method::GET && request.method() != Method::HEAD;
    let mut answer = if !protect::host_allowed(request.headers(), &hall.hosts) {
        refused(StatusCode::MISDIRECTED_REQUEST, "this program does not answer for that address", "/")
    } else if posts && !protect::origin_is_ours(request.headers()) {
        refused(StatusCode::FORBIDDEN, "that form did not come from a page of this class", "/")
    } else {
        next.run(request).await
    };
    for (name, value) in protect::headers() {
        answer.headers_mut().insert(name, value);
    }
    answer
}

fn secure(hall: &Hall) -> bool {
    hall.address.starts_with("https://")
}

/// The person whose browser this is.
fn person(hall: &Hall, headers: &HeaderMap) -> Option<usize> {
    let inner = hall.lock();
    let secret = protect::cookie(headers, &format!("s_{}", inner.state.session))?;
    let hash = protect::hash(&secret);
    // All are compared, so that the time tells nothing.
    inner.state.people.iter().enumerate().fold(None, |found, (i, p)| {
        if p.tokens.iter().fold(false, |any, t| any | protect::same(t, &hash)) { Some(i) } else { found }
    })
}

fn is_teacher(hall: &Hall, headers: &HeaderMap) -> bool {
    let inner = hall.lock();
    let secret = protect::cookie(headers, &format!("t_{}", inner.state.session)).unwrap_or_default();
    let hash = protect::hash(&secret);
    inner.state.keys.iter().fold(false, |any, key| any | protect::same(key, &hash))
}

fn from(request: Option<&ConnectInfo<SocketAddr>>) -> String {
    request.map_or("here".into(), |c| c.0.ip().to_string())
}

fn may_try(hall: &Hall, what: &str, address: &str, size: f64) -> bool {
    let now = hall.now();
    hall.lock().buckets.take(&format!("{what} {address}"), size, size / 60.0, now)
}

fn title(hall: &Hall) -> String {
    hall.lock().state.ready.lesson.title.clone()
}

fn door_of(hall: &Hall) -> join::Door {
    let plan = hall.lock().state.ready.lesson.clone();
    join::Door { title: plan.title, consent: plan.classroom.consent, nick: String::new(), agreed: false, back: false }
}

async fn door(Shared(hall): Class, headers: HeaderMap) -> Response {
    if person(&hall, &headers).is_some() { to("/play") } else { join::join(&door_of(&hall), "", None).into_response() }
}

async fn door_with_code(Shared(hall): Class, Path(code): Path<String>, headers: HeaderMap) -> Response {
    if person(&hall, &headers).is_some() {
        return to("/play");
    }
    join::join(&door_of(&hall), &protect::typed_code(&code), None).into_response()
}

/// The peer's address; none in tests.
type Peer = Result<ConnectInfo<SocketAddr>, axum::extract::rejection::ExtensionRejection>;

async fn enter(Shared(hall): Class, peer: Peer, headers: HeaderMap, Form(fields): Form<Fields>) -> Response {
    if person(&hall, &headers).is_some() {
        return to("/play");
    }
    let field = |name: &str| fields.get(name).map_or("", String::as_str);
    let typed = protect::typed_code(field("code"));
    let nick = protect::clean(field("nick"), 24).replace('\n', " ").trim().to_string();
    let door = join::Door { nick: nick.clone(), agreed: fields.contains_key("consent"), ..door_of(&hall) };
    let again = |status: StatusCode, why: &str| (status, join::join(&door, &typed, Some(why))).into_response();
    if !may_try(&hall, "join", &from(peer.as_ref().ok()), hall.joins) {
        return again(
            StatusCode::TOO_MANY_REQUESTS,
            "Too many are joining from your network at once: wait a few seconds and press Join again.",
        );
    }
    let code = hall.lock().state.code.clone();
    if code.is_empty() || !protect::same(&code, &typed) {
        return again(StatusCode::UNPROCESSABLE_ENTITY, "That is not the code of this class: look at the wall again.");
    }
    let secret = protect::token();
    let consent = fields.contains_key("consent");
    match hall.submit(Who::Server, Command::Join { nick, token: protect::hash(&secret), consent }) {
        Ok(()) => with_seat(&hall, &secret),
        Err(why) => again(StatusCode::UNPROCESSABLE_ENTITY, &format!("{why}.")),
    }
}

fn with_seat(hall: &Hall, secret: &str) -> Response {
    let name = format!("s_{}", hall.lock().state.session);
    let cookie = protect::set_cookie(&name, secret, secure(hall));
    ([(header::SET_COOKIE, cookie)], Redirect::to("/play")).into_response()
}

async fn reenter(Shared(hall): Class, peer: Peer, Form(fields): Form<Fields>) -> Response {
    let door = join::Door { back: true, ..door_of(&hall) };
    let again = |status: StatusCode, why: &str| (status, join::join(&door, "", Some(why))).into_response();
    if !may_try(&hall, "rejoin", &from(peer.as_ref().ok()), 10.0) {
        return again(StatusCode::TOO_MANY_REQUESTS, "Too many tries: wait a minute.");
    }
    let hash = protect::hash(&protect::typed_code(fields.get("code").map_or("", String::as_str)));
    let found = hall.lock().state.people.iter().position(|p| p.code.as_ref().is_some_and(|c| protect::same(c, &hash)));
    let Some(person) = found else {
        return again(
            StatusCode::UNPROCESSABLE_ENTITY,
            "That is no re-entry code that is good now: look at it again, or ask your teacher for a new one (each is good once).",
        );
    };
    let secret = protect::token();
    match hall.submit(Who::Server, Command::Reenter { person, token: protect::hash(&secret) }) {
        Ok(()) => with_seat(&hall, &secret),
        Err(why) => again(StatusCode::UNPROCESSABLE_ENTITY, &why.to_string()),
    }
}

fn student_view(hall: &Hall, person: usize) -> Option<views::StudentView> {
    let now = hall.now();
    let mut inner = hall.lock();
    let view = desk::student(&mut inner.state, person, now)?;
    Some(views::StudentView { pace: hall.pace(), ..view })
}

async fn play(Shared(hall): Class, Query(query): Query<Fields>, headers: HeaderMap) -> Response {
    let Some(person) = person(&hall, &headers) else {
        return to(if is_teacher(&hall, &headers) { "/console" } else { "/" });
    };
    hall.heard(person);
    let said = student::said(query.get("done").map_or("", String::as_str));
    student_view(&hall, person).map_or_else(nothing, |v| student::student(&v, said).into_response())
}

/// A page says that somebody is there.
async fn here(Shared(hall): Class, headers: HeaderMap) -> Response {
    let Some(person) = person(&hall, &headers) else { return nothing() };
    hall.heard(person);
    StatusCode::NO_CONTENT.into_response()
}

async fn live(Shared(hall): Class, headers: HeaderMap) -> Response {
    let Some(person_) = person(&hall, &headers) else { return nothing() };
    let open = Open::count(&hall, Follower::Person(person_));
    let seat = hall.lock().state.people.get(person_).and_then(|p| p.seat);
    let table = seat.map(|s| s.table);
    // Without a seat every change may be the one that lets this person in.
    let changed = table.map_or_else(|| hall.watch(), |t| hall.watch_table(t));
    let render = Arc::new(move |hall: &Hall| {
        if person(hall, &headers) != Some(person_) {
            return None;
        }
        if hall.lock().state.people.get(person_).and_then(|p| p.seat) != seat {
            return None; // it sits elsewhere now: the page is loaded anew, with nothing typed for the old seat
        }
        let view = student_view(hall, person_)?;
        Some(serde_json::json!({"live": student::live(&view).into_string()}))
    });
    follow(open, changed, render)
}

async fn act(Shared(hall): Class, headers: HeaderMap, Form(fields): Form<Fields>) -> Response {
    let Some(person) = person(&hall, &headers) else { return nothing() };
    let now = hall.now();
    if !hall.lock().buckets.take(&format!("act {person}"), 10.0, 5.0, now) {
        return refused(StatusCode::TOO_MANY_REQUESTS, "that was too fast: wait a second", "/play");
    }
    hall.heard(person);
    let commands = forms::student(&mut hall.lock().state, person, &fields);
    let done = commands.and_then(|all| all.into_iter().try_for_each(|c| hall.submit(Who::Person(person), c)));
    match done {
        // Only what the page has words for is repeated.
        Ok(()) => match fields.get("do").filter(|d| !student::said(d).is_empty()) {
            Some(done) => to(&format!("/play?done={done}")),
            None => to("/play"),
        },
        Err(why) => refused(StatusCode::UNPROCESSABLE_ENTITY, &why.to_string(), "/play"),
    }
}

fn public_view(hall: &Hall) -> views::PublicView {
    let now = hall.now();
    let view = views::public(&hall.lock().state, &hall.address, now);
    views::PublicView { pace: hall.pace(), ..view }
}

async fn wall(Shared(hall): Class) -> Markup {
    projector::projector(&public_view(&hall))
}

/// A chart of the debrief on the wall, for everybody once the truth is shown.
async fn wall_chart(Shared(hall): Class, Query(query): Query<Fields>) -> Response {
    if !hall.lock().state.revealed {
        return nothing();
    }
    let number = query.get("n").and_then(|n| n.parse().ok()).unwrap_or(1);
    match tokio::task::spawn_blocking(move || look_back(&hall)).await {
        Ok(looked) => {
            let charts: Vec<_> = looked.charts.iter().chain([&looked.odds]).cloned().collect();
            projector::wall_chart(number, &charts).map_or_else(nothing, IntoResponse::into_response)
        }
        Err(_) => refused(StatusCode::INTERNAL_SERVER_ERROR, "the charts could not be drawn", "/projector"),
    }
}

async fn wall_live(Shared(hall): Class, headers: HeaderMap) -> Response {
    // Anybody may look at the wall; the teacher's own is not counted with the others.
    let who = if is_teacher(&hall, &headers) { Follower::Teacher } else { Follower::Wall };
    let open = Open::count(&hall, who);
    let render =
        Arc::new(|hall: &Hall| Some(serde_json::json!({"live": projector::live(&public_view(hall)).into_string()})));
    let changed = hall.watch();
    follow(open, changed, render)
}

async fn teacher_door(Shared(hall): Class, headers: HeaderMap) -> Response {
    if is_teacher(&hall, &headers) { to("/console") } else { join::teacher(&title(&hall), None).into_response() }
}

async fn teacher_enters(Shared(hall): Class, peer: Peer, Form(fields): Form<Fields>) -> Response {
    let name = title(&hall);
    let address = from(peer.as_ref().ok());
    let mut inner = hall.lock();
    let shut = inner.failures.get(&address).is_some_and(|n| *n >= protect::FAILURES_MAX);
    let secret = fields.get("secret").map_or("", |s| s.trim());
    let hash = protect::hash(secret);
    let right = inner.state.keys.iter().fold(false, |any, key| any | protect::same(key, &hash));
    if shut || !right {
        *inner.failures.entry(address).or_default() += 1;
        let why = if shut {
            "Too many wrong secrets from this device: start the program again with the same --db file."
        } else {
            "That is not the secret."
        };
        return (StatusCode::FORBIDDEN, join::teacher(&name, Some(why))).into_response();
    }
    let cookie = format!("t_{}", inner.state.session);
    drop(inner);
    ([(header::SET_COOKIE, protect::set_cookie(&cookie, secret, secure(&hall)))], Redirect::to("/console"))
        .into_response()
}

fn console_view(hall: &Hall) -> views::ConsoleView {
    let now = hall.now();
    let mut inner = hall.lock();
    let (seen, near) = (inner.seen.clone(), 45_000 * hall.pace());
    let here = move |i: usize| seen.get(&i).is_some_and(|s| now.saturating_sub(s.at) < near);
    let mut view = views::console(&mut inner.state, &hall.address, now, &here);
    view.undo = inner.undoable().map(|entry| (entry.number, entry.command.words().to_string()));
    drop(inner);
    (view.cloud, view.lags, view.public.pace) = (hall.cloud.get().is_some(), hall.lags(), hall.pace());
    view
}

async fn console_page(Shared(hall): Class, headers: HeaderMap) -> Response {
    if !is_teacher(&hall, &headers) {
        return nothing();
    }
    let said = hall.lock().said.take();
    console::console(&console_view(&hall), said.as_deref()).into_response()
}

async fn console_live(Shared(hall): Class, headers: HeaderMap) -> Response {
    if !is_teacher(&hall, &headers) {
        return nothing();
    }
    let open = Open::count(&hall, Follower::Teacher);
    let changed = hall.watch();
    let render = Arc::new(move |hall: &Hall| {
        is_teacher(hall, &headers)
            .then(|| serde_json::json!({"live": console::live(&console_view(hall)).into_string()}))
    });
    follow(open, changed, render)
}

async fn console_act(
    Shared(hall): Class,
    Path(act): Path<String>,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Response {
    if !is_teacher(&hall, &headers) {
        return nothing();
    }
    let said = match act.as_str() {
        "undo" => hall.undo(fields.get("n").and_then(|n| n.parse().ok())).map(|what| format!("Undone: {what}.")),
        "code" => issue(&hall, &fields),
        "wipe" if fields.get("text").is_some_and(|t| t == "WIPE") => match hall.wipe() {
            Ok(()) => return pages::wiped().into_response(),
            Err(why) => Err(why),
        },
        "wipe" => Err(Error::refused("to wipe, type WIPE")),
        _ => forms::teacher(&act, &fields).and_then(|c| hall.submit(Who::Teacher, c)).map(|()| String::new()),
    };
    let text = said.unwrap_or_else(|why| format!("Not done: {why}."));
    hall.lock().said = (!text.is_empty()).then_some(text);
    to("/console")
}

/// Issues a re-entry code and shows it once.
fn issue(hall: &Hall, fields: &Fields) -> Result<String, Error> {
    let person = fields
        .get("n")
        .and_then(|n| n.parse::<usize>().ok())
        .ok_or_else(|| Error::refused("the number of a person is needed"))?;
    let code = protect::code(6);
    hall.submit(Who::Teacher, Command::Code { person, code: protect::hash(&code) })?;
    let nick = hall.lock().state.people.get(person).map_or(String::new(), |p| p.nick.clone());
    Ok(format!("Re-entry code for {nick}: {code} (good once)."))
}

async fn selftest(Shared(hall): Class, headers: HeaderMap) -> Response {
    if !is_teacher(&hall, &headers) {
        return nothing();
    }
    console::selftest(&console_view(&hall), &hall.hosts).into_response()
}

/// The teacher always, students once the truth is shown.
fn may_see_truth(hall: &Hall, headers: &HeaderMap) -> bool {
    is_teacher(hall, headers) || (hall.lock().state.revealed && person(hall, headers).is_some())
}

async fn debrief_page(Shared(hall): Class, headers: HeaderMap) -> Response {
    if !may_see_truth(&hall, &headers) {
        return nothing();
    }
    match tokio::task::spawn_blocking(move || debrief_html(&hall)).await {
        Ok(page) => ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response(),
        Err(_) => refused(StatusCode::INTERNAL_SERVER_ERROR, "the charts could not be drawn", "/console"),
    }
}

/// The odds as far as a delegation can know them: for its analyst, before and after the truth is shown.
async fn odds_page(Shared(hall): Class, headers: HeaderMap) -> Response {
    let Some(person) = person(&hall, &headers) else { return nothing() };
    let seat = hall.lock().state.people.get(person).and_then(|p| p.seat).filter(|s| s.role != Role::Observer);
    let Some(seat) = seat else { return nothing() };
    let until = {
        let inner = hall.lock();
        let may = inner.state.forecaster(seat.table, seat.party) == Some(seat.role);
        inner.state.answered_until(seat.table, seat.party).filter(|_| may)
    };
    let Some(until) = until else {
        return refused(StatusCode::FORBIDDEN, "the analyst of your delegation may ask for the odds", "/play");
    };
    match tokio::task::spawn_blocking(move || hall.forecast(seat.table, seat.party, until)).await {
        Ok(forecast) => pages::debrief::odds(&forecast.charts()).into_response(),
        Err(_) => refused(StatusCode::INTERNAL_SERVER_ERROR, "the odds could not be drawn", "/play"),
    }
}

/// The debrief, computed once for a state of the tables.
fn debrief_html(hall: &Hall) -> String {
    let looked = look_back(hall);
    let (ready, mut charts) = (&looked.ready, looked.charts.clone());
    charts.push(looked.odds.clone());
    let thought = reflect::thought(&mut hall.lock().state);
    pages::debrief::debrief(&ready.lesson.title, &charts, &looked.turns, &thought, "/play").into_string()
}

/// A table's game, a week at a time; tables and weeks are counted from 1 in the address.
async fn replay_page(Shared(hall): Class, Query(query): Query<Fields>, headers: HeaderMap) -> Response {
    if !may_see_truth(&hall, &headers) {
        return nothing();
    }
    let number = |name: &str| query.get(name).and_then(|n| n.parse::<usize>().ok()).map_or(0, |n| n.saturating_sub(1));
    let frame = replay::frame(&hall.lock().state, number("table"), number("week"));
    let Some(frame) = frame else {
        return refused(StatusCode::NOT_FOUND, "that table has not played a week yet", "/debrief");
    };
    match tokio::task::spawn_blocking(move || look_back(&hall)).await {
        Ok(looked) => {
            let odds = looked.course.get(frame.table.0).and_then(|(_, odds)| odds.get(frame.week.0)).copied();
            pages::replay::replay(&frame, odds).into_response()
        }
        Err(_) => refused(StatusCode::INTERNAL_SERVER_ERROR, "the replay could not be drawn", "/debrief"),
    }
}

async fn handout(Shared(hall): Class, headers: HeaderMap) -> Response {
    if !may_see_truth(&hall, &headers) {
        return nothing();
    }
    match tokio::task::spawn_blocking(move || handout_html(&hall)).await {
        Ok(page) => ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response(),
        Err(_) => refused(StatusCode::INTERNAL_SERVER_ERROR, "the hand-out could not be drawn", "/console"),
    }
}

fn handout_html(hall: &Hall) -> String {
    let looked = look_back(hall);
    let lesson = &looked.ready.lesson;
    pages::debrief::handout(&lesson.title, &looked.paths(), &looked.odds, &lesson.classroom.debrief).into_string()
}

/// All that the debrief shows; worked out once for a state of the tables.
fn look_back(hall: &Hall) -> Arc<debrief::Looked> {
    let mut last = hall.debrief.lock().unwrap_or_else(|e| e.into_inner());
    let mut inner = hall.lock();
    let ready = inner.state.ready.clone();
    let tables = debrief::ended(&mut inner.state);
    drop(inner);
    let key = debrief::key(&tables, hall.cloud.get());
    match last.as_ref().filter(|(k, _)| *k == key) {
        Some((_, looked)) => looked.clone(),
        None => {
            let looked = Arc::new(debrief::Looked::at(ready, &tables, hall.cloud.get()));
            *last = Some((key, looked.clone()));
            looked
        }
    }
}

async fn paper_page(Shared(hall): Class, headers: HeaderMap) -> Response {
    if !is_teacher(&hall, &headers) {
        return nothing();
    }
    let inner = hall.lock();
    let ready = inner.state.ready.clone();
    let values = study::ends(&ready.setup, [0, 1].map(|p| inner.state.tables[0].table.weights(p)));
    drop(inner);
    paper::paper(&ready, &values).into_response()
}

async fn export_file(Shared(hall): Class, Path(file): Path<String>, headers: HeaderMap) -> Response {
    if !is_teacher(&hall, &headers) {
        return nothing();
    }
    let attached = |kind: &'static str, body: String| {
        let name = format!("attachment; filename=\"{file}\"");
        ([(header::CONTENT_TYPE, kind.to_string()), (header::CONTENT_DISPOSITION, name)], Body::from(body))
            .into_response()
    };
    if file == "codebook.txt" {
        return attached("text/plain; charset=utf-8", export::CODEBOOK.to_string());
    }
    let mut inner = hall.lock();
    if let Some(t) =
        file.strip_prefix("orders-").and_then(|f| f.strip_suffix(".json")).and_then(|t| t.parse::<usize>().ok())
    {
        return match export::orders(&inner.state, t.wrapping_sub(1)) {
            Some(Ok(text)) => attached("application/json", text),
            Some(Err(why)) => refused(StatusCode::INTERNAL_SERVER_ERROR, &why.to_string(), "/console"),
            None => nothing(),
        };
    }
    let Some(what) = file.strip_suffix(".csv") else { return nothing() };
    let entries = inner.entries().to_vec();
    match export::file(&mut inner.state, &entries, what) {
        Some(Ok(text)) => attached("text/csv; charset=utf-8", text),
        Some(Err(why)) => refused(StatusCode::INTERNAL_SERVER_ERROR, &why.to_string(), "/console"),
        None => nothing(),
    }
}
