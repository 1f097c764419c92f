//! What the program writes about itself, and what it never writes: no message of a panic, no memory on the disk
//! (security.md §10).

/// The log: one JSON object a line on stderr, ids and words of ours only. `RUST_LOG` sets how much.
pub(super) fn start() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    // The libraries' own talk may name addresses of a call: not ours to write down.
    let filter = [
        "reqwest=warn",
        "hyper=warn",
        "hyper_util=warn",
        "rustls=warn",
        "tokio_postgres=warn",
    ]
    .iter()
    .filter_map(|directive| directive.parse().ok())
    .fold(filter, tracing_subscriber::EnvFilter::add_directive);
    tracing_subscriber::fmt()
        .json()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    std::panic::set_hook(Box::new(tell_place));
}

/// A panic says where, never what: its message may hold a value.
fn tell_place(panic: &std::panic::PanicHookInfo<'_>) {
    let place = panic
        .location()
        .map_or_else(|| "unknown".to_owned(), ToString::to_string);
    tracing::error!(place, "a task panicked");
}

/// Keeps the memory of the process, where keys and values lie open, off the disk and out of other programs of the same
/// user: no core dumps, no debugger. Whoever is root on the running machine reads it nevertheless.
pub(super) fn keep_memory_private() {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};
        let none = Rlimit {
            current: Some(0),
            maximum: Some(0),
        };
        let limited = setrlimit(Resource::Core, none);
        let hidden = set_dumpable_behavior(DumpableBehavior::NotDumpable);
        if limited.is_err() || hidden.is_err() {
            tracing::warn!("core dumps could not be switched off");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Written(Arc<Mutex<Vec<u8>>>);

    impl Write for Written {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().expect("one writer").extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_panic_tells_where_and_not_what() {
        let written = Written::default();
        let writer = written.clone();
        let log = tracing_subscriber::fmt()
            .json()
            .with_writer(move || writer.clone())
            .finish();
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(super::tell_place));
        tracing::subscriber::with_default(log, || {
            let stumbled = std::panic::catch_unwind(|| panic!("Канарейкин, +7 900 000-00-42"));
            assert!(stumbled.is_err());
        });
        std::panic::set_hook(before);
        let said = String::from_utf8(written.0.lock().expect("one writer").clone()).expect("text");
        assert!(said.contains("a task panicked") && said.contains("log.rs:"), "{said}");
        assert!(!said.contains("Канарейкин") && !said.contains("900"), "{said}");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_process_leaves_no_core() {
        super::keep_memory_private();
        let limits = std::fs::read_to_string("/proc/self/limits").expect("limits of this process");
        let core = limits
            .lines()
            .find(|line| line.starts_with("Max core file size"))
            .expect("the limit");
        assert_eq!(core.split_whitespace().nth(4), Some("0"), "{core}");
        assert_eq!(
            rustix::process::dumpable_behavior().expect("asked"),
            rustix::process::DumpableBehavior::NotDumpable
        );
    }
}
