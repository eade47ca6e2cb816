//! The wall: with its link or the teacher's cookie it shows the join code; anybody else sees what the room sees without.

use std::sync::Arc;

use axum::extract::{Path, Query, State as Shared};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::Markup;

use super::who::{Peer, address, is_teacher, is_wall, secure};
use super::{Class, nothing, refused, undrawn};
use crate::classroom::forms::Fields;
use crate::classroom::hall::{CONSOLES_MAX, Follower, Hall, STRANGERS_MAX, WALLS_MAX};
use crate::classroom::notices::Of;
use crate::classroom::pages::projector;
use crate::classroom::wall::{PublicView, WallTable, public};
use crate::web::guard::set_cookie;
use crate::web::secrets::same;
use crate::web::streams::follow;

/// The link of the wall: the browser that opens it may show the join code.
pub(super) async fn wall_door(Shared(hall): Class, Path(key): Path<String>) -> Response {
    let own = hall.wall_key();
    if !same(&own, &key) {
        return nothing();
    }
    let name = format!("w_{}", hall.lock().state.session);
    ([(header::SET_COOKIE, set_cookie(&name, &own, secure(&hall)))], Redirect::to("/projector")).into_response()
}

fn view(hall: &Hall, code: bool) -> PublicView {
    let now = hall.now();
    let view = public(&hall.lock().state, &hall.address, (now, hall.pace()));
    if code {
        return view;
    }
    // Who looks at the wall from elsewhere learns no code, no name and no message.
    let tables = view.tables.into_iter().map(|table| WallTable { plan: vec![], ..table }).collect();
    let notices = view.notices.into_iter().filter(|n| n.of != Of::Message).collect();
    PublicView { code: None, tables, notices, ..view }
}

/// Whether the code may be shown here.
fn may_show(hall: &Hall, headers: &HeaderMap) -> bool {
    is_wall(hall, headers) || is_teacher(hall, headers)
}

pub(super) async fn wall(Shared(hall): Class, headers: HeaderMap) -> Markup {
    projector::projector(&view(&hall, may_show(&hall, &headers)))
}

/// A chart of the debrief on the wall, for everybody once the truth is shown.
pub(super) async fn wall_chart(Shared(hall): Class, Query(query): Query<Fields>) -> Response {
    if !hall.lock().state.revealed {
        return nothing();
    }
    let number = query.get("n").and_then(|n| n.parse().ok()).unwrap_or(1);
    let seen = view(&hall, false);
    match tokio::task::spawn_blocking(move || hall.look_back()).await {
        Ok(looked) => {
            let charts: Vec<_> = looked.charts.iter().chain([&looked.odds]).cloned().collect();
            projector::wall_chart(number, &charts, &seen).map_or_else(nothing, IntoResponse::into_response)
        }
        Err(_) => undrawn("charts", "/projector"),
    }
}

/// What the wall follows. A stranger's streams are few and never cut another's: the newest is refused, and tries again.
pub(super) async fn wall_live(
    Shared(hall): Class,
    peer: Peer,
    Query(query): Query<Fields>,
    headers: HeaderMap,
) -> Response {
    let code = may_show(&hall, &headers);
    let open = if is_teacher(&hall, &headers) {
        Some(hall.watching.open(Follower::Teacher, CONSOLES_MAX))
    } else if code {
        Some(hall.watching.open(Follower::Wall, WALLS_MAX))
    } else {
        let who = Follower::Stranger(address(&hall, &peer, &headers));
        let (one, all) = STRANGERS_MAX;
        hall.watching.open_if_room(who, one, |who| matches!(who, Follower::Stranger(_)), all)
    };
    let Some(open) = open else {
        return refused(StatusCode::TOO_MANY_REQUESTS, "too many follow the wall: it is tried again", "/projector");
    };
    let (changed, written) = (hall.watch(), hall.written());
    // A page that shows a chart hears only when the teacher shows another.
    let bare = query.contains_key("bare");
    let render = Arc::new(move || {
        let seen = view(&hall, code);
        let drawn = if bare { projector::signal(&seen) } else { projector::live(&seen) };
        Some(serde_json::json!({"live": drawn.into_string(), "pace": seen.pace}))
    });
    follow(open, changed, render, written)
}
