//! The truth, once it is shown: debrief, replay, hand-out. All of it is worked out beside the class, which goes on.

use std::sync::Arc;

use axum::extract::{Query, State as Shared};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::who::may_see_truth;
use super::{Class, nothing, refused, undrawn};
use crate::classroom::forms::Fields;
use crate::classroom::hall::Hall;
use crate::classroom::{pages, reflect, replay};

pub(super) async fn debrief_page(Shared(hall): Class, headers: HeaderMap) -> Response {
    worked_out(hall, &headers, debrief_html, "charts").await
}

pub(super) async fn handout(Shared(hall): Class, headers: HeaderMap) -> Response {
    worked_out(hall, &headers, handout_html, "hand-out").await
}

/// A page that takes long, for those who may see the truth.
async fn worked_out(hall: Arc<Hall>, headers: &HeaderMap, draw: fn(&Hall) -> String, what: &str) -> Response {
    if !may_see_truth(&hall, headers) {
        return nothing();
    }
    match tokio::task::spawn_blocking(move || draw(&hall)).await {
        Ok(page) => ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response(),
        Err(_) => undrawn(what, "/console"),
    }
}

/// The debrief, computed once for a state of the tables.
fn debrief_html(hall: &Hall) -> String {
    let looked = hall.look_back();
    let (ready, mut charts) = (&looked.ready, looked.charts.clone());
    charts.push(looked.odds.clone());
    let thought = reflect::thought(&mut hall.lock().state);
    let decided = (&looked.turns[..], &looked.decided[..]);
    pages::debrief::debrief(&ready.lesson.title, &charts, decided, &thought, "/play").into_string()
}

/// The debrief in one file, to be taken home.
pub(super) async fn taken_home(Shared(hall): Class, headers: HeaderMap) -> Response {
    let mut answer = worked_out(hall, &headers, taken_html, "debrief").await;
    if answer.status().is_success() {
        let name = HeaderValue::from_static("attachment; filename=\"debrief.html\"");
        answer.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    }
    answer
}

fn taken_html(hall: &Hall) -> String {
    let looked = hall.look_back();
    let thought = reflect::thought(&mut hall.lock().state);
    pages::debrief::takeaway(&looked, &thought).into_string()
}

/// A table's game, a week at a time; tables and weeks are counted from 1 in the address.
pub(super) async fn replay_page(Shared(hall): Class, Query(query): Query<Fields>, headers: HeaderMap) -> Response {
    if !may_see_truth(&hall, &headers) {
        return nothing();
    }
    let number = |name: &str| query.get(name).and_then(|n| n.parse::<usize>().ok()).map_or(0, |n| n.saturating_sub(1));
    let frame = replay::frame(&hall.lock().state, number("table"), number("week"));
    let Some(frame) = frame else {
        return refused(StatusCode::NOT_FOUND, "that table has not played a week yet", "/debrief");
    };
    match tokio::task::spawn_blocking(move || hall.look_back()).await {
        Ok(looked) => {
            let odds = looked.course.get(frame.table.0).and_then(|(_, odds)| odds.get(frame.week.0)).copied();
            pages::replay::replay(&frame, odds).into_response()
        }
        Err(_) => undrawn("replay", "/debrief"),
    }
}

fn handout_html(hall: &Hall) -> String {
    let looked = hall.look_back();
    let lesson = &looked.ready.lesson;
    pages::debrief::handout(&lesson.title, &looked.paths(), &looked.odds, &lesson.classroom.debrief).into_string()
}
