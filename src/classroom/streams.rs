//! Live pages: server-sent events, one rendered view for each change, slow phones get the latest only.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use tokio::sync::Notify;

use super::hall::Hall;
use super::pulse::Reader;

/// Renders the latest view as JSON; none where the reader may not see it any more.
pub type Render = Arc<dyn Fn(&Hall) -> Option<serde_json::Value> + Send + Sync>;

/// Who follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Follower {
    /// A person who joined.
    Person(usize),
    /// The wall, which anybody may open.
    Wall,
    /// The teacher.
    Teacher,
}

/// A stream, counted while it is open.
pub struct Open {
    hall: Arc<Hall>,
    who: Follower,
    cut: Arc<Notify>,
}

impl Open {
    /// Counts a stream. Where there are too many the oldest ends: it may belong to a phone that is gone.
    pub fn count(hall: &Arc<Hall>, who: Follower) -> Open {
        Open { hall: hall.clone(), who, cut: hall.stream(who) }
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.hall.unstream(self.who, &self.cut);
    }
}

/// The answer that goes on: the view now, then after every change. Ten seconds of silence are broken by a beat, by
/// which a page knows that it is still followed.
pub fn follow(open: Open, reader: Reader, render: Render) -> Response {
    let stream = stream::unfold(Some((open, reader, render, None)), |state| async move {
        let (open, mut reader, render, written) = state?;
        if let Some(since) = written {
            open.hall.lag(since); // asked for more: the last view has gone out
        }
        let cut = open.cut.clone();
        let since = tokio::select! {
            since = reader.next() => since?,
            () = cut.notified() => {
                let event = Event::default().event("cut").data("-");
                return Some((Ok::<Event, Infallible>(event), None));
            }
        };
        let view = render(&open.hall);
        let gone = serde_json::json!({"gone": true});
        let event = Event::default().event("view").data(view.as_ref().unwrap_or(&gone).to_string());
        let next = view.is_some().then_some((open, reader, render, since));
        Some((Ok(event), next))
    });
    let beat = KeepAlive::new().interval(Duration::from_secs(10)).event(Event::default().event("beat").data("-"));
    Sse::new(stream).keep_alive(beat).into_response()
}
