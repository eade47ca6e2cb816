//! How much of a thing a scenario may have, where the engine sets places aside for it.

/// Levers a scenario may have.
pub const LEVERS_MAX: usize = 32;
/// Layers a lever may have.
pub const LAYERS_MAX: usize = 8;
/// Courts that a case may go through.
pub const STAGES_MAX: usize = 8;
/// Types an opponent model may suspect.
pub const TYPES_MAX: usize = 8;
/// Plain tactics a blend may be made of.
pub const TACTICS_MAX: usize = 6;
/// Steps a rule of acceptance may have.
pub const CONDITIONS_MAX: usize = 12;
/// Exchanges a session may have.
pub const EXCHANGES_MAX: usize = 64;
/// The longest a deal may live where it can end before the game does (rounds).
pub const DEAL_LIFE_MAX: u32 = 128;
/// Outcomes that bargaining on its own may have.
pub const OUTCOMES_MAX: usize = 1_000_000;
/// Rounds that bargaining on its own may last.
pub const BARGAINING_ROUNDS_MAX: u32 = 100_000;
/// The largest value of a level in bargaining on its own, either side of 0.
pub const VALUE_MAX: f64 = 1e9;
