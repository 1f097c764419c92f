//! Every promise of the program on each database: one list of tests, a house on SQLite and a house on PostgreSQL.

/// Makes a `#[test]` of each function for each engine.
macro_rules! on_both_engines {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[test] fn $name() { super::$name(shirma_store::Engine::Sqlite); })*
        }
        mod postgres {
            $(#[test] fn $name() { super::$name(shirma_store::Engine::Postgres); })*
        }
    };
}
pub(crate) use on_both_engines;
