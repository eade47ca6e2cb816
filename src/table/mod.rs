//! What lies on the table in a session: the situation, what each level is worth, the frontier, the value of waiting.

pub mod concession;
pub mod flow;
pub mod frontier;
pub mod regret;
pub mod reserve;
pub mod situation;
pub mod tactics;
pub mod values;
