//! `serve`: a classroom on this laptop.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::failure::{Exit, Failure, print, say};
use super::stop;
use crate::classroom::hall::{FILES, Hall, Now, Opening, PACE_MAX};
use crate::classroom::log::Log;
use crate::classroom::rehearsal::Cast;
use crate::classroom::seats::PEOPLE_MAX;
use crate::classroom::study::Cloud;
use crate::classroom::tempo::Tempo;
use crate::classroom::{file, lesson, lesson_check, routes};
use crate::command_line::{CommandLine, quoted};
use crate::disk;
use crate::web::address::{self, Address};
use crate::web::doors::{Doors, Room};
use crate::web::serve::{SILENCE, room_for_files, serve};

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
    /// The address that phones are given, where it is not this computer's own (a proxy with TLS on this computer)
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// The class's file; the same file goes on with the class after a crash
    #[arg(long, value_name = "FILE")]
    db: Option<String>,
    /// How many may join from one network address at once, and three times as many in a minute; a third of the seats
    /// where it is not named
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=1000))]
    joins: Option<u32>,
    /// Rehearse: the class's clocks run so many times as fast, and the console can change it
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=PACE_MAX))]
    pace: Option<u64>,
    /// Rehearse: so many scripted students join and do everything that students can do
    #[arg(long, value_name = "STUDENTS", value_parser = clap::value_parser!(u32).range(1..=120))]
    rehearse: Option<u32>,
    /// Check the lesson and end: a class of scripted students plays it through, and what it comes to is told
    #[arg(long, conflicts_with_all = ["lan", "public_url", "db", "joins", "pace", "rehearse"])]
    check: bool,
}

#[allow(clippy::disallowed_methods)] // when the class begins
fn wall() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_millis() as u64)
}

/// The class's clock: never behind its log, untouched when the wall is set or the laptop sleeps.
#[allow(clippy::disallowed_methods)] // the class's clocks run by the wall
fn clock(log: &Log, pace: u64) -> Arc<Tempo> {
    let (begun, since) = (wall().max(log.last_time()), Instant::now());
    Arc::new(Tempo::new(Arc::new(move || since.elapsed().as_millis() as u64), begun, pace))
}

/// Runs it until it is stopped.
pub fn run(args: Args) -> Result<Exit, Failure> {
    let ready = Arc::new(lesson::read(&disk::with_shelf(&args.lesson), &disk::open)?);
    if args.check {
        return print(&lesson_check::checked(ready)?.to_string()).map(|()| 0);
    }
    let public = args.public_url.as_deref().map(Address::read).transpose();
    let public = public.map_err(|why| why.within("--public-url "))?;
    let files = room_for_files(FILES);
    let path = args.db.clone().unwrap_or_else(|| format!("class-{}.db", wall() / 1000));
    let _held = file::take(&path)?;
    let log = Log::open(&path)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let ip: IpAddr = if args.lan { [0, 0, 0, 0].into() } else { [127, 0, 0, 1].into() };
    let socket = std::net::TcpListener::bind(SocketAddr::new(ip, args.port))
        .map_err(|e| Failure::Wrong(format!("error: port {} cannot be had: {e}; try --port", args.port)))?;
    socket.set_nonblocking(true)?;
    let (mut hosts, own) = addresses(args.lan, socket.local_addr()?.port());
    hosts.extend(public.iter().flat_map(Address::hosts));
    let address = public.as_ref().unwrap_or(&own).to_string();
    let tempo = clock(&log, args.pace.unwrap_or(1));
    let now: Now = {
        let tempo = tempo.clone();
        Arc::new(move || tempo.now())
    };
    let rehearses = args.pace.is_some() || args.rehearse.is_some();
    let joins = f64::from(args.joins.unwrap_or_else(|| ready.lesson.classroom.burst()));
    let (hall, secret) = Hall::open(Opening {
        ready,
        log,
        file: Some(path.clone()),
        now,
        hosts,
        address,
        joins,
        proxied: public.is_some(),
        tempo: rehearses.then_some(tempo),
    })?;
    let hall = Arc::new(hall);
    let over = Arc::new(tokio::sync::Notify::new());
    let ring = over.clone();
    let _until = stop::asks("closing the class: all that was done in it is kept", move || ring.notify_one());
    print(&told(&hall, &secret, &path, args.lan, files))?;
    let (ready, seed) = {
        let inner = hall.lock();
        (inner.state.ready.clone(), inner.state.seed)
    };
    let room = Arc::downgrade(&hall);
    std::thread::spawn(move || {
        let cloud = Cloud::play(&ready.setup, seed);
        room.upgrade().map(|hall| hall.cloud.set(cloud)) // a class that is closed needs none, and is not kept open for it
    });
    let cast = args.rehearse.map(|number| Cast::joins(&hall, number as usize)).transpose()?;
    runtime.block_on(async move {
        tokio::spawn(beat(hall.clone()));
        if let Some(cast) = cast {
            tokio::spawn(rehearse(hall.clone(), cast));
        }
        let listener = tokio::net::TcpListener::from_std(socket)?;
        let doors = Doors::new(Room::of(files, PEOPLE_MAX));
        let warn = |e: &std::io::Error| say(&format!("warning: a connection could not be taken: {e}"));
        tokio::select! {
            () = serve(listener, routes::app(hall), doors, SILENCE, warn) => {}
            () = over.notified() => {}
        }
        Ok::<(), std::io::Error>(())
    })?;
    drop(runtime);
    say(&to_go_on(&args, &path));
    Ok(3)
}

/// How a class that was stopped goes on.
fn to_go_on(args: &Args, path: &str) -> String {
    let line = CommandLine::new("serve").word(&args.lesson);
    let line = if args.lan { line.word("--lan") } else { line };
    let line = line.options("public-url", &args.public_url).option("port", args.port).option("db", path);
    format!("the class is kept in {path}; to go on with it: {line}")
}

/// The class's clocks: twice a second what is due is done. What goes wrong is said when it begins and when it ends.
async fn beat(hall: Arc<Hall>) {
    let mut beat = tokio::time::interval(Duration::from_millis(500));
    let mut trouble = None;
    loop {
        beat.tick().await;
        let turn = hall.clone();
        match tokio::spawn(async move { turn.tick() }).await {
            Ok(now) if now != trouble => {
                match &now {
                    Some(why) => say(&format!(
                        "warning: the log of the class cannot be written: {why}; what is done now is refused and bells wait until it can be: make room on the disk"
                    )),
                    None => say("the log of the class can be written again"),
                }
                trouble = now;
            }
            Ok(_) => {}
            Err(_) => say("warning: a bell could not be rung; it is tried again"), // the clocks must not stop
        }
    }
}

/// The scripted students of a rehearsal: twice a second each may do something.
async fn rehearse(hall: Arc<Hall>, mut cast: Cast) {
    let (mut beat, mut last) = (tokio::time::interval(Duration::from_millis(500)), hall.now());
    loop {
        beat.tick().await;
        let (turn, now) = (hall.clone(), hall.now());
        let passed = now.saturating_sub(last);
        last = now;
        let done = tokio::task::spawn_blocking(move || {
            cast.beat(&turn, passed);
            cast
        });
        match done.await {
            Ok(back) => cast = back,
            Err(_) => return say("warning: the scripted students have stopped"),
        }
    }
}

/// What the program prints as the class opens.
fn told(hall: &Hall, secret: &str, file: &str, lan: bool, files: u64) -> String {
    let (title, code) = {
        let inner = hall.lock();
        (inner.state.ready.lesson.title.clone(), inner.state.code.clone())
    };
    let (address, again) = (&hall.address, quoted(file));
    let qr =
        fast_qr::QRBuilder::new(format!("{address}/j/{code}").as_str()).build().map_or(String::new(), |qr| qr.to_str());
    let pace = match hall.rehearses() {
        false => String::new(),
        true => format!("\nRehearsal: the clocks run {} times as fast; the console changes it.", hall.pace()),
    };
    let few = if files < FILES {
        format!(
            "\nThis system lets the program hold only {files} files and connections at once: with many phones some will not update. Raise it with `ulimit -n {FILES}` before you start."
        )
    } else {
        String::new()
    };
    let closed = hall.lock().closed.clone().map_or(String::new(), |why| format!("\nRead only: {why}."));
    let lan = if lan { "" } else { "\nOnly this computer can join. Start with --lan to let phones in." };
    format!(
        "{title}\n\n{qr}\nStudents   {address}   code {code}\nWall       {address}/wall/{}\nTeacher    {address}/teach#k={secret}\n           (secret: {secret}; it is not shown again)\nFile       {file}   (start again with --db {again} after a crash)\nAddresses  {}{lan}{pace}{few}{closed}\nPlain http can be read by others on an open Wi-Fi. Stop with Ctrl-C.\n",
        hall.wall_key(),
        hall.hosts.join(", "),
    )
}

/// Hosts that are answered for, and the address to print. The address that a connection comes to is answered for too.
fn addresses(lan: bool, port: u16) -> (Vec<String>, Address) {
    let [name, this] = ["localhost", "127.0.0.1"].map(|host| Address::http(host, port));
    let mut hosts: Vec<String> = name.hosts().into_iter().chain(this.hosts()).collect();
    let Some(own) = address::own().filter(|_| lan) else { return (hosts, this) };
    let own = Address::http(&own.to_string(), port);
    hosts.extend(own.hosts());
    (hosts, own)
}
