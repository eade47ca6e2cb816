//! All that a program with games in it names: `use summitry::prelude::*`.

pub use crate::batch::part::Part;
pub use crate::batch::play::Watch;
pub use crate::environment::Vector;
pub use crate::error::Error;
#[cfg(feature = "report")]
pub use crate::front::{
    Ablation, Answer, Bargained, Bargaining, Discover, Odds, Others, Piece, Score, Sensitivity, Shared, Signs, Sweep,
    Tournament, Tune,
};
pub use crate::front::{Batch, Batched, Compare, Compared, Draft, Game, Measured};
pub use crate::game::outside::{Asking, Outside};
pub use crate::game::table::{Step, Table};
pub use crate::game::told::Told;
pub use crate::game::view::{Asked, View};
pub use crate::ready::Ready;
pub use crate::scenario::rules::Scenario;
#[cfg(feature = "report")]
pub use crate::shards::Planned;
pub use crate::world::orders::{About, Ask, Order, Question};
