//! Russian words of signing in that are kept with a session.

/// The browser most of our readers have.
pub(super) const YANDEX_BROWSER: &str = "Яндекс Браузер";
/// A browser that names neither itself nor its system.
pub(super) const UNKNOWN_DEVICE: &str = "неизвестное устройство";
