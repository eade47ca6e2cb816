//! Connections as they are counted: by address until they show whose they are, by name from then on. Where there are too
//! many, the one that has been silent for longest gives way, so that the newest, which may be anybody's, is always heard.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use tokio::sync::Notify;

/// How many connections may be open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Of strangers, all together.
    pub strangers: usize,
    /// Of strangers at one address.
    pub address: usize,
    /// Of one who is known.
    pub name: usize,
}

impl Room {
    /// In a program that may hold so many files open, for so many people from perhaps one address: strangers have a
    /// third of it, and an address never less than twice the people where there is so much.
    pub fn of(files: u64, people: usize) -> Room {
        let files = usize::try_from(files).unwrap_or(usize::MAX);
        let strangers = (files / 3).clamp(16, 4096);
        Room { strangers, address: (2 * people).max(64).min(strangers), name: 12 }
    }
}

/// Whose a connection is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Whose {
    Stranger(IpAddr),
    Known(String),
}

struct Held {
    whose: Whose,
    cut: Arc<Notify>,
    busy: Arc<AtomicUsize>,
}

/// All that is open, by order of coming.
pub struct Doors {
    room: Room,
    open: Mutex<(u64, BTreeMap<u64, Held>)>,
}

impl Doors {
    /// With this much room.
    pub fn new(room: Room) -> Arc<Doors> {
        Arc::new(Doors { room, open: Mutex::default() })
    }

    fn lock(&self) -> MutexGuard<'_, (u64, BTreeMap<u64, Held>)> {
        self.open.lock().unwrap_or_else(|e| e.into_inner())
    }

    /// Somebody comes in.
    pub fn enter(self: &Arc<Self>, peer: SocketAddr, local: SocketAddr) -> Connection {
        let address = peer.ip().to_canonical();
        let (cut, busy) = (Arc::new(Notify::new()), Arc::default());
        let mut open = self.lock();
        let is_stranger = |whose: &Whose| matches!(whose, Whose::Stranger(_));
        make_room(&mut open.1, self.room.address, |whose| *whose == Whose::Stranger(address));
        make_room(&mut open.1, self.room.strangers, is_stranger);
        open.0 += 1;
        let number = open.0;
        let held = Held { whose: Whose::Stranger(address), cut: cut.clone(), busy: Arc::clone(&busy) };
        open.1.insert(number, held);
        drop(open);
        Connection(Arc::new(Inside { doors: self.clone(), number, peer, local, cut, busy }))
    }

    /// How many strangers and how many that are known are connected.
    #[cfg(test)]
    pub fn count(&self) -> (usize, usize) {
        let open = self.lock();
        let strangers = open.1.values().filter(|held| matches!(held.whose, Whose::Stranger(_))).count();
        (strangers, open.1.len() - strangers)
    }
}

/// Where so many are there already, ends the oldest that asks nothing now, or the oldest of all.
fn make_room(open: &mut BTreeMap<u64, Held>, most: usize, among: impl Fn(&Whose) -> bool) {
    let here: Vec<u64> = open.iter().filter(|(_, held)| among(&held.whose)).map(|(number, _)| *number).collect();
    if here.len() < most {
        return;
    }
    let idle = here.iter().find(|number| open[*number].busy.load(Ordering::Relaxed) == 0);
    if let Some(held) = idle.or(here.first()).copied().and_then(|number| open.remove(&number)) {
        held.cut.notify_one();
    }
}

struct Inside {
    doors: Arc<Doors>,
    number: u64,
    peer: SocketAddr,
    local: SocketAddr,
    cut: Arc<Notify>,
    busy: Arc<AtomicUsize>,
}

impl Drop for Inside {
    fn drop(&mut self) {
        self.doors.lock().1.remove(&self.number);
    }
}

/// An open connection.
#[derive(Clone)]
pub struct Connection(Arc<Inside>);

impl Connection {
    /// The other end.
    pub fn peer(&self) -> IpAddr {
        self.0.peer.ip().to_canonical()
    }

    /// This end: the address it came to.
    pub fn local(&self) -> SocketAddr {
        self.0.local
    }

    /// It has shown whose it is: it is counted with the others of that name.
    pub fn known(&self, name: &str) {
        let inside = &self.0;
        let whose = Whose::Known(name.to_string());
        let mut open = inside.doors.lock();
        if open.1.get(&inside.number).is_none_or(|held| held.whose == whose) {
            return;
        }
        make_room(&mut open.1, inside.doors.room.name, |other| *other == whose);
        if let Some(held) = open.1.get_mut(&inside.number) {
            held.whose = whose;
        }
    }

    /// It asks something, until what is given back is dropped.
    pub fn asks(&self) -> Asking {
        self.0.busy.fetch_add(1, Ordering::Relaxed);
        Asking(self.0.busy.clone())
    }

    /// Waits until it has to give way.
    pub async fn cut(&self) {
        self.0.cut.notified().await;
    }
}

/// A request that is being answered.
pub struct Asking(Arc<AtomicUsize>);

impl Drop for Asking {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(last: u8) -> SocketAddr {
        SocketAddr::from(([10, 0, 0, last], 5000))
    }

    fn is_cut(connection: &Connection) -> bool {
        !connection.0.doors.lock().1.contains_key(&connection.0.number)
    }

    #[test]
    fn the_oldest_silent_stranger_of_an_address_gives_way() {
        let doors = Doors::new(Room { strangers: 5, address: 3, name: 2 });
        let come = |last: u8| doors.enter(at(last), at(99));
        let first: Vec<Connection> = (0..3).map(|_| come(1)).collect();
        let asking = first[0].asks();
        let fourth = come(1);
        assert_eq!(first.iter().map(is_cut).collect::<Vec<_>>(), [false, true, false], "who asks is heard out");
        drop(asking);
        // One that shows whose it is makes room at its address, whatever strangers do there.
        fourth.known("person 1");
        let flood: Vec<Connection> = (0..50).map(|_| come(1)).collect();
        assert!(!is_cut(&fourth) && flood.iter().filter(|c| !is_cut(c)).count() == 3);
        // Another address is not pushed out by it, only by all together.
        let other = come(2);
        let more = come(1);
        assert!(!is_cut(&other) && !is_cut(&more));
        assert_eq!(doors.count(), (4, 1));
        drop((first, flood, more, other, fourth));
        assert_eq!(doors.count(), (0, 0));
    }

    #[test]
    fn one_who_is_known_holds_so_many_and_the_oldest_ends() {
        let doors = Doors::new(Room { strangers: 50, address: 50, name: 2 });
        let tabs: Vec<Connection> = (0..3)
            .map(|_| {
                let tab = doors.enter(at(1), at(99));
                tab.known("a");
                tab.known("a");
                tab
            })
            .collect();
        assert_eq!(tabs.iter().map(is_cut).collect::<Vec<_>>(), [true, false, false]);
    }

    #[test]
    fn an_address_has_room_for_twice_the_people() {
        assert_eq!(Room::of(8192, 120), Room { strangers: 2730, address: 240, name: 12 });
        assert_eq!(Room::of(256, 120).strangers, 85, "where files are few, so are strangers");
    }
}
