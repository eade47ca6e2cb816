//! A program as a player: a line to it, a line from it, and no longer than it may think.
//!
//! Threads of its own write and read, so that a program that hangs, floods or dies costs a move and not the run. One
//! that failed is ended and started anew for the next decision; after a few failures in a row it is left alone. A line
//! that answers no question would shift all later answers, and is a failure too.

use crate::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel, sync_channel};
use std::thread::sleep;
use std::time::Duration;

use super::Bound;
use crate::cli::groups;
use crate::game::outside::{Asking, Outside};
use crate::game::wire;
use crate::world::orders::Order;
use crate::world::setup::Setup;

/// A line of a program is no longer than this.
const LINE_MAX: u64 = 1 << 20;
/// After so many failures in a row it is not started again.
const GIVE_UP: u32 = 5;
/// How long a program that was told to end may take.
const GOODBYE: Duration = Duration::from_millis(500);

/// An outside program that plays a seat.
pub struct Program {
    bound: Bound,
    hello: String,
    think: Duration,
    running: Option<Running>,
    failures: u32,
}

struct Running {
    child: Child,
    to: Sender<String>,
    from: Receiver<Result<Line, Unread>>,
}

/// A line that a program wrote.
#[derive(Debug, PartialEq, Eq)]
struct Line {
    text: String,
    /// It wrote more than this line in one go.
    more: bool,
}

impl Program {
    /// A program that is started when it is first asked.
    pub fn new(bound: &Bound, setup: &Setup, seat: usize, think: Duration) -> Program {
        let hello = wire::hello(setup, &bound.name, seat).to_string();
        Program { bound: bound.clone(), hello, think, running: None, failures: 0 }
    }

    /// Starts it and greets it, before it is asked anything.
    pub fn start(&mut self) -> Result<(), Error> {
        let named = format!("the outside program `{}` ({}): ", self.bound.name, self.bound.shown);
        self.greet().map_err(|why| why.within(named))
    }

    fn greet(&mut self) -> Result<(), Error> {
        let running = Running::start(&self.bound.words)?;
        self.running = Some(running);
        let line = self.exchange(self.hello.clone())?;
        wire::welcome(&line).inspect_err(|_| self.running = None)
    }

    /// A line out, a line in; a program that does not answer is ended.
    fn exchange(&mut self, line: String) -> Result<String, Error> {
        let Some(mut running) = self.running.take() else { return Err(Error::program("it is not running")) };
        if running.to.send(line).is_err() {
            return Err(running.ended());
        }
        match running.from.recv_timeout(self.think) {
            Ok(Ok(line)) if line.more => Err(too_many(&line.text)),
            Ok(Ok(line)) => {
                self.running = Some(running);
                Ok(line.text)
            }
            Ok(Err(Unread::Gone)) => Err(running.ended()),
            Ok(Err(Unread::Bad(why))) => Err(Error::program(why)),
            Err(RecvTimeoutError::Timeout) => {
                Err(Error::program(format!("no answer within {} s", self.think.as_secs_f64())))
            }
            Err(RecvTimeoutError::Disconnected) => Err(running.ended()),
        }
    }

    fn ask(&mut self, line: String) -> Result<String, Error> {
        match &self.running {
            None => self.greet()?,
            Some(running) => {
                if let Ok(Ok(late)) = running.from.try_recv() {
                    self.running = None;
                    return Err(too_many(&late.text));
                }
            }
        }
        self.exchange(line)
    }
}

fn too_many(text: &str) -> Error {
    Error::program(format!("it wrote more than one line to one question, such as `{}`", wire::short(text)))
}

impl Outside for Program {
    fn decide(&mut self, asking: &Asking) -> Result<Order, Error> {
        if self.failures >= GIVE_UP {
            return Err(Error::program(format!("left alone after {GIVE_UP} failures in a row")));
        }
        match self.ask(wire::question(asking).to_string()) {
            Ok(line) => {
                self.failures = 0;
                wire::reply(asking.setup, &line)
            }
            Err(why) => {
                self.failures += 1;
                Err(why)
            }
        }
    }
}

impl Running {
    fn start(words: &[String]) -> Result<Running, Error> {
        let (program, arguments) = words.split_first().ok_or_else(|| Error::program("no command"))?;
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()); // what it says on standard error is shown
        let mut child = groups::led(&mut command)?;
        let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(Error::program("it has no standard input or output"));
        };
        let (to, lines) = channel::<String>();
        let (answers, from) = sync_channel(1); // a program that floods waits
        let gone = answers.clone();
        std::thread::spawn(move || {
            for line in lines {
                if stdin.write_all(format!("{line}\n").as_bytes()).and_then(|()| stdin.flush()).is_err() {
                    let _ = gone.send(Err(Unread::Gone));
                    break;
                }
            }
        });
        std::thread::spawn(move || {
            let mut stdout = BufReader::new(stdout);
            loop {
                let line = read_line(&mut stdout).map(|text| Line { text, more: !stdout.buffer().is_empty() });
                let over = line.is_err();
                if answers.send(line).is_err() || over {
                    break;
                }
            }
        });
        Ok(Running { child, to, from })
    }

    /// How a program that went away ended.
    fn ended(&mut self) -> Error {
        for _ in 0..50 {
            match self.child.try_wait() {
                Ok(Some(status)) => return Error::program(format!("the program ended ({status})")),
                Ok(None) => sleep(GOODBYE / 50),
                Err(_) => break,
            }
        }
        Error::program("the program closed its output")
    }
}

/// Why there is no line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unread {
    /// The program is gone.
    Gone,
    /// What it wrote is no line.
    Bad(&'static str),
}

/// A line, or why there is none.
fn read_line(from: &mut impl BufRead) -> Result<String, Unread> {
    let mut bytes = vec![];
    match from.take(LINE_MAX).read_until(b'\n', &mut bytes) {
        Err(_) | Ok(0) => Err(Unread::Gone),
        Ok(_) if bytes.last() == Some(&b'\n') => String::from_utf8(bytes)
            .map(|line| line.trim_end().to_owned())
            .map_err(|_| Unread::Bad("its answer is not UTF-8")),
        Ok(n) if n as u64 == LINE_MAX => Err(Unread::Bad("its answer is longer than 1 MiB")),
        Ok(_) => Err(Unread::Bad("it ended in the middle of a line")),
    }
}

impl Drop for Running {
    /// Its input is closed, which tells it to end; one that does not is ended.
    fn drop(&mut self) {
        self.to = channel().0;
        for _ in 0..50 {
            match self.child.try_wait() {
                Ok(None) => sleep(GOODBYE / 50),
                _ => break,
            }
        }
        groups::end(&mut self.child);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_whole_or_named() {
        let read = |bytes: &[u8]| read_line(&mut BufReader::new(bytes));
        assert_eq!(read(b"{}\r\nmore\n"), Ok("{}".into()));
        assert_eq!(read(b""), Err(Unread::Gone));
        assert_eq!(read(b"{\"do\""), Err(Unread::Bad("it ended in the middle of a line")));
        assert_eq!(read(b"\xff\n"), Err(Unread::Bad("its answer is not UTF-8")));
        assert_eq!(read(&vec![b'x'; 2 << 20]), Err(Unread::Bad("its answer is longer than 1 MiB")));
    }
}
