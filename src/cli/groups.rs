//! The programs that run, each with all that it has started in a group of its own: Ctrl-C at the terminal does not reach
//! them, so that the game under way can be finished, and none of them outlives the run.

use crate::error::Error;
use std::io::{self, Read};
use std::process::{Child, Command};
use std::sync::{Mutex, MutexGuard};

/// The groups that run, by the number of the program that leads each; none starts any more once all were ended.
#[derive(Default)]
struct Groups {
    leaders: Vec<u32>,
    over: bool,
}

static GROUPS: Mutex<Groups> = Mutex::new(Groups { leaders: vec![], over: false });

fn groups() -> MutexGuard<'static, Groups> {
    GROUPS.lock().unwrap_or_else(|e| e.into_inner())
}

/// Starts a program, which leads a group of its own, and lists it.
fn started(start: impl FnOnce() -> io::Result<Child>) -> Result<Child, Error> {
    let mut groups = groups(); // held until it is listed, so that it is not missed when all are ended
    if groups.over {
        return Err(Error::program("it is not started: the run is being ended"));
    }
    let child = start().map_err(|e| Error::program(format!("it cannot be started: {e}")))?;
    groups.leaders.push(child.id());
    Ok(child)
}

/// Starts a program as the leader of a group of its own.
pub fn led(command: &mut Command) -> Result<Child, Error> {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    started(|| command.spawn())
}

/// What a program says on standard output and standard error until it ends.
pub fn heard(command: &mut Command) -> Result<[Vec<u8>; 2], Error> {
    let mut child = led(command)?;
    let (mut out, mut said) = (vec![], vec![]);
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let read = std::thread::scope(|scope| {
        let errors = scope.spawn(|| stderr.map_or(Ok(0), |mut stderr| stderr.read_to_end(&mut said)));
        let read = stdout.map_or(Ok(0), |mut stdout| stdout.read_to_end(&mut out));
        read.and(errors.join().unwrap_or(Ok(0)))
    });
    let ended = read.and_then(|_| child.wait());
    end(&mut child);
    ended.map_err(Error::ours)?;
    Ok([out, said])
}

/// Ends a program that has not ended by itself, with all that it started, and forgets its group.
pub fn end(child: &mut Child) {
    if let Ok(None) = child.try_wait() {
        end_group(child.id());
        let _ = child.kill();
        let _ = child.wait();
    }
    groups().leaders.retain(|leader| *leader != child.id());
}

/// Ends every program that runs, with all that it started; none starts after that.
pub fn end_all() {
    let mut groups = groups();
    groups.over = true;
    groups.leaders.drain(..).for_each(end_group);
}

#[cfg(unix)]
fn end_group(leader: u32) {
    use nix::sys::signal::{Signal, killpg};
    if let Ok(group) = i32::try_from(leader) {
        let _ = killpg(nix::unistd::Pid::from_raw(group), Signal::SIGKILL);
    }
}

#[cfg(not(unix))]
fn end_group(_: u32) {}
