//! Sixty seats through the whole lesson in compressed time, with dropped streams and a server killed twice.

use std::time::Duration;

use super::*;
use crate::classroom::lesson::PhaseKind;

const SEATS: usize = 60;

fn open(file: &str, at: u64) -> Class {
    let mut ready = lesson("stockholm-75min");
    ready.lesson.classroom.tables = 6;
    Class::of(ready, Log::open(file).expect("a log"), at)
}

/// Opens a stream for each of these people and reads it until it is dropped.
fn listen(class: &Class, cookies: &[String]) -> Vec<tokio::task::JoinHandle<usize>> {
    let start = |cookie: &String| {
        let (app, cookie) = (class.app.clone(), cookie.clone());
        class.runtime.spawn(async move {
            let request = Request::get("/live").header("host", "class.test").header("cookie", cookie);
            let answer = app.oneshot(request.body(Body::empty()).expect("a request")).await.expect("infallible");
            let mut stream = answer.into_body().into_data_stream();
            let mut events = 0;
            while let Some(Ok(_)) = stream.next().await {
                events += 1;
            }
            events
        })
    };
    cookies.iter().map(start).collect()
}

fn breathe(class: &Class) {
    class.runtime.block_on(async { tokio::time::sleep(Duration::from_millis(1)).await });
}

#[test]
fn sixty_seats_dropped_streams_and_two_kills() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("class.db").to_str().expect("UTF-8").to_string();
    let mut class = open(&file, 1_000_000);
    let teacher = class.teacher();
    let cookies: Vec<String> = (0..SEATS).map(|i| class.join(&format!("S{i}"))).collect();
    let mut streams = listen(&class, &cookies);
    let mut lags: Vec<u32> = vec![];
    let phases = class.hall.lock().state.ready.lesson.classroom.phases.clone();
    class.tell(&teacher, "advance", "");
    for (number, phase) in phases.iter().enumerate().skip(1) {
        breathe(&class);
        assert!(class.hall.lock().state.tables.iter().all(|p| p.phase == number), "the bell moved every table on");
        if number == 3 || number == 5 {
            // Killed: nothing is closed. What was committed must be there again.
            let before = { class.hall.lock().state.digest() };
            lags.extend(class.hall.lags());
            let now = class.hall.now();
            streams.iter().for_each(|s| s.abort());
            std::mem::forget(class);
            class = open(&file, now + 4_000);
            let after = { class.hall.lock().state.digest() };
            for table in 0..6 {
                assert_eq!(before["tables"][table]["state"], after["tables"][table]["state"]);
                assert_eq!(before["tables"][table]["filed"], after["tables"][table]["filed"]);
            }
            assert_eq!(before["people"], after["people"]);
            streams = listen(&class, &cookies);
        }
        let until = if let PhaseKind::Play { until } = phase.kind { until } else { 0 };
        for step in 0..20 {
            let mut idle = true;
            for (i, cookie) in cookies.iter().enumerate() {
                // One stream in five is dropped and opened again.
                if (i + step) % 5 == 0 {
                    streams[i].abort();
                    streams[i] = listen(&class, std::slice::from_ref(cookie)).remove(0);
                }
                let view = {
                    let now = class.hall.now();
                    crate::classroom::views::student(&mut class.hall.lock().state, i, now).expect("seated")
                };
                use crate::classroom::views::Task;
                let form = match view.task {
                    Task::Prepare | Task::Offer { .. } if until > 0 && view.pen && !view.stands => {
                        "do=ready&l7=25&l8=40"
                    }
                    Task::Answer { worth, waiting, .. } if view.mine && worth > waiting => "do=yes",
                    Task::Answer { .. } if view.mine => "do=no",
                    Task::Ratify { .. } | Task::Extend | Task::Invitation if view.mine => "do=yes",
                    _ => continue,
                };
                idle = false;
                class.act(cookie, form);
                breathe(&class);
            }
            if idle {
                break;
            }
        }
        class.pass(60_000 * (phase.minutes + 1));
        class.hall.tick();
        breathe(&class);
        for place in &class.hall.lock().state.tables {
            assert!(place.table.round() >= until, "no table is stuck");
        }
    }
    lags.extend(class.hall.lags());
    lags.sort_unstable();
    let p99 = lags[lags.len() * 99 / 100];
    println!("{} updates, p50 {} us, p99 {p99} us", lags.len(), lags[lags.len() / 2]);
    assert!(lags.len() > 1000, "streams were written: {}", lags.len());
    assert!(p99 < 250_000, "p99 {p99} us");
}
