//! Live pages: server-sent events, one rendered view for each change, slow phones get the latest only.

use std::collections::{BTreeMap, VecDeque};
use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use tokio::sync::Notify;

use super::pulse::Reader;

/// Renders the latest view as JSON; none where the reader may not see it any more.
pub type Render = Arc<dyn Fn() -> Option<serde_json::Value> + Send + Sync>;
/// Is told of each update that went out when its change was committed.
pub type Written = Arc<dyn Fn(Instant) + Send + Sync>;

/// The streams that are open, by who follows, the oldest first, each with what ends it.
pub struct Watching<K>(Mutex<BTreeMap<K, VecDeque<Arc<Notify>>>>);

impl<K> Default for Watching<K> {
    fn default() -> Self {
        Watching(Mutex::new(BTreeMap::new()))
    }
}

impl<K: Ord + Clone> Watching<K> {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<K, VecDeque<Arc<Notify>>>> {
        self.0.lock().unwrap_or_else(|e| e.into_inner())
    }

    /// A stream opens. Where one follows with as many already, the oldest ends: it may belong to a phone that is gone.
    pub fn open(self: &Arc<Self>, who: K, most: usize) -> Open<K> {
        let mut all = self.lock();
        let open = all.entry(who.clone()).or_default();
        if open.len() >= most
            && let Some(oldest) = open.pop_front()
        {
            oldest.notify_one();
        }
        self.counted(open, who)
    }

    /// A stream opens where there is room for it: for so many of this one, and so many of all that are `like` it.
    pub fn open_if_room(
        self: &Arc<Self>,
        who: K,
        most: usize,
        like: impl Fn(&K) -> bool,
        all: usize,
    ) -> Option<Open<K>> {
        let mut list = self.lock();
        let alike: usize = list.iter().filter(|(other, _)| like(other)).map(|(_, open)| open.len()).sum();
        let room = list.get(&who).map_or(0, VecDeque::len) < most && alike < all;
        room.then(|| self.counted(list.entry(who.clone()).or_default(), who))
    }

    fn counted(self: &Arc<Self>, open: &mut VecDeque<Arc<Notify>>, who: K) -> Open<K> {
        let cut = Arc::new(Notify::new());
        open.push_back(cut.clone());
        Open { watching: self.clone(), who, cut }
    }
}

/// A stream, counted while it is open.
pub struct Open<K: Ord + Clone> {
    watching: Arc<Watching<K>>,
    who: K,
    cut: Arc<Notify>,
}

impl<K: Ord + Clone> Drop for Open<K> {
    fn drop(&mut self) {
        let mut all = self.watching.lock();
        if let Some(open) = all.get_mut(&self.who) {
            open.retain(|other| !Arc::ptr_eq(other, &self.cut));
            if open.is_empty() {
                all.remove(&self.who);
            }
        }
    }
}

/// The answer that goes on: the view now, then after every change. Ten seconds of silence are broken by a beat, by
/// which a page knows that it is still followed.
pub fn follow<K: Ord + Clone + Send + 'static>(
    open: Open<K>,
    reader: Reader,
    render: Render,
    written: Written,
) -> Response {
    let stream = stream::unfold(Some((open, reader, render, None)), move |state| {
        let written = written.clone();
        async move {
            let (open, mut reader, render, last) = state?;
            if let Some(since) = last {
                written(since); // asked for more: the last view has gone out
            }
            let since = tokio::select! {
                since = reader.next() => since?,
                () = open.cut.notified() => {
                    let event = Event::default().event("cut").data("-");
                    return Some((Ok::<Event, Infallible>(event), None));
                }
            };
            let view = render();
            let gone = serde_json::json!({"gone": true});
            let event = Event::default().event("view").data(view.as_ref().unwrap_or(&gone).to_string());
            let next = view.is_some().then_some((open, reader, render, since));
            Some((Ok(event), next))
        }
    });
    let beat = KeepAlive::new().interval(Duration::from_secs(10)).event(Event::default().event("beat").data("-"));
    Sse::new(stream).keep_alive(beat).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strangers_are_refused_where_friends_push_out_their_oldest() {
        let watching: Arc<Watching<(bool, u32)>> = Arc::default();
        let stranger = |n: u32| watching.open_if_room((true, n), 2, |who| who.0, 3);
        let a = [stranger(1), stranger(1), stranger(1)];
        assert_eq!(a.each_ref().map(Option::is_some), [true, true, false], "so many from one address");
        let b = [stranger(2), stranger(3)];
        assert_eq!(b.each_ref().map(Option::is_some), [true, false], "so many of all strangers");
        let friends: Vec<_> = (0..3).map(|_| watching.open((false, 1), 2)).collect();
        assert_eq!(watching.lock()[&(false, 1)].len(), 2);
        drop((a, b, friends));
        assert!(watching.lock().is_empty());
    }
}
