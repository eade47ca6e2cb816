//! Live pages: server-sent events, one rendered view for each change, slow phones get the latest only.

use std::convert::Infallible;
use std::sync::Arc;

use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use tokio::sync::watch;

use super::hall::Hall;

/// Renders the latest view as JSON; none where the reader may not see it any more.
pub type Render = Arc<dyn Fn(&Hall) -> Option<serde_json::Value> + Send + Sync>;

/// A person's stream, counted while it is open.
pub struct Open {
    hall: Arc<Hall>,
    person: Option<usize>,
}

impl Open {
    /// Counts a stream; none where there are too many.
    pub fn count(hall: &Arc<Hall>, person: Option<usize>) -> Option<Open> {
        if person.is_some_and(|p| !hall.stream(p)) {
            return None;
        }
        Some(Open { hall: hall.clone(), person })
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        if let Some(person) = self.person {
            self.hall.unstream(person);
        }
    }
}

/// The answer that goes on: the view now, then after every change.
pub fn follow(open: Open, mut changed: watch::Receiver<u64>, render: Render) -> Response {
    changed.mark_changed();
    let stream = stream::unfold(Some((open, changed, render)), |state| async move {
        let (open, mut changed, render) = state?;
        changed.changed().await.ok()?;
        changed.borrow_and_update();
        let since = open.hall.committed();
        let view = render(&open.hall);
        let gone = serde_json::json!({"gone": true});
        let event = Event::default().event("view").data(view.as_ref().unwrap_or(&gone).to_string());
        open.hall.lag(since);
        let next = view.is_some().then_some((open, changed, render));
        Some((Ok::<Event, Infallible>(event), next))
    });
    Sse::new(stream).keep_alive(KeepAlive::default()).into_response()
}
