//! A program as a player: a line to it, a line from it, and no longer than it may think.
//!
//! A thread of its own writes and reads, so that a program that hangs, floods or dies costs a move and not the run. One
//! that failed is ended and started anew for the next decision; after a few failures in a row it is left alone.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::sleep;
use std::time::Duration;

use super::Bound;
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
    from: Receiver<Result<String, String>>,
}

impl Program {
    /// Starts it and greets it.
    pub fn start(bound: &Bound, setup: &Setup, seat: usize, think: Duration) -> Result<Program, String> {
        let hello = wire::hello(setup, &bound.name, seat).to_string();
        let mut program = Program { bound: bound.clone(), hello, think, running: None, failures: 0 };
        program.greet().map_err(|why| program.named(&why))?;
        Ok(program)
    }

    fn named(&self, why: &str) -> String {
        format!("the outside program `{}` ({}): {why}", self.bound.name, shell_words::join(&self.bound.words))
    }

    fn greet(&mut self) -> Result<(), String> {
        let running = Running::start(&self.bound.words)?;
        self.running = Some(running);
        let line = self.exchange(self.hello.clone())?;
        wire::welcome(&line).inspect_err(|_| self.running = None)
    }

    /// A line out, a line in; a program that does not answer is ended.
    fn exchange(&mut self, line: String) -> Result<String, String> {
        let Some(mut running) = self.running.take() else { return Err("it is not running".into()) };
        if running.to.send(line).is_err() {
            return Err(running.ended());
        }
        match running.from.recv_timeout(self.think) {
            Ok(Ok(line)) => {
                self.running = Some(running);
                Ok(line)
            }
            Ok(Err(why)) if why.is_empty() => Err(running.ended()),
            Ok(Err(why)) => Err(why),
            Err(RecvTimeoutError::Timeout) => Err(format!("no answer within {} s", self.think.as_secs_f64())),
            Err(RecvTimeoutError::Disconnected) => Err(running.ended()),
        }
    }

    fn ask(&mut self, line: String) -> Result<String, String> {
        if self.running.is_none() {
            self.greet()?;
        }
        self.exchange(line)
    }
}

impl Outside for Program {
    fn decide(&mut self, asking: &Asking) -> Result<Order, String> {
        if self.failures >= GIVE_UP {
            return Err(format!("left alone after {GIVE_UP} failures in a row"));
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
    fn start(words: &[String]) -> Result<Running, String> {
        let (program, arguments) = words.split_first().ok_or("no command")?;
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()); // what it says on standard error is shown
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0); // Ctrl-C lets it finish the game under way
        let mut child = command.spawn().map_err(|e| format!("it cannot be started: {e}"))?;
        let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("it has no standard input or output".into());
        };
        let (to, lines) = channel::<String>();
        let (answers, from) = channel();
        std::thread::spawn(move || {
            let mut stdout = BufReader::new(stdout);
            for line in lines {
                let answer = match stdin.write_all(format!("{line}\n").as_bytes()).and_then(|()| stdin.flush()) {
                    Err(_) => Err(String::new()), // it is gone
                    Ok(()) => read_line(&mut stdout),
                };
                let over = answer.is_err();
                if answers.send(answer).is_err() || over {
                    break;
                }
            }
        });
        Ok(Running { child, to, from })
    }

    /// How a program that went away ended.
    fn ended(&mut self) -> String {
        for _ in 0..50 {
            match self.child.try_wait() {
                Ok(Some(status)) => return format!("the program ended ({status})"),
                Ok(None) => sleep(GOODBYE / 50),
                Err(_) => break,
            }
        }
        "the program closed its output".into()
    }
}

/// A line, or why there is none; an empty reason where the program is gone.
fn read_line(from: &mut impl BufRead) -> Result<String, String> {
    let mut bytes = vec![];
    match from.take(LINE_MAX).read_until(b'\n', &mut bytes) {
        Err(_) | Ok(0) => Err(String::new()),
        Ok(_) if bytes.last() == Some(&b'\n') => String::from_utf8(bytes)
            .map(|line| line.trim_end().to_owned())
            .map_err(|_| "its answer is not UTF-8".into()),
        Ok(n) if n as u64 == LINE_MAX => Err("its answer is longer than 1 MiB".into()),
        Ok(_) => Err("it ended in the middle of a line".into()),
    }
}

impl Drop for Running {
    /// Its input is closed, which tells it to end; one that does not is ended.
    fn drop(&mut self) {
        self.to = channel().0;
        for _ in 0..50 {
            match self.child.try_wait() {
                Ok(None) => sleep(GOODBYE / 50),
                _ => return,
            }
        }
        #[cfg(unix)]
        end_group(&self.child); // what it has started goes with it
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Ends a program and all that it started: it has a group of its own.
#[cfg(unix)]
fn end_group(child: &Child) {
    use nix::sys::signal::{Signal, killpg};
    if let Ok(group) = i32::try_from(child.id()) {
        let _ = killpg(nix::unistd::Pid::from_raw(group), Signal::SIGKILL);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_whole_or_named() {
        let read = |bytes: &[u8]| read_line(&mut BufReader::new(bytes));
        assert_eq!(read(b"{}\r\nmore\n"), Ok("{}".into()));
        assert_eq!(read(b""), Err(String::new()));
        assert_eq!(read(b"{\"do\""), Err("it ended in the middle of a line".into()));
        assert_eq!(read(b"\xff\n"), Err("its answer is not UTF-8".into()));
        assert_eq!(read(&vec![b'x'; 2 << 20]), Err("its answer is longer than 1 MiB".into()));
    }
}
