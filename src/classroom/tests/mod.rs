//! The class from outside: requests through the router, no socket, a clock that stands still unless moved.

mod alone;
mod attention;
mod board;
mod doors;
mod honest;
mod kept;
mod leaks;
mod orders;
mod play;
mod replay;
mod undo;
mod unsaved;
mod walls;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use futures_util::StreamExt;
use tower::ServiceExt;

use super::hall::{Hall, Opening};
use super::lesson::Ready;
use super::lesson::tests::lesson;
use super::log::Log;
use super::routes::app;

/// An answer.
pub struct Reply {
    pub status: StatusCode,
    pub head: String,
    pub body: String,
    pub cookie: Option<String>,
}

/// What a class under test is opened with.
pub fn opening(ready: Ready, log: Log, now: super::hall::Now) -> Opening {
    Opening {
        ready: Arc::new(ready),
        log,
        file: None,
        now,
        hosts: vec!["class.test".to_string()],
        address: "http://class.test".into(),
        joins: 1000.0,
        proxied: false,
        tempo: None,
    }
}

/// A class under test.
pub struct Class {
    pub hall: Arc<Hall>,
    pub app: Router,
    pub time: Arc<AtomicU64>,
    pub secret: String,
    pub runtime: tokio::runtime::Runtime,
}

impl Class {
    /// A class of a shipped lesson.
    pub fn new(name: &str) -> Class {
        Class::of(lesson(name), Log::in_memory().expect("a log"), 1_000_000)
    }

    /// A class of a lesson, on a log, at a time.
    pub fn of(ready: Ready, log: Log, at: u64) -> Class {
        let time = Arc::new(AtomicU64::new(at));
        let clock = time.clone();
        let now = Arc::new(move || clock.load(Ordering::SeqCst));
        let (hall, secret) = Hall::open(opening(ready, log, now)).expect("opened");
        let hall = Arc::new(hall);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        Class { app: app(hall.clone()), hall, time, secret, runtime }
    }

    /// Time passes.
    pub fn pass(&self, ms: u64) {
        self.time.fetch_add(ms, Ordering::SeqCst);
    }

    /// A request through the router; of a stream, its first event.
    pub fn send(&self, request: Request<Body>) -> Reply {
        self.runtime.block_on(async {
            let answer = self.app.clone().oneshot(request).await.expect("infallible");
            let (parts, body) = answer.into_parts();
            let cookie = parts.headers.get(header::SET_COOKIE).and_then(|c| c.to_str().ok());
            let cookie = cookie.and_then(|c| c.split(';').next()).map(String::from);
            let stream = parts.headers.get(header::CONTENT_TYPE).is_some_and(|t| t == "text/event-stream");
            let body = if stream {
                let first = body.into_data_stream().next().await.expect("an event").expect("bytes");
                String::from_utf8_lossy(&first).into_owned()
            } else {
                String::from_utf8_lossy(&to_bytes(body, 1 << 24).await.expect("a body")).into_owned()
            };
            Reply { status: parts.status, head: format!("{:?}", parts.headers), body, cookie }
        })
    }

    /// A page.
    pub fn get(&self, path: &str, cookie: &str) -> Reply {
        let request = Request::get(path).header("host", "class.test").header("cookie", cookie);
        self.send(request.body(Body::empty()).expect("a request"))
    }

    /// A form from our own page.
    pub fn post(&self, path: &str, cookie: &str, form: &str) -> Reply {
        let request = Request::post(path)
            .header("host", "class.test")
            .header("origin", "http://class.test")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("cookie", cookie);
        self.send(request.body(Body::from(form.to_string())).expect("a request"))
    }

    /// The lesson, and the secret seed.
    pub fn seed(&self) -> (Arc<Ready>, u64) {
        let inner = self.hall.lock();
        (inner.state.ready.clone(), inner.state.seed)
    }

    /// The join code.
    pub fn code(&self) -> String {
        self.hall.lock().state.code.clone()
    }

    /// Joins; the cookie.
    pub fn join(&self, nick: &str) -> String {
        let answer = self.post("/join", "", &format!("code={}&nick={nick}", self.code()));
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        answer.cookie.expect("a cookie")
    }

    /// The wall's cookie.
    pub fn wall(&self) -> String {
        let answer = self.get(&format!("/wall/{}", self.hall.wall_key()), "");
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        answer.cookie.expect("a cookie")
    }

    /// The teacher's cookie.
    pub fn teacher(&self) -> String {
        let answer = self.post("/teach", "", &format!("secret={}", self.secret));
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        answer.cookie.expect("a cookie")
    }

    /// A student's form, which must be taken.
    pub fn act(&self, cookie: &str, form: &str) {
        self.pass(1000);
        let answer = self.post("/act", cookie, form);
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{form}: {}", answer.body);
    }

    /// A teacher's form, which must be taken.
    pub fn tell(&self, teacher: &str, act: &str, form: &str) {
        self.pass(100);
        let answer = self.post(&format!("/console/{act}"), teacher, form);
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{act}: {}", answer.body);
    }
}
