//! A program under way: lines to it, lines from it, and no longer than it may think.
//!
//! Threads of its own write and read, so that a program that hangs, floods or dies costs a move and not the run.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel, sync_channel};
use std::thread::sleep;
use std::time::Duration;

use crate::cli::groups;
use crate::error::Error;

/// A line of a program is no longer than this.
const LINE_MAX: u64 = 1 << 20;
/// How long a program that was told to end may take.
const GOODBYE: Duration = Duration::from_millis(500);
/// Lines that are read before a program that floods waits.
const READ_AHEAD: usize = 4096;

/// A program under way.
pub struct Running {
    child: Child,
    to: Sender<Vec<u8>>,
    from: Receiver<Vec<Result<String, Unread>>>,
    read: VecDeque<Result<String, Unread>>,
}

impl Running {
    /// Starts it.
    pub fn start(words: &[String]) -> Result<Running, Error> {
        let (program, arguments) = words.split_first().ok_or_else(|| Error::program("no command"))?;
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()); // what it says on standard error is shown
        let mut child = groups::led(&mut command)?;
        let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(Error::program("it has no standard input or output"));
        };
        let (to, lines) = channel::<Vec<u8>>();
        let (answers, from) = sync_channel(1); // a program that floods waits
        let gone = answers.clone();
        std::thread::spawn(move || {
            for bytes in lines {
                if stdin.write_all(&bytes).and_then(|()| stdin.flush()).is_err() {
                    let _ = gone.send(vec![Err(Unread::Gone)]);
                    break;
                }
            }
        });
        std::thread::spawn(move || {
            let mut stdout = BufReader::with_capacity(1 << 16, stdout);
            loop {
                let mut lines = vec![read_line(&mut stdout)];
                while lines.len() < READ_AHEAD
                    && lines.last().is_some_and(Result::is_ok)
                    && stdout.buffer().contains(&b'\n')
                {
                    lines.push(read_line(&mut stdout));
                }
                let over = lines.last().is_none_or(Result::is_err);
                if answers.send(lines).is_err() || over {
                    break;
                }
            }
        });
        Ok(Running { child, to, from, read: VecDeque::new() })
    }

    /// Hands it bytes: lines, with their ends.
    pub fn send(&mut self, bytes: Vec<u8>) -> Result<(), Error> {
        self.to.send(bytes).map_err(|_| self.ended())
    }

    /// Its next line, for which it has so long.
    pub fn line(&mut self, think: Duration) -> Result<String, Error> {
        if self.read.is_empty() {
            match self.from.recv_timeout(think) {
                Ok(lines) => self.read.extend(lines),
                Err(RecvTimeoutError::Timeout) => {
                    return Err(Error::program(format!("no answer within {} s", think.as_secs_f64())));
                }
                Err(RecvTimeoutError::Disconnected) => return Err(self.ended()),
            }
        }
        match self.read.pop_front() {
            Some(Ok(line)) => Ok(line),
            Some(Err(Unread::Bad(why))) => Err(Error::program(why)),
            Some(Err(Unread::Gone)) | None => Err(self.ended()),
        }
    }

    /// A line that it wrote though nothing is asked, if there is one.
    pub fn unasked(&mut self) -> Option<String> {
        if self.read.is_empty() {
            self.read.extend(self.from.try_recv().into_iter().flatten());
        }
        self.read.pop_front()?.ok()
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
