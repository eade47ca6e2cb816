//! `serve`: a classroom on this laptop.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::common::{Failure, print};
use super::{Exit, disk};
use crate::classroom::hall::{Hall, Now, Opening};
use crate::classroom::log::Log;
use crate::classroom::state::PEOPLE_MAX;
use crate::classroom::study::Cloud;
use crate::classroom::{lesson, protect, web};

/// Opens a lesson to a class: prints an address, a QR code and the teacher's link.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The lesson file, such as scenarios/classroom/stockholm-75min.ron
    lesson: String,
    /// Let other devices of the network in; without it only this computer
    #[arg(long)]
    lan: bool,
    /// The port
    #[arg(long, default_value = "8080")]
    port: u16,
    /// The address that phones are given, where it is not this computer's own (a proxy with TLS)
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// The class's file; the same file goes on with the class after a crash
    #[arg(long, value_name = "FILE")]
    db: Option<String>,
    /// How many may join from one network address at once, and in a minute
    #[arg(long, default_value = "60", value_parser = clap::value_parser!(u32).range(1..=1000))]
    joins: u32,
    /// Rehearse: the class's clocks run so many times as fast
    #[arg(long, default_value = "1", value_parser = clap::value_parser!(u64).range(1..=600))]
    pace: u64,
}

#[allow(clippy::disallowed_methods)] // when the class begins
fn wall() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_millis() as u64)
}

/// The class's clock: never behind its log, untouched when the wall is set or the laptop sleeps.
#[allow(clippy::disallowed_methods)] // the class's clocks run by the wall
fn clock(log: &Log, pace: u64) -> Now {
    let (begun, since) = (wall().max(log.last_time()), Instant::now());
    Arc::new(move || begun + pace * since.elapsed().as_millis() as u64)
}

/// Runs it until it is stopped.
pub fn run(args: Args) -> Result<Exit, Failure> {
    let ready = Arc::new(lesson::read(&args.lesson, &disk::open)?);
    let few = room_for_streams();
    let file = args.db.clone().unwrap_or_else(|| format!("class-{}.db", wall() / 1000));
    let _alone = alone(&file)?;
    let log = Log::open(&file)?;
    private(&file);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let ip: std::net::IpAddr = if args.lan { [0, 0, 0, 0].into() } else { [127, 0, 0, 1].into() };
    let socket = std::net::TcpListener::bind(SocketAddr::new(ip, args.port))
        .map_err(|e| Failure::Wrong(format!("error: port {} cannot be had: {e}; try --port", args.port)))?;
    socket.set_nonblocking(true)?;
    let port = socket.local_addr()?.port();
    let (hosts, own) = addresses(args.lan, port);
    let mut hosts = hosts;
    let address = match &args.public_url {
        Some(url) => {
            let url = url.trim_end_matches('/');
            let host = url.strip_prefix("https://").or(url.strip_prefix("http://"));
            let host = host.filter(|h| !h.is_empty() && !h.contains('/'));
            hosts.push(
                host.ok_or_else(|| Failure::Wrong("error: --public-url is like https://class.example".into()))?.into(),
            );
            url.to_string()
        }
        None => own,
    };
    let now = clock(&log, args.pace);
    let (hall, secret) = Hall::open(Opening {
        ready: ready.clone(),
        log,
        file: Some(file.clone()),
        now,
        hosts: hosts.clone(),
        address: address.clone(),
        joins: f64::from(args.joins),
        pace: args.pace,
    })?;
    let hall = Arc::new(hall);
    let code = hall.lock().state.code.clone();
    let join = format!("{address}/j/{code}");
    let qr = fast_qr::QRBuilder::new(join.as_str()).build().map_or(String::new(), |qr| qr.to_str());
    let pace = match args.pace {
        1 => String::new(),
        pace => format!("\nRehearsal: the clocks run {pace} times as fast."),
    };
    let few = few.map_or(String::new(), |n| {
        format!("\nThis system lets the program hold only {n} connections at once: with many phones some will not update. Raise it with `ulimit -n {STREAMS}` before you start.")
    });
    let lan = if args.lan { "" } else { "\nOnly this computer can join. Start with --lan to let phones in." };
    print(&format!(
        "{}\n\n{qr}\nStudents   {address}   code {code}\nWall       {address}/projector\nTeacher    {address}/teach#k={secret}\n           (secret: {secret}; it is not shown again)\nFile       {file}   (start again with --db {file} after a crash)\nAddresses  {}{lan}{pace}{few}\nPlain http can be read by others on an open Wi-Fi. Stop with Ctrl-C.\n",
        ready.lesson.title,
        hosts.join(", "),
    ))?;
    let (study, seed) = (hall.clone(), hall.lock().state.seed);
    std::thread::spawn(move || study.cloud.set(Cloud::play(&study.lock().state.ready.clone().setup, seed)));
    runtime.block_on(async move {
        let ticker = hall.clone();
        tokio::spawn(async move {
            let mut beat = tokio::time::interval(Duration::from_millis(500));
            loop {
                beat.tick().await;
                let turn = ticker.clone();
                if tokio::spawn(async move { turn.tick() }).await.is_err() {
                    eprintln!("warning: a bell could not be rung; it is tried again"); // the clocks must not stop
                }
            }
        });
        let listener = tokio::net::TcpListener::from_std(socket)?;
        axum::serve(listener, web::app(hall).into_make_service_with_connect_info::<SocketAddr>()).await
    })?;
    Ok(0)
}

/// Hosts that are answered for, and the address to print.
fn addresses(lan: bool, port: u16) -> (Vec<String>, String) {
    let mut hosts = vec![format!("localhost:{port}"), format!("127.0.0.1:{port}")];
    if !lan {
        return (hosts, format!("http://127.0.0.1:{port}"));
    }
    let mut own = local_ip_address::local_ip().ok();
    for (_, ip) in local_ip_address::list_afinet_netifas().unwrap_or_default() {
        if ip.is_ipv4() && !ip.is_loopback() {
            own = own.or(Some(ip));
            hosts.push(format!("{ip}:{port}"));
        }
    }
    let host = own.map_or("127.0.0.1".into(), |ip| ip.to_string());
    hosts.dedup();
    (hosts, format!("http://{host}:{port}"))
}

/// Keeps a second program from serving the same class; the lock goes with the program, however it ends.
fn alone(file: &str) -> Result<std::fs::File, Failure> {
    let name = format!("{file}-lock");
    let cannot = |e: std::io::Error| Failure::Wrong(format!("error: `{name}` cannot be written: {e}"));
    let lock = std::fs::OpenOptions::new().create(true).truncate(false).write(true).open(&name).map_err(cannot)?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(std::fs::TryLockError::WouldBlock) => Err(Failure::Wrong(format!(
            "error: another program serves the class in `{file}`\n  stop it first, or name another file with --db"
        ))),
        Err(std::fs::TryLockError::Error(e)) => Err(cannot(e)),
    }
}

/// Connections that a full class may hold at once: each person's tabs, the walls and consoles, and some to come and go.
const STREAMS: u64 = (PEOPLE_MAX * protect::STREAMS_MAX + protect::WALLS_MAX + protect::CONSOLES_MAX + 200) as u64;

/// Asks the system for as many open connections as a full class needs; how many it allows, where that is fewer.
fn room_for_streams() -> Option<u64> {
    #[cfg(unix)]
    {
        use nix::sys::resource::{Resource, getrlimit, setrlimit};
        let (soft, hard) = getrlimit(Resource::RLIMIT_NOFILE).ok()?;
        if soft < STREAMS {
            let _ = setrlimit(Resource::RLIMIT_NOFILE, STREAMS.min(hard), hard);
        }
        let (soft, _) = getrlimit(Resource::RLIMIT_NOFILE).ok()?;
        (soft < STREAMS).then_some(soft)
    }
    #[cfg(not(unix))]
    None
}

/// Keeps the class's file from other users of this computer.
fn private(file: &str) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let _ = std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600));
    }
    #[cfg(not(unix))]
    let _ = file;
}
