//! The program. Everything is told in the library; see `journey`.

fn main() {}
