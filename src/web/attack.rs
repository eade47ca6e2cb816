//! What is thrown at the doors, with a page of three lines behind them. The pages of others are attacked with the same.
#![allow(clippy::disallowed_methods)] // it is measured that silence ends

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Form};
use axum::http::{HeaderMap, Request, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use tower::ServiceExt;

use super::doors::{Doors, Room};
use super::guard::{Guard, cookie, guard};
use super::serve::serve;

/// What answers a request in a test.
pub(crate) type Send<'a> = &'a dyn Fn(Request<Body>) -> StatusCode;

/// Forms from other pages, with each of these cookies: none is taken.
pub(crate) fn foreign_forms(send: Send, host: &str, paths: &[&str], cookies: &[String]) {
    let ours = format!("http://{host}");
    let (port, page) = (format!("{ours}:81"), format!("{ours}/play"));
    let origins: [&[(&str, &str)]; 6] = [
        &[],
        &[("origin", "null")],
        &[("origin", "http://evil.test")],
        &[("origin", &port)],
        &[("origin", &ours), ("sec-fetch-site", "cross-site")],
        &[("referer", &page)],
    ];
    for path in paths {
        for cookie in cookies {
            for headers in origins {
                let mut request = Request::post(*path)
                    .header("host", host)
                    .header("cookie", cookie)
                    .header("content-type", "application/x-www-form-urlencoded");
                for (name, value) in headers {
                    request = request.header(*name, *value);
                }
                let request = request.body(Body::from("n=0&text=WIPE&do=note")).expect("a request");
                assert_eq!(send(request), StatusCode::FORBIDDEN, "{path} {headers:?}");
            }
        }
    }
}

/// Requests for other hosts: none is answered.
pub(crate) fn strange_hosts(send: Send, host: &str, paths: &[&str]) {
    for host in ["evil.test", &format!("{host}.evil.test"), "", &format!("{host}:81")] {
        for path in paths {
            let request = Request::get(*path).header("host", host).body(Body::empty()).expect("a request");
            assert_eq!(send(request), StatusCode::MISDIRECTED_REQUEST, "{host} {path}");
        }
    }
}

fn refused(status: StatusCode, why: &str) -> Response {
    (status, Html(format!("<p role=\"alert\">{why}"))).into_response()
}

/// A page, a form, and a cookie by which one is known.
fn page() -> Router {
    let known = Box::new(|headers: &HeaderMap| cookie(headers, "who"));
    let own = Arc::new(Guard { hosts: vec!["page.test".into()], known, refused });
    Router::new()
        .route("/", get(|| async { Html("hello") }))
        .route("/form", post(|Form(_): Form<std::collections::BTreeMap<String, String>>| async { Html("taken") }))
        .layer(DefaultBodyLimit::max(100))
        .layer(from_fn_with_state(own, guard))
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

#[test]
fn forms_and_hosts_of_others_are_refused() {
    let (runtime, page) = (runtime(), page());
    let send = |request: Request<Body>| runtime.block_on(page.clone().oneshot(request)).expect("infallible").status();
    foreign_forms(&send, "page.test", &["/form"], &[String::new(), "who=me".into()]);
    strange_hosts(&send, "page.test", &["/", "/none"]);
}

#[test]
fn a_refusal_of_the_framework_is_a_page_of_ours() {
    let (runtime, page) = (runtime(), page());
    for (kind, body, status) in [
        ("application/x-www-form-urlencoded", "x=".to_string() + &"y".repeat(200), StatusCode::PAYLOAD_TOO_LARGE),
        ("application/json", "{}".to_string(), StatusCode::UNSUPPORTED_MEDIA_TYPE),
    ] {
        let request = Request::post("/form").header("host", "page.test").header("origin", "http://page.test");
        let request = request.header("content-type", kind).body(Body::from(body)).expect("a request");
        let body = runtime.block_on(async {
            let answer = page.clone().oneshot(request).await.expect("infallible");
            assert_eq!(answer.status(), status);
            axum::body::to_bytes(answer.into_body(), 10_000).await.expect("a body")
        });
        assert!(String::from_utf8_lossy(&body).contains("role=\"alert\""), "{body:?}");
    }
}

/// The page on a socket, with this much room; it is served until the tests end.
fn open(room: Room, silence: Duration) -> (SocketAddr, Arc<Doors>) {
    let doors = Doors::new(room);
    let socket = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    socket.set_nonblocking(true).expect("a socket");
    let (at, inside) = (socket.local_addr().expect("its address"), doors.clone());
    std::thread::spawn(move || {
        runtime().block_on(async {
            let listener = tokio::net::TcpListener::from_std(socket).expect("a listener");
            serve(listener, page(), inside, silence, |_| {}).await;
        });
    });
    (at, doors)
}

fn connect(at: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(at).expect("connected");
    stream.set_read_timeout(Some(Duration::from_secs(5))).expect("a limit");
    stream
}

/// What comes back to a request for the page, and whether anything did.
fn ask(stream: &mut TcpStream, host: &str, cookie: &str) -> String {
    let _ = write!(stream, "GET / HTTP/1.1\r\nhost: {host}\r\ncookie: {cookie}\r\n\r\n");
    let mut bytes = [0; 2048];
    let n = stream.read(&mut bytes).unwrap_or(0);
    String::from_utf8_lossy(&bytes[..n]).into_owned()
}

#[test]
fn a_thousand_silent_connections_lock_nobody_out() {
    let (at, doors) = open(Room { strangers: 40, address: 20, name: 4 }, Duration::from_secs(60));
    // Somebody is known before the flood, from the same address.
    let mut before = connect(at);
    assert!(ask(&mut before, "page.test", "who=before").starts_with("HTTP/1.1 200"));
    let mut flood: Vec<TcpStream> = vec![];
    for i in 0..1000 {
        let mut one = connect(at);
        if i % 2 == 0 {
            let _ = one.write_all(b"GET / HTTP/1.1\r\nhost: pa"); // and never goes on
        }
        flood.push(one);
        if flood.len() > 100 {
            flood.remove(0); // this test's own files are few
        }
    }
    let mut after = connect(at);
    assert!(ask(&mut after, "page.test", "who=after").starts_with("HTTP/1.1 200"), "the newest is heard");
    let mut stranger = connect(at);
    assert!(ask(&mut stranger, "page.test", "").starts_with("HTTP/1.1 200"), "so is a stranger");
    assert!(ask(&mut before, "page.test", "who=before").starts_with("HTTP/1.1 200"), "who was known stays");
    let (strangers, known) = doors.count();
    assert!(strangers <= 20 && known == 2, "{strangers} {known}");
}

#[test]
fn silence_ends_a_connection() {
    let (at, doors) = open(Room { strangers: 40, address: 20, name: 4 }, Duration::from_millis(200));
    let (mut silent, mut slow, mut kept) = (connect(at), connect(at), connect(at));
    let _ = slow.write_all(b"GET / HTTP/1.1\r\nhost: page.test\r\nx-slow: ");
    assert!(ask(&mut kept, "page.test", "who=me").starts_with("HTTP/1.1 200"));
    let begun = Instant::now();
    for stream in [&mut silent, &mut slow, &mut kept] {
        let mut rest = vec![];
        let _ = stream.read_to_end(&mut rest);
    }
    assert!(begun.elapsed() < Duration::from_secs(4), "the server ended them: {:?}", begun.elapsed());
    let deadline = Instant::now() + Duration::from_secs(4);
    while doors.count() != (0, 0) && Instant::now() < deadline {
        std::thread::sleep(Duration::from_millis(10));
    }
    assert_eq!(doors.count(), (0, 0));
}

#[test]
fn the_address_that_a_connection_came_to_is_answered_for() {
    let (at, _) = open(Room { strangers: 40, address: 20, name: 4 }, Duration::from_secs(5));
    assert!(ask(&mut connect(at), &at.to_string(), "").starts_with("HTTP/1.1 200"));
    assert!(ask(&mut connect(at), &format!("127.0.0.2:{}", at.port()), "").starts_with("HTTP/1.1 421"));
}
