//! A server for one page or many: what is slow, silent or too much ends; what is known stays.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};

use super::doors::{Connection, Doors};

/// How long a connection may be silent before a request and while its head is written.
pub const SILENCE: Duration = Duration::from_secs(15);

/// Serves these routes until the program ends. Every request carries its [`Connection`]. `warn` is told, at most once a
/// minute, that connections cannot be taken.
pub async fn serve(
    listener: TcpListener,
    app: Router,
    doors: Arc<Doors>,
    silence: Duration,
    warn: fn(&std::io::Error),
) {
    let mut warned: Option<tokio::time::Instant> = None;
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                let local = stream.local_addr().unwrap_or_else(|_| SocketAddr::from(([0, 0, 0, 0], 0)));
                let connection = doors.enter(peer, local);
                tokio::spawn(answer(stream, app.clone(), connection, silence));
            }
            // One that was gone before it was taken says nothing of the next.
            Err(e) if e.kind() == std::io::ErrorKind::ConnectionAborted => {}
            Err(e) => {
                let now = tokio::time::Instant::now();
                if warned.is_none_or(|at| now.duration_since(at) > Duration::from_secs(60)) {
                    warn(&e);
                    warned = Some(now);
                }
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

async fn answer(stream: TcpStream, app: Router, connection: Connection, silence: Duration) {
    let _ = stream.set_nodelay(true);
    let (inner, whose) = (TowerToHyperService::new(app), connection.clone());
    let service = service_fn(move |mut request: Request<Incoming>| {
        let asking = whose.asks();
        request.extensions_mut().insert(whose.clone());
        let answer = inner.call(request);
        async move {
            let answer = answer.await;
            drop(asking);
            answer
        }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(silence).max_buf_size(64 * 1024);
    let served = http.serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        _ = served => {} // how a browser goes away is its own affair
        () = connection.cut() => {}
    }
}

/// Asks the system for as many open files as it allows, `want` at most: how many the program may hold then.
pub fn room_for_files(want: u64) -> u64 {
    #[cfg(unix)]
    {
        use nix::sys::resource::{Resource, getrlimit, setrlimit};
        let Ok((soft, hard)) = getrlimit(Resource::RLIMIT_NOFILE) else { return want };
        if soft < want {
            let _ = setrlimit(Resource::RLIMIT_NOFILE, want.min(hard), hard);
        }
        getrlimit(Resource::RLIMIT_NOFILE).map_or(soft, |(soft, _)| soft)
    }
    #[cfg(not(unix))]
    want
}
