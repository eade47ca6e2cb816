//! What the author of a scenario wrote, checked.
