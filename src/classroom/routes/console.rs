//! The teacher's pages and commands.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Form, Path, State as Shared};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::door::{as_teacher, without};
use super::who::is_teacher;
use super::{Class, nothing, refused, to};
use crate::classroom::command::{Command, Who};
use crate::classroom::forms::{self, Fields};
use crate::classroom::hall::{CONSOLES_MAX, Follower, Hall};
use crate::classroom::pages::{self, console, paper};
use crate::classroom::{answers, export, printed, teacher};
use crate::error::Error;
use crate::web::secrets;
use crate::web::streams::follow;

/// Paces that a rehearsal is offered.
const PACES: [u64; 5] = [1, 10, 30, 60, 150];

fn console_view(hall: &Hall) -> teacher::ConsoleView {
    let now = hall.now();
    let mut inner = hall.lock();
    let (seen, near) = (inner.seen.clone(), 45_000 * hall.pace());
    let here = move |i: usize| seen.get(&i).is_some_and(|s| now.saturating_sub(s.at) < near);
    let mut view = teacher::console(&mut inner.state, &hall.address, (now, hall.pace()), &here);
    view.undo = inner.undoable().map(|entry| (entry.number, entry.command.words().to_string()));
    drop(inner);
    view.trouble = hall.trouble();
    view.wall = format!("{}/wall/{}", hall.address, hall.wall_key());
    view.paces = if hall.rehearses() { PACES.to_vec() } else { vec![] };
    (view.cloud, view.lags) = (hall.cloud.get().is_some(), hall.lags());
    view
}

pub(super) async fn console_page(Shared(hall): Class, headers: HeaderMap) -> Response {
    if !is_teacher(&hall, &headers) {
        return nothing();
    }
    let said = hall.lock().said.take();
    console::console(&console_view(&hall), said.as_deref()).into_response()
}

pub(super) async fn console_live(Shared(hall): Class, headers: HeaderMap) -> Response {
    if !is_teacher(&hall, &headers) {
        return nothing();
    }
    let open = hall.watching.open(Follower::Teacher, CONSOLES_MAX);
    let (changed, written) = (hall.watch(), hall.written());
    let render = Arc::new(move || {
        is_teacher(&hall, &headers).then(
            || serde_json::json!({"live": console::live(&console_view(&hall)).into_string(), "pace": hall.pace()}),
        )
    });
    follow(open, changed, render, written)
}

pub(super) async fn console_act(
    Shared(hall): Class,
    Path(act): Path<String>,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Response {
    if !is_teacher(&hall, &headers) {
        return nothing();
    }
    let said = match act.as_str() {
        "undo" => {
            let (undoing, number) = (hall.clone(), fields.get("n").and_then(|n| n.parse().ok()));
            let undone = tokio::task::spawn_blocking(move || undoing.undo(number)).await;
            undone
                .unwrap_or_else(|_| Err(Error::ours("that could not be undone")))
                .map(|what| format!("Undone: {what}."))
        }
        "code" => issue(&hall, &fields),
        "pace" => {
            let pace = fields.get("n").and_then(|n| n.parse().ok()).unwrap_or(0);
            hall.set_pace(pace).map(|()| format!("The clocks run {pace} times as fast as the wall."))
        }
        "signout" => return without(&hall, "t", to("/")),
        "key" => {
            let secret = secrets::token();
            match hall.submit(Who::Teacher, Command::NewKey(secrets::hash(&secret))) {
                Ok(()) => {
                    let link = format!("{}/teach#k={secret}", hall.address);
                    let text = format!("New teacher link: {link} (secret: {secret}). All before it are void.");
                    hall.lock().said = Some(text);
                    return as_teacher(&hall, &secret, to("/console"));
                }
                Err(why) => Err(why),
            }
        }
        "wipe" if fields.get("text").is_some_and(|t| t == "WIPE") => match hall.wipe() {
            Ok(()) => return pages::wiped().into_response(),
            Err(why) => Err(why),
        },
        "wipe" => Err(Error::refused("to wipe, type WIPE")),
        _ => forms::teacher(&act, &fields).and_then(|command| {
            hall.submit(Who::Teacher, command.clone())?;
            Ok(answers::answered(&hall.lock().state, &command))
        }),
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
    let code = secrets::code(6);
    hall.submit(Who::Teacher, Command::Code { person, code: secrets::hash(&code) })?;
    let nick = hall.lock().state.people.get(person).map_or(String::new(), |p| p.nick.clone());
    Ok(format!("Re-entry code for {nick}: {code} (good once)."))
}

pub(super) async fn selftest(Shared(hall): Class, headers: HeaderMap) -> Response {
    if !is_teacher(&hall, &headers) {
        return nothing();
    }
    console::selftest(&console_view(&hall), &hall.hosts).into_response()
}

pub(super) async fn paper_page(Shared(hall): Class, headers: HeaderMap) -> Response {
    if !is_teacher(&hall, &headers) {
        return nothing();
    }
    let mut inner = hall.lock();
    let (ready, tables) = (inner.state.ready.clone(), printed::printed(&mut inner.state));
    drop(inner);
    paper::paper(&ready, &tables).into_response()
}

pub(super) async fn export_file(Shared(hall): Class, Path(file): Path<String>, headers: HeaderMap) -> Response {
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
        // By the mark at its beginning a spreadsheet knows that it is UTF-8.
        Some(Ok(text)) => attached("text/csv; charset=utf-8", format!("\u{feff}{text}")),
        Some(Err(why)) => refused(StatusCode::INTERNAL_SERVER_ERROR, &why.to_string(), "/console"),
        None => nothing(),
    }
}
