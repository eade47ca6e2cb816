//! Routes: who asks, what they may see, which command they give. `app` needs no socket, so tests need none.

mod console;
mod door;
mod student;
mod truth;
mod wall;
mod who;

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State as Shared};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use super::forms;
use super::hall::Hall;
use super::lesson::Ready;
use super::pages;
use crate::web::guard::{Guard, guard};

type Class = Shared<Arc<Hall>>;

/// All routes of a class.
pub fn app(hall: Arc<Hall>) -> Router {
    let who = hall.clone();
    let own = Guard {
        hosts: hall.hosts.clone(),
        known: Box::new(move |headers: &HeaderMap| who::known(&who, headers)),
        refused: |status, why| refused(status, why, "/"),
    };
    let body = body_max(&hall.lock().state.ready);
    Router::new()
        .route("/", get(door::door))
        .route("/j/{code}", get(door::door_with_code))
        .route("/join", post(door::enter))
        .route("/rejoin", post(door::reenter))
        .route("/leave", post(door::leave))
        .route("/play", get(student::play))
        .route("/live", get(student::live))
        .route("/here", post(student::here))
        .route("/odds", get(student::odds_page))
        .route("/act", post(student::act))
        .route("/wall/{key}", get(wall::wall_door))
        .route("/projector", get(wall::wall))
        .route("/projector/live", get(wall::wall_live))
        .route("/projector/chart", get(wall::wall_chart))
        .route("/teach", get(door::teacher_door).post(door::teacher_enters))
        .route("/console", get(console::console_page))
        .route("/console/live", get(console::console_live))
        .route("/console/{act}", post(console::console_act))
        .route("/selftest", get(console::selftest))
        .route("/debrief", get(truth::debrief_page))
        .route("/debrief.html", get(truth::taken_home))
        .route("/replay", get(truth::replay_page))
        .route("/handout", get(truth::handout))
        .route("/paper", get(console::paper_page))
        .route("/export/{file}", get(console::export_file))
        .route("/app.css", get(|| async { ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], pages::css()) }))
        .route("/app.js", get(|| async { ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], pages::JS) }))
        .route("/icon.svg", get(icon))
        .fallback(|| async { nothing() })
        .method_not_allowed_fallback(|| async { nothing() })
        .layer(DefaultBodyLimit::max(body))
        .layer(from_fn_with_state(Arc::new(own), guard))
        .with_state(hall)
}

/// The largest form of a lesson (bytes): a letter that somebody types takes up to twelve on its way.
pub fn body_max(ready: &Ready) -> usize {
    let plan = &ready.lesson.classroom;
    let typed = (forms::SHEET_MAX * plan.observe.len()).max(2 * forms::TEXT_MAX);
    let named = ready.setup.levers.len() + plan.quiz.len() + plan.about.len() + plan.observe.len();
    4096 + 12 * typed + 100 * named
}

/// The same answer for what does not exist and what is not yours.
fn nothing() -> Response {
    let body = pages::page(
        "Not here",
        "narrow",
        None,
        maud::html! { h1 { "Not here" } p { "This page is not here for you." } p { a href="/" { "To the class" } } },
    );
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

/// How somebody is told what went wrong while something long was worked out.
fn undrawn(what: &str, back: &str) -> Response {
    refused(StatusCode::INTERNAL_SERVER_ERROR, &format!("the {what} could not be drawn"), back)
}
