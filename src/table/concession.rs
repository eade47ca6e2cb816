//! What it costs to give the other so much more, when levers can be conceded piece by piece.
//!
//! Values are additive, so it is a knapsack that may be filled in part, and its dual needs no sorting: at the price `m`
//! of a point for the other, conceding every piece that is worth it wins `sum max(0, m gain - loss)`, and the cost of
//! `more` is the largest `m more - won(m)` over the prices at which some piece is just worth conceding.

use super::situation::LEVERS_MAX;
use super::values::GRID;

/// Pieces are looked at so many at a time.
const ABREAST: usize = 4;
/// Pieces there may be, rounded up, and room for one that turns out to be none.
const PIECES: usize = LEVERS_MAX * (GRID - 1) + ABREAST;

/// Pieces of levers that cost one side something and bring the other something.
#[derive(Debug, Clone)]
pub struct Concessions {
    n: usize,
    loss: [f64; PIECES],
    gain: [f64; PIECES],
    /// The price at which each is just worth conceding, and what all that is worth it then wins.
    price: [f64; PIECES],
    won: [f64; PIECES],
    /// What all together cost.
    most: f64,
}

impl Default for Concessions {
    fn default() -> Concessions {
        let none = [0.0; PIECES];
        Concessions { n: 0, loss: none, gain: none, price: none, won: none, most: 0.0 }
    }
}

impl Concessions {
    /// Forgets all pieces.
    pub fn clear(&mut self) {
        self.n = 0;
    }

    /// A step of a lever, of what it changes for the one who might concede and for the other: a piece if what one gains
    /// the other loses.
    #[inline]
    pub fn step(&mut self, mine: f64, yours: f64) {
        (self.loss[self.n], self.gain[self.n]) = (mine.abs(), yours.abs());
        self.n += usize::from(mine * yours < 0.0);
    }

    /// The pieces of a lever between its levels, from the one's best to the other's: those of their upper hull, for not
    /// every level is worth stopping at.
    pub fn levels(&mut self, mine: &[f64; GRID], yours: &[f64; GRID], best: usize) {
        let mut path = [(mine[best], yours[best]); GRID];
        let mut n = 1;
        for (own, other) in mine.iter().zip(yours).filter(|(_, other)| **other > yours[best]) {
            let mut j = n;
            while j > 1 && path[j - 1].1 > *other {
                path[j] = path[j - 1];
                j -= 1;
            }
            path[j] = (*own, *other);
            n += 1;
        }
        let mut last = 0; // of the hull, which is kept at the path's beginning
        for j in 1..n {
            let (own, other) = path[j];
            while last > 0 {
                let (before, top) = (path[last - 1], path[last]);
                let bends = (top.1 - before.1) * (top.0 - own) > (other - top.1) * (before.0 - top.0);
                if bends && own < top.0 {
                    break;
                }
                last -= 1;
            }
            last += 1;
            path[last] = (own, other);
        }
        for ends in path[..=last].windows(2) {
            self.step(ends[1].0 - ends[0].0, ends[1].1 - ends[0].1);
        }
    }

    /// Works out the prices, once all pieces are there.
    pub fn price(&mut self) {
        let rounded = self.n.next_multiple_of(ABREAST);
        self.loss[self.n..rounded].fill(0.0);
        self.gain[self.n..rounded].fill(0.0);
        self.most = self.loss[..self.n].iter().sum();
        for i in 0..self.n {
            let price = self.loss[i] / self.gain[i];
            let mut won = [0.0; ABREAST];
            let pieces = self.loss[..rounded].chunks_exact(ABREAST).zip(self.gain[..rounded].chunks_exact(ABREAST));
            for (loss, gain) in pieces {
                for ((won, loss), gain) in won.iter_mut().zip(loss).zip(gain) {
                    *won += (price * gain - loss).max(0.0);
                }
            }
            (self.price[i], self.won[i]) = (price, (won[0] + won[1]) + (won[2] + won[3]));
        }
    }

    /// The least that giving so much more costs; what all pieces cost where they are not enough.
    pub fn cost(&self, more: f64) -> f64 {
        let prices = self.price[..self.n].iter().zip(&self.won[..self.n]);
        let most = prices.fold(0.0, |most: f64, (price, won)| most.max(price * more - won));
        most.min(self.most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pieces: &[(f64, f64)]) -> Concessions {
        let mut c = Concessions::default();
        pieces.iter().for_each(|(loss, gain)| c.step(-loss, *gain));
        c.price();
        c
    }

    #[test]
    fn the_cheapest_goes_first() {
        let c = of(&[(3.0, 1.0), (1.0, 2.0), (2.0, 2.0)]);
        for (more, cost) in
            [(-1.0, 0.0), (0.0, 0.0), (1.0, 0.5), (2.0, 1.0), (3.0, 2.0), (4.5, 4.5), (5.0, 6.0), (9.0, 6.0)]
        {
            assert!((c.cost(more) - cost).abs() < 1e-12, "{more}: {} for {cost}", c.cost(more));
        }
    }

    #[test]
    fn what_both_want_is_no_concession() {
        assert_eq!(of(&[(-1.0, 1.0), (0.0, 1.0), (1.0, 0.0)]).cost(1.0), 0.0);
    }

    #[test]
    fn levels_that_are_not_worth_stopping_at_are_passed_by() {
        let pieces = |mine: [f64; GRID], yours: [f64; GRID], best| {
            let mut c = Concessions::default();
            c.levels(&mine, &yours, best);
            (0..c.n).map(|i| (c.loss[i], c.gain[i])).collect::<Vec<_>>()
        };
        // The second level costs more for each point than the third does.
        assert_eq!(pieces([9.0, 6.0, 5.0, 1.0, 0.0], [0.0, 1.0, 4.0, 5.0, 4.0], 0), [(4.0, 4.0), (4.0, 1.0)]);
        // From the middle, to where the other has most; a level on the straight way there is no stop.
        assert_eq!(pieces([1.0, 3.0, 4.0, 2.0, 0.0], [4.0, 2.0, 1.0, 0.0, 3.0], 2), [(3.0, 3.0)]);
        assert_eq!(pieces([1.0, 3.0, 4.0, 2.0, 0.0], [4.0, 3.0, 1.0, 0.0, 3.0], 2), [(1.0, 2.0), (2.0, 1.0)]);
        assert_eq!(pieces([0.0, 1.0, 2.0, 3.0, 4.0], [0.0, 0.0, 0.0, 0.0, 0.0], 4), []);
    }
}
