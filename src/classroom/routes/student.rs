//! A person's page, what it follows, and what it sends.

use std::sync::Arc;

use axum::extract::{Form, Query, State as Shared};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use super::who::{is_teacher, person};
use super::{Class, nothing, refused, to, undrawn};
use crate::classroom::command::Who;
use crate::classroom::forms::{self, Fields};
use crate::classroom::hall::Hall;
use crate::classroom::pages::{self, student};
use crate::classroom::seats::Role;
use crate::classroom::{desk, views};
use crate::web::streams::follow;

fn student_view(hall: &Hall, person: usize) -> Option<views::StudentView> {
    let now = hall.now();
    let mut inner = hall.lock();
    desk::student(&mut inner.state, person, (now, hall.pace()))
}

pub(super) async fn play(Shared(hall): Class, Query(query): Query<Fields>, headers: HeaderMap) -> Response {
    let Some(person) = person(&hall, &headers) else {
        return to(if is_teacher(&hall, &headers) { "/console" } else { "/" });
    };
    hall.heard(person);
    let said = student::said(query.get("done").map_or("", String::as_str));
    student_view(&hall, person).map_or_else(nothing, |v| student::student(&v, said).into_response())
}

/// A page says that somebody is there.
pub(super) async fn here(Shared(hall): Class, headers: HeaderMap) -> Response {
    let Some(person) = person(&hall, &headers) else { return nothing() };
    hall.heard(person);
    StatusCode::NO_CONTENT.into_response()
}

pub(super) async fn act(Shared(hall): Class, headers: HeaderMap, Form(fields): Form<Fields>) -> Response {
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

/// The odds as far as a delegation can know them: for its analyst, before and after the truth is shown.
pub(super) async fn odds_page(Shared(hall): Class, headers: HeaderMap) -> Response {
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
        Err(_) => undrawn("odds", "/play"),
    }
}

/// Says that a person's page is not followed any more, however that came.
struct Leaves(Arc<Hall>, usize);

impl Drop for Leaves {
    fn drop(&mut self) {
        self.0.left(self.1);
    }
}

pub(super) async fn live(Shared(hall): Class, headers: HeaderMap) -> Response {
    let Some(whose) = person(&hall, &headers) else { return nothing() };
    let open = hall.follow_person(whose);
    let seat = hall.lock().state.people.get(whose).and_then(|p| p.seat);
    // Without a seat every change may be the one that lets this person in.
    let changed = seat.map_or_else(|| hall.watch(), |seat| hall.watch_table(seat.table));
    let written = hall.written();
    let leaves = Leaves(hall.clone(), whose);
    let render = Arc::new(move || {
        let hall = &leaves.0;
        if person(hall, &headers) != Some(whose) {
            return None;
        }
        if hall.lock().state.people.get(whose).and_then(|p| p.seat) != seat {
            return None; // it sits elsewhere now: the page is loaded anew, with nothing typed for the old seat
        }
        let view = student_view(hall, whose)?;
        Some(serde_json::json!({"live": student::live(&view).into_string(), "pace": view.pace}))
    });
    follow(open, changed, render, written)
}
